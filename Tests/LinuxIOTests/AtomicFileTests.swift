// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
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
