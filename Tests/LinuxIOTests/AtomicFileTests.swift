// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

struct AtomicFileTests {
  private let directory = TemporaryDirectory()

  private func replace(_ path: String, _ text: String) throws {
    let bytes = Array(text.utf8)
    try AtomicFile.replace(path, with: bytes.span)
  }

  private func contents(of path: String) throws -> String {
    var reader = try FileReader(path: path)
    return String(decoding: try reader.read(atMost: 1 << 20), as: UTF8.self)
  }

  @Test func aNewFileIsMadeAndAnOldOneReplaced() throws {
    let path = directory.path + "/f"
    for text in ["one", "", String(repeating: "two ", count: 100_000), "3"] {
      try replace(path, text)
      #expect(try contents(of: path) == text)
      #expect(try !FileAttributes.exists(path + "~"))
    }
  }

  /// What a crash has left is no obstacle.
  @Test func whatWasLeftBesideItIsOverwritten() throws {
    let path = directory.path + "/f"
    try replace(path + "~", "much more than what is written now")
    try replace(path, "new")
    #expect(try contents(of: path) == "new")
    #expect(try !FileAttributes.exists(path + "~"))
  }

  /// A link that somebody put there leads nowhere else.
  @Test func aLinkBesideItIsNotFollowed() throws {
    let path = directory.path + "/f"
    try replace(directory.path + "/other", "other")
    try #require(symlink(directory.path + "/other", path + "~") == 0)
    #expect(throws: SystemError.self) { try replace(path, "new") }
    #expect(try contents(of: directory.path + "/other") == "other")
  }

  @Test func afterAnErrorTheOldFileIsAsItWas() throws {
    #expect(throws: SystemError(call: "open \(directory.path)/no/f~", number: ENOENT)) {
      try replace(directory.path + "/no/f", "new")
    }
    // A directory is no file: the renaming fails, and nothing is left beside it.
    let path = directory.path + "/d"
    try #require(mkdir(path, 0o755) == 0)
    #expect(throws: SystemError(call: "rename \(path)~ to \(path)", number: EISDIR)) { try replace(path, "new") }
    #expect(try !FileAttributes.exists(path + "~"))
    rmdir(path)
  }

  @Test func whereNoFileCanBeMadeIsSaidBeforehand() throws {
    #expect(throws: SystemError(call: "open \(directory.path)/no/f~", number: ENOENT)) {
      try AtomicFile.prepare(directory.path + "/no/f")
    }
    let path = directory.path + "/f"
    try replace(path, "old")
    try AtomicFile.prepare(path)
    #expect(try contents(of: path) == "old")
    #expect(try !FileAttributes.exists(path + "~"))
  }

  /// Whenever the power goes, what had not been brought to the disk may be lost: never is a part of a file found.
  @Test func itsStepsAreInTheOrderThatAPowerCutAllows() throws {
    var steps: [AtomicFile.Step] = []
    let bytes: [UInt8] = [1, 2, 3]
    try AtomicFile.replace(directory.path + "/f", with: bytes.span) { steps.append($0) }
    #expect(steps == AtomicFile.Step.allCases)
    for count in 0...steps.count {
      #expect(!Disk(steps.prefix(count)).mayHold.contains(.torn), "after \(steps.prefix(count))")
    }
    #expect(Disk(steps).mayHold == [.new])
    // Whatever is left out of it, or done too early, is noticed.
    #expect(Disk(steps.filter { $0 != .synchronise }).mayHold.contains(.torn))
    #expect(Disk([.make, .write, .rename]).mayHold.contains(.torn))
    #expect(Disk(steps.filter { $0 != .synchroniseDirectory }).mayHold == [.old, .new])
    #expect(
      Disk([.make, .write, .synchronise, .openDirectory, .synchroniseDirectory, .rename]).mayHold == [.old, .new])
  }

  /// A directory that cannot be opened cannot be brought to the disk; the new file stands.
  @Test(.enabled(if: geteuid() != 0, "root may open everything"))
  func whatStandsIsNoError() throws {
    let path = directory.path + "/d"
    try #require(mkdir(path, 0o300) == 0)
    try replace(path + "/f", "new")
    #expect(try contents(of: path + "/f") == "new")
    try FileAttributes.remove(path + "/f")
    rmdir(path)
  }

  @Test func theDateIsUniversalTime() {
    let date = WallClock.date()
    #expect(date.wholeMatch(of: /20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\dZ/) != nil, "\(date)")
    var parts = tm()
    var now = time(nil)
    gmtime_r(&now, &parts)
    #expect(date.hasPrefix("\(parts.tm_year + 1900)-"))
  }
}

/// What may be found under the file's name when the power goes after so many steps.
private struct Disk {
  enum Content { case old, new, torn }

  private(set) var mayHold: Set<Content> = [.old]

  init(_ steps: some Sequence<AtomicFile.Step>) {
    var areBytesSafe = false
    for step in steps {
      switch step {
      case .synchronise: areBytesSafe = true
      // The name may reach the disk now or later, before the bytes that are not there yet.
      case .rename: mayHold.formUnion(areBytesSafe ? [.new] : [.new, .torn])
      case .synchroniseDirectory where mayHold.contains(.new): mayHold.remove(.old)
      case .make, .write, .close, .openDirectory, .synchroniseDirectory, .closeDirectory: break
      }
    }
  }
}
