// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import PostureCore
import PostureFormats

/// Writes every sample the daemon processes, with its commands and losses, as a trace.
///
/// Used by the hub alone, on its event loop. A disk that fails ends the recording with one error in the log; sampling
/// goes on.
package final class Recorder {
  /// A power cut loses at most so much, in microseconds.
  private static let flushPeriod: Int64 = 2_000_000
  private static let bufferSize = 65_536

  private var file: FileWriter?
  private let path: String
  private var writer = TraceWriter()
  private var pending: [UInt8] = []
  private var lostBefore: UInt64 = 0
  private var nextFlush: Int64 = .min
  private var hasFailed = false

  /// Creates the file; one that exists already is an error and stays as it is.
  package init(path: String, header: TraceHeader) throws(SystemError) {
    self.path = path
    file = try FileWriter(path: path, mustBeNew: true)
    pending = writer.header(header)
    pending.reserveCapacity(2 * Self.bufferSize)
  }

  /// - Parameter lostSoFar: publications dropped since the start, by the sampling thread's count.
  func append(_ measurement: Measurement, lostSoFar: UInt64) {
    guard !hasFailed else { return }
    writer.append(measurement, lost: lostSoFar - lostBefore, to: &pending)
    lostBefore = lostSoFar
  }

  func flushIfDue(_ logger: Logger) {
    let now = SystemClock().now()
    guard !pending.isEmpty, now >= nextFlush || pending.count >= Self.bufferSize else { return }
    nextFlush = now + Self.flushPeriod
    write(logger)
  }

  func close(_ logger: Logger) {
    write(logger)
    do throws(FileWriter.Failure) { try file.take()?.close() } catch { fail(error, logger) }
  }

  private func write(_ logger: Logger) {
    do throws(FileWriter.Failure) {
      try file?.write(pending.span)
      try file?.flush()
    } catch { fail(error, logger) }
    pending.removeAll(keepingCapacity: true)
  }

  private func fail(_ error: FileWriter.Failure, _ logger: Logger) {
    guard !hasFailed else { return }
    hasFailed = true
    logger.error("recording to \(path) has stopped: \(error.message)")
  }
}
