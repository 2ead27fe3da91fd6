// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// The file in which an accelerometer calibration is kept. It is not for the sampling thread: it waits for the disk.
package struct CalibrationStore: Sendable {
  package enum Content: Sendable, Equatable {
    /// There is no file.
    case none
    case record(CalibrationRecord)
    /// It cannot be read, or is no calibration: why.
    case damaged(String)
  }

  package let path: String

  package init(path: String) { self.path = path }

  package func load() -> Content {
    do {
      guard try FileAttributes.exists(path) else { return .none }
      var file = try FileReader(path: path)
      return .record(
        try CalibrationRecord(file: try file.read(atMost: CalibrationRecord.longestFile + 1), named: path))
    } catch let error as SystemError {
      return .damaged(error.message)
    } catch {
      return .damaged("\(error)")
    }
  }

  /// Throws what `store` would, as far as that can be known beforehand.
  package func prepare() throws(SystemError) { try AtomicFile.prepare(path) }

  package func store(_ record: CalibrationRecord) throws(SystemError) {
    let text = Array(record.text.utf8)
    try AtomicFile.replace(path, with: text.span)
  }

  /// False where there was none.
  @discardableResult
  package func remove() throws(SystemError) -> Bool { try FileAttributes.remove(path) }
}
