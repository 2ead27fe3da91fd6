// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// The file of an accelerometer's calibration.
package typealias CalibrationStore = RecordStore<CalibrationRecord>
/// The file of the reference postures.
package typealias ReferenceStore = RecordStore<ReferencesRecord>

/// The file in which a record is kept. It is not for the sampling thread: it waits for the disk.
package struct RecordStore<Record: FileRecord>: Sendable {
  package enum Content: Sendable, Equatable {
    /// There is no file.
    case none
    case record(Record)
    /// It cannot be read, or is no such record: why.
    case damaged(String)
  }

  package let path: String

  package init(path: String) { self.path = path }

  package func load() -> Content {
    do {
      guard try FileAttributes.exists(path) else { return .none }
      var file = try FileReader(path: path)
      return .record(try Record(file: try file.read(atMost: Record.longestFile + 1), named: path))
    } catch let error as SystemError {
      return .damaged(error.message)
    } catch {
      return .damaged("\(error)")
    }
  }

  /// Throws what `store` would, as far as that can be known beforehand.
  package func prepare() throws(SystemError) { try AtomicFile.prepare(path) }

  /// - Parameter done: called after each step of it.
  package func store(_ record: Record, done: (AtomicFile.Step) -> Void = { _ in }) throws(SystemError) {
    let text = Array(record.text.utf8)
    try AtomicFile.replace(path, with: text.span, done: done)
  }

  /// False where there was none.
  @discardableResult
  package func remove() throws(SystemError) -> Bool { try FileAttributes.remove(path) }
}
