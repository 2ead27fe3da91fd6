// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

/// The events that a replay must give: what a golden file holds, and what is told of the first that differ.
struct GoldenFile {
  /// Larger is no file of events.
  private static let longest = 64 << 20
  /// Lines that differ are shown up to so many.
  private static let mostShown = 10

  let path: String
  private let lines: [Substring]

  init(_ path: String) throws {
    self.path = path
    let bytes: [UInt8]
    do throws(SystemError) {
      var file = try FileReader(path: path)
      bytes = try file.read(atMost: Self.longest + 1)
    } catch { throw ProgramError(.noInput, error.message) }
    guard bytes.count <= Self.longest else {
      throw ProgramError(.noInput, "\(path): found more than \(Self.longest) bytes, expected a file of events")
    }
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  /// It ends with a checksum.
  var hasChecksum: Bool { lines.last?.hasPrefix("# ") == true }

  /// Says what differs, and fails with 1 where something does.
  func check(_ events: [UInt8], of trace: String) throws {
    let found = String(decoding: events, as: UTF8.self).split(separator: "\n")
    guard found != lines else { return }
    var shown: [String] = []
    let difference = found.difference(from: lines)
    let changes = difference.map { change -> (Int, Int, String) in
      switch change {
      case .remove(let offset, let line, _): (offset, 0, "- \(line)")
      case .insert(let offset, let line, _): (offset, 1, "+ \(line)")
      }
    }
    shown = changes.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(Self.mostShown).map(\.2)
    let rest = difference.count - shown.count
    if rest > 0 { shown.append("and \(rest) more") }
    StandardError.write("\(trace): not what \(path) says (- expected, + found)\n\(shown.joined(separator: "\n"))\n")
    throw ExitCode(1)
  }
}
