// SPDX-License-Identifier: MIT
import TestSupport

/// The slow slouch, recorded once by the daemon itself, for all tests that only need a recording.
enum Recording {
  private static let directory = TemporaryDirectory()
  static let outcome = Result { () throws -> Outcome in
    try postured(
      "--simulate", "--scenario", "slow-slouch", "--speed", "max", "--record", directory.file("r"), "--socket",
      directory.file("s"))
  }

  /// Of the trace.
  static func path() throws -> String {
    _ = try outcome.get()
    return directory.file("r")
  }

  static func socketIsLeft() throws -> Bool {
    _ = try outcome.get()
    return exists(directory.file("s"))
  }
}
