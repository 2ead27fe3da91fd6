// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// Keeps an output from taking the place of what was recorded or kept: a slip of the shell writes over nothing that comes but once.
enum OutputCheck {
  /// With what our traces and labels begin.
  private static let beginning = "# posture-"
  /// With what a history begins, as every database of SQLite does (sqlite.org/fileformat, section 1.3).
  private static let database = "SQLite format 3"

  /// - Parameters:
  ///   - path: of what is to be written; nil and `-` take nobody's place.
  ///   - option: by which it was asked for.
  ///   - inputs: what is read.
  static func allow(_ path: String?, _ option: String, reading inputs: [String]) throws {
    guard let path, path != "-", let own = FileAttributes.identity(of: path) else { return }
    for input in inputs where input != "-" {
      guard let other = FileAttributes.identity(of: input), own == other else { continue }
      throw ProgramError(.usage, "\(option): found the recording itself, expected another file")
    }
    guard FileAttributes.size(of: path) ?? 0 > 0 else { return }
    let first: [UInt8]
    do throws(SystemError) {
      var file = try FileReader(path: path)
      first = try file.read(atMost: database.utf8.count)
    } catch {
      // It may be written without being readable: then it cannot be told.
      return
    }
    guard !first.elementsEqual(database.utf8) else {
      throw ProgramError(
        .usage,
        "\(option): found a database in \(InputError.quote(path)), expected another file: a history would be lost")
    }
    guard !first.starts(with: beginning.utf8) else {
      throw ProgramError(
        .usage,
        "\(option): found a recording or its labels in \(InputError.quote(path)), expected another file: it would be lost"
      )
    }
  }
}
