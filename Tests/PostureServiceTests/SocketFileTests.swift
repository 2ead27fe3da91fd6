// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureFormats
import Testing

@testable import PostureService

struct SocketFileTests {
  /// Runs a body with a hub that nobody listens for yet.
  private func withHub(_ body: (ServerBench) async throws -> Void) async throws {
    let bench = try ServerBench()
    do { try await body(bench) } catch {
      await bench.close()
      throw error
    }
    await bench.close()
  }

  /// What listening is refused with.
  private func refusal(_ bench: ServerBench, _ settings: Configuration.Socket? = nil) async -> ProgramError? {
    do {
      let server = try await StatusServer.listen(settings ?? bench.socket(), hub: bench.hub)
      await server.close()
      return nil
    } catch let error as ProgramError { return error } catch {
      Issue.record("an error of another type: \(error)")
      return nil
    }
  }

  /// A socket that a process has left behind.
  private func leaveDeadSocket(_ path: String) {
    let raw = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafeBytes(of: address) {
      bind(raw, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    #expect(result == 0)
    close(raw)
  }

  @Test(arguments: [0o600, 0o660, 0o666] as [UInt32])
  func theModeIsTheConfiguredOne(mode: UInt32) async throws {
    try await withHub { bench in
      try await bench.listen(mode: mode)
      let status = attributes(of: bench.path)
      #expect(status.st_mode & S_IFMT == S_IFSOCK)
      #expect(status.st_mode & 0o7777 == mode)
      #expect(bench.directory.names == ["s"])
    }
  }

  @Test(.enabled(if: getuid() == 0, "only root may give files to any group"))
  func theGroupIsTheConfiguredOne() async throws {
    let group = try #require(try SystemGroups.identifier(of: "daemon"))
    try await withHub { bench in
      try await bench.listen(mode: 0o660, group: "daemon")
      #expect(attributes(of: bench.path).st_gid == group && group != getgid())
      #expect(attributes(of: bench.path).st_uid == getuid())
    }
  }

  @Test func withoutAGroupItKeepsTheProcesss() async throws {
    try await withHub { bench in
      try await bench.listen()
      #expect(attributes(of: bench.path).st_gid == getegid())
    }
  }

  @Test func afterTheEndThePathIsGone() async throws {
    try await withHub { bench in
      try await bench.listen()
      #expect(bench.directory.names == ["s"])
      await bench.closeServer()
      #expect(bench.directory.names == [])
      #expect(throws: Client.Failure.self) { try Client(bench.path) }
    }
  }

  @Test func aLiveSocketIsRefusedAndGoesOn() async throws {
    try await withHub { bench in
      try await bench.listen()
      let error = await refusal(bench)
      #expect(error?.status == .unavailable)
      #expect(error?.description == "socket.path: another postured answers on \(bench.path)")
      _ = try Client.greeted(bench.path)
      #expect(bench.directory.names == ["s"])
    }
  }

  @Test func aDeadSocketIsReplaced() async throws {
    try await withHub { bench in
      leaveDeadSocket(bench.path)
      leaveDeadSocket(bench.path + "~")
      #expect(bench.directory.names == ["s", "s~"])
      try await bench.listen()
      _ = try Client.greeted(bench.path)
      #expect(bench.directory.names == ["s"])
    }
  }

  @Test func aFileIsRefusedAndUntouched() async throws {
    try await withHub { bench in
      try write("not yours", to: bench.path)
      let error = await refusal(bench)
      #expect(error?.status == .badConfiguration)
      #expect(error?.description == "socket.path: \(bench.path) exists and is no socket")
      #expect(try contents(of: bench.path) == "not yours")
      #expect(bench.directory.names == ["s"])
    }
  }

  @Test func aFileInThePlaceOfTheProvisionalNameIsUntouched() async throws {
    try await withHub { bench in
      try write("a backup of an editor", to: bench.path + "~")
      _ = await refusal(bench)
      #expect(bench.directory.names == ["s~"])
    }
  }

  @Test func anUnknownGroupIsRefusedAndLeavesNothingBehind() async throws {
    try await withHub { bench in
      let error = await refusal(bench, bench.socket(group: "no-such-group"))
      #expect(error?.status == .badConfiguration)
      #expect(error?.description == "socket.group: there is no group 'no-such-group'")
      #expect(bench.directory.names == [])
    }
  }

  @Test func aDirectoryThatIsMissingIsSaid() async throws {
    try await withHub { bench in
      var settings = bench.socket()
      settings.path = bench.directory.file("no/s")
      let error = await refusal(bench, settings)
      #expect(error?.status == .cannotCreate && error?.description.contains(settings.path) == true)
    }
  }

  @Test func aPathThroughAFileIsSaid() async throws {
    try await withHub { bench in
      try write("", to: bench.directory.file("file"))
      var settings = bench.socket()
      settings.path = bench.directory.file("file/s")
      let error = await refusal(bench, settings)
      #expect(error?.status == .cannotCreate && error?.description.hasPrefix("socket.path: ") == true)
    }
  }

  @Test func thePathHasALimit() async throws {
    try await withHub { bench in
      var settings = bench.socket()
      let room = Configuration.Socket.longestPath - bench.directory.path.utf8.count - 1
      settings.path = bench.directory.file(String(repeating: "x", count: room))
      #expect(await refusal(bench, settings) == nil)
      settings.path += "x"
      #expect(await refusal(bench, settings)?.status == .cannotCreate)
      #expect(bench.directory.names == [])
    }
  }
}
