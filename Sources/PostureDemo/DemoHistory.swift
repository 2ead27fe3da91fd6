// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PostureHistory

/// Simulated weeks, in a file.
package enum DemoHistory {
  /// What was there is never written over.
  package struct Exists: Error, CustomStringConvertible {
    package let path: String
    package var description: String {
      "\(path): found a history, expected none: simulated days would stand among those of a person"
    }
  }

  /// Makes the file; a day is a transaction.
  package static func write(_ weeks: SimulatedWeeks, to path: String) throws {
    for end in ["", "-wal", "-shm"] where try FileAttributes.exists(path + end) { throw Exists(path: path) }
    var weeks = weeks
    while let runs = weeks.nextDay() {
      for run in runs {
        var store = try HistoryStore(path: path, run: run.run)
        try store.write(run.entries)
      }
    }
  }
}
