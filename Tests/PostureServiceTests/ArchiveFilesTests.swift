// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

@testable import PostureService

/// Names and ages of what everything is recorded into.
struct ArchiveFilesTests {
  private let directory = TemporaryDirectory()

  @Test func whatIsTooOldGoes() throws {
    for name in ["postured-2020-01-01T000000Z-01.trace", "postured-2999-01-01T000000Z-01.trace"] {
      try writeOld("x", to: directory.file(name))
    }
    let files = ArchiveFiles(directory: directory.path)
    #expect(try files.tidy(budget: 100, days: nil, keeping: nil) == 0)
    #expect(try files.tidy(budget: 100, days: 3650 * 100, keeping: nil) == 0)
    #expect(try files.tidy(budget: 100, days: 7, keeping: nil) == 1)
    #expect(directory.names == ["postured-2999-01-01T000000Z-01.trace"])
    #expect(try files.tidy(budget: 0, days: 7, keeping: "postured-2999-01-01T000000Z-01.trace") == 0)
    #expect(try files.tidy(budget: 0, days: nil, keeping: nil) == 1)
  }

  /// A machine without a clock of its own begins a file in its past, and learns the time while it writes it, or later.
  @Test func aClockThatWasWrongCostsNothing() throws {
    let names = (1...4).map { "postured-2020-01-0\($0)T000000Z-01.trace" }
    for name in names.dropLast() { try writeOld("x", to: directory.file(name)) }
    try write("x", to: directory.file(names[3]))
    let files = ArchiveFiles(directory: directory.path)
    #expect(try files.tidy(budget: 100, days: 7, keeping: nil, recent: [names[1], names[0]]) == 1)
    #expect(directory.names == [names[0], names[1], names[3]])
    // Only what this run has not recorded has an age; the oldest of the rest is the first that it recorded.
    #expect(try files.tidy(budget: 2, days: 7, keeping: nil, recent: [names[1], names[0]]) == 1)
    #expect(try files.tidy(budget: 1, days: 7, keeping: nil, recent: [names[1], names[0]]) == 1)
    #expect(directory.names == [names[0]])
  }

  @Test func namesSortInTheOrderInWhichTheyWereMade() throws {
    let files = ArchiveFiles(directory: directory.path)
    var made: [String] = []
    for _ in 0..<12 {
      let file = try files.create()
      made.append(ArchiveFiles.name(of: file.name))
      try file.close()
    }
    #expect(directory.names == made && Set(made.map(\.utf8.count)).count == 1)
    for name in made { #expect(ArchiveFiles.date(in: name) == String(name.dropFirst(9).prefix(18))) }
  }

  @Test func oneThatCannotBeRemovedKeepsNoneOfTheOthers() throws {
    let names = (1...4).map { "postured-2020-01-0\($0)T000000Z-01.trace" }
    for name in names { try write("12345", to: directory.file(name)) }
    let stuck = directory.file(names[1])
    let error = #expect(throws: SystemError.self) {
      try ArchiveFiles(directory: directory.path).tidy(budget: 11, days: nil, keeping: nil) {
        path throws(SystemError) in
        guard path != stuck else { throw SystemError(call: "remove \(path)", number: EPERM) }
        try FileAttributes.remove(path)
      }
    }
    #expect(error?.message == "remove \(stuck): Operation not permitted")
    #expect(directory.names == [names[1], names[3]])
  }
}

/// Last changed in 2001.
func writeOld(_ text: String, to path: String) throws {
  try write(text, to: path)
  let time = timespec(tv_sec: 1_000_000_000, tv_nsec: 0)
  #expect(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
}
