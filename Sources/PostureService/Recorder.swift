// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import Logging
import PostureCore
import PostureFormats

/// Writes every sample the daemon processes, with its commands and losses, as a trace.
///
/// Used by the hub alone, on its event loop. A disk that fails ends the recording with one error in the log; sampling
/// goes on.
package final class Recorder {
  /// A kill loses at most so much, in microseconds; a power cut also what the kernel has not written yet.
  private static let flushPeriod: Int64 = 2_000_000
  private static let bufferSize = 65_536

  private var file: FileWriter?
  private let path: String
  /// What is said of the samples before the first one, which is when the sensor is known.
  private let header: @Sendable (SensorDescription?) -> TraceHeader
  private var trace = LiveTrace()
  private var pending: [UInt8] = []
  private var nextFlush: Int64 = .min
  private var hasFailed = false

  /// Creates the file; one that exists already is an error and stays as it is.
  package init(
    path: String, header: @escaping @Sendable (SensorDescription?) -> TraceHeader
  ) throws(SystemError) {
    self.path = path
    self.header = header
    file = try FileWriter(path: path, mustBeNew: true)
    pending.reserveCapacity(2 * Self.bufferSize)
  }

  /// - Parameters:
  ///   - sensor: where the sample comes from; nil for one that was played.
  ///   - accelerometer: what was taken off the acceleration of the sample.
  ///   - lostSoFar: publications dropped since the start, by the sampling thread's count.
  ///   - reason: why samples are missing before this one.
  func append(
    _ measurement: Measurement, from sensor: SensorDescription?,
    correctedBy accelerometer: AccelerometerCalibration = .identity, lostSoFar: UInt64, reason: String
  ) {
    guard !hasFailed else { return }
    if !trace.hasHeader { trace.begin(header(sensor), correctedBy: accelerometer, to: &pending) }
    // Every command goes with its own sample: what an exposure was is never asked.
    trace.append(measurement, exposure: 0, lostSoFar: lostSoFar, reason: reason, to: &pending)
  }

  /// The samples that follow are judged by these.
  func judge(by settings: [TraceSetting], at time: Timestamp) {
    guard !hasFailed else { return }
    trace.judge(by: settings, at: time, to: &pending)
  }

  func append(fault name: String, at time: Timestamp) {
    guard !hasFailed else { return }
    trace.append(fault: name, at: time, to: &pending)
  }

  func append(_ mark: TraceMark) {
    guard !hasFailed else { return }
    trace.append(mark, to: &pending)
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
