// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Synchronization

/// A sample and what the pipeline made of it.
package struct Frame: BitwiseCopyable, Sendable {
  package var measurement: Measurement
  package var output: PosturePipeline.Output
  /// rad/s, sensor frame.
  package var bias: AngularVelocity
  /// Standard deviation of up, and why up is what it is.
  package var uncertainty: Angle
  package var condition: TiltFilter.Condition
  package var circumstances: Circumstances
  /// A reference posture that counts with this sample for the first time, and whether it is to be kept.
  package var reference: ChangedReference?
  /// What was taken off the acceleration; the measurement itself is without it.
  package var accelerometer: AccelerometerCalibration
  /// The number of the judgement; that of the start is 0.
  package var judgement: UInt32
  /// Publications that had found the channel full by then.
  package var lost: UInt64
}

/// What the sampling thread tells the service side.
package enum Publication: BitwiseCopyable, Sendable {
  case frame(Frame)
  /// The chip has been found.
  case sensorFound(SensorDescription)
  /// The sensor failed.
  case sensorFault(SensorFault, at: Timestamp)
  /// How the sensor is from now on.
  case sensorState(SensorState)
  /// The motor runs from now on, or no longer.
  case motor(isOn: Bool)
  /// The motor's pin could not be driven.
  case motorFault(PinError)
  /// It can be driven again.
  case motorRecovered
  /// The motor had been on for longer than it ever may, and was switched off.
  case motorCutOff
  /// The source is over.
  case ended
}

/// What the two sides share beside their channels: each value has one writer.
package final class SamplingControl: Sendable {
  private let stopRequested = Atomic<Bool>(false)
  private let expectedBy = Atomic<Int64>(.max)
  private let lostPublications = Atomic<UInt64>(0)
  private let motorOnSince = Atomic<Int64>(.max)

  package init() {}

  package func stop() { stopRequested.store(true, ordering: .releasing) }
  package var isStopRequested: Bool { stopRequested.load(ordering: .acquiring) }

  /// Written by the sampling thread before it sleeps: the latest time, in microseconds of its clock, by which it will
  /// be back.
  package func expect(by time: Int64) { expectedBy.store(time, ordering: .releasing) }
  /// The sampling thread is past the time by which it wanted to be back: it hangs.
  package func isOverdue(at now: Int64) -> Bool { now > expectedBy.load(ordering: .acquiring) }

  /// Written by the sampling thread: since when it has had the motor on, in microseconds of its clock; nil while off.
  package func noteMotor(onSince time: Int64?) { motorOnSince.store(time ?? .max, ordering: .releasing) }
  /// The motor has been on since then.
  package var motorIsOnSince: Int64? {
    let time = motorOnSince.load(ordering: .acquiring)
    return time == .max ? nil : time
  }

  package func countLost() { lostPublications.add(1, ordering: .relaxed) }
  /// Publications that found the channel full.
  package var lost: UInt64 { lostPublications.load(ordering: .relaxed) }
}
