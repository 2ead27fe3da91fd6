// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

struct SystemTests {
  @Test func aTerminalIsToldFromAFile() throws {
    let file = try FileDescriptor.open(path: "/dev/null", flags: O_RDWR)
    #expect(!Terminal.isTerminal(file.raw))
    #expect(Terminal.width(file.raw) == nil)

    let terminal = try FileDescriptor.open(path: "/dev/ptmx", flags: O_RDWR | O_NOCTTY)
    #expect(Terminal.isTerminal(terminal.raw))
    // A new one has no size yet.
    #expect(Terminal.width(terminal.raw) == nil)
    var size = winsize(ws_row: 24, ws_col: 97, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(terminal.raw, UInt(TIOCSWINSZ), &size) == 0)
    #expect(Terminal.width(terminal.raw) == 97)
  }

  /// In a process of its own, whose limits are nobody else's.
  @Test func theLimitOfDescriptorsIsRaisedAsFarAsItMayBe() async {
    await #expect(processExitsWith: .success) {
      // Lowering both needs no right; raising the second one does.
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
      var limit = rlimit(rlim_cur: 64, rlim_max: 100)
      try #require(setrlimit(resource, &limit) == 0)
      #expect(try DescriptorLimit.raise(to: 50) == 64)
      #expect(try DescriptorLimit.raise(to: 90) == 90)
      #expect(try DescriptorLimit.raise(to: 200) == 100)
      try #require(getrlimit(resource, &limit) == 0)
      #expect(limit.rlim_cur == 100 && limit.rlim_max == 100)
    }
  }

  @Test func groupsAreFoundByName() throws {
    #expect(try SystemGroups.identifier(of: "root") == 0)
    #expect(try SystemGroups.identifier(of: "no-such-group-here") == nil)
  }

  @Test func aFileChangesModeAndGroupAndGoes() throws {
    let directory = TemporaryDirectory()
    let path = directory.file("f")
    try FileWriter(path: path).close()
    try FileAttributes.setMode(0o620, of: path)
    try FileAttributes.setGroup(getegid(), of: path)
    var status = stat()
    try #require(stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o620)
    #expect(status.st_uid == geteuid())
    #expect(status.st_gid == getegid())

    #expect(try FileAttributes.remove(path))
    #expect(try !FileAttributes.remove(path))
    #expect(throws: SystemError(call: "set the mode of \(path)", number: ENOENT)) {
      try FileAttributes.setMode(0o600, of: path)
    }
    #expect(throws: SystemError(call: "give \(path) to group 0", number: ENOENT)) {
      try FileAttributes.setGroup(0, of: path)
    }
    #expect(throws: SystemError(call: "remove /dev", number: EISDIR)) { try FileAttributes.remove("/dev") }
  }

  @Test func theEnvironmentIsRead() {
    #expect(Environment.value("PATH") != nil)
    #expect(Environment.value("NO_SUCH_VARIABLE_HERE") == nil)
  }
}
