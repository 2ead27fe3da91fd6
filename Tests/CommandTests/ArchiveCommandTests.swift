// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// A daemon that records everything into files that follow each other.
struct ArchiveCommandTests {
  private let directory = TemporaryDirectory()
  private var recordings: String { directory.file("recordings") }

  private var pieces: [String] {
    get throws {
      guard FileManager.default.fileExists(atPath: recordings) else { return [] }
      let names = try FileManager.default.contentsOfDirectory(atPath: recordings)
      return names.sorted().map { "\(recordings)/\($0)" }
    }
  }

  /// The same samples in one file and in many: the same decisions, and the same bits of every estimate.
  @Test func theFilesReplayedAfterEachOtherAreTheWhole() throws {
    defer { try? FileManager.default.removeItem(atPath: recordings) }
    let whole = directory.file("whole")
    let wearer = try daemon(
      directory.file("s"), "--simulate", "--seed", "3", "--speed", "300", "--record", whole, "--set",
      "recording.directory=\(recordings)", "--set", "recording.file-length=60s", "--set", "detector.hold=5s", "--set",
      "detector.trigger=hold")
    try waitUntil("some files") { try pieces.count >= 5 }
    #expect(try posturectl("mode", "tracking", "--socket", directory.file("s")).status == 0)
    try waitUntil("some more files") { try pieces.count >= 8 }
    wearer.signal(SIGTERM)
    #expect(try wearer.wait().status == 0)
    let files = try pieces
    let one = try posturectl("replay", whole, "--checksum")
    let many = try run("posturectl", ["replay", "--checksum"] + files)
    #expect(one.status == 0 && one == many)
    #expect(one.output.contains(" deviated ") && one.output.contains(" mode=tracking"))
    // Each alone is a trace too, and the wrong one after another is told.
    for file in files { #expect(try posturectl("replay", file).status == 0) }
    let wrong = try posturectl("replay", files[0], files[2])
    let name = files[0].split(separator: "/").last ?? ""
    #expect(wrong.status == 65 && wrong.errors.contains("'\(name)', the recording before it"), "\(wrong.errors)")
    // As where the daemon was restarted in between.
    let another = try posturectl("replay", files[1], files[0])
    #expect(another.status == 65)
    #expect(
      another.errors.hasPrefix("posturectl: \(files[0]):")
        && another.errors.contains("none in the header, which begins another recording"), "\(another.errors)")
    #expect(try posturectl("replay", "-", files[0]).status == 64)
    let check = try postured("--check", "--simulate", "--set", "recording.directory=\(recordings)")
    #expect(check.output.contains("\nrecording: \(recordings), a file every 3600.0 s, at most 1000 MB\n"))
  }
}
