// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// Gathers samples into messages for the clients that take them all.
struct SampleStream: Sendable {
  /// About 15 KB of text: a few messages fit beside each other into a client's queue.
  static let mostInBatch = 128

  private var batch = SampleBatchMessage()
  /// Lost publications that have been told of.
  private var lostBefore: UInt64

  /// - Parameter lost: publications so far.
  init(lost: UInt64) { lostBefore = lost }

  /// Takes a sample; returns a message that is full with it, or that it does not go with.
  mutating func append(_ frame: Frame) -> SampleBatchMessage? {
    let raw = frame.measurement.raw
    let before = batch.time_us.isEmpty || (batch.raw != nil) == (raw != nil) ? nil : take()
    let sample = frame.measurement.sample
    let force = frame.accelerometer.correction.apply(to: sample.acceleration)
    batch.time_us.append(sample.time.microseconds)
    batch.acceleration_m_s2.append([force.x, force.y, force.z].map { $0.rounded(places: 6) })
    let turn = sample.angularVelocity
    batch.angular_velocity_rad_s.append([turn.x, turn.y, turn.z].map { $0.rounded(places: 6) })
    if let raw { batch.raw = (batch.raw ?? []) + [[raw.ax, raw.ay, raw.az, raw.gx, raw.gy, raw.gz]] }
    batch.missing += UInt64(frame.measurement.missing)
    batch.lost += frame.lost - lostBefore
    lostBefore = frame.lost
    return before ?? (batch.time_us.count >= Self.mostInBatch ? take() : nil)
  }

  /// What has been gathered; nil where that is nothing.
  mutating func take() -> SampleBatchMessage? {
    guard !batch.time_us.isEmpty else { return nil }
    defer { batch = SampleBatchMessage() }
    return batch
  }
}
