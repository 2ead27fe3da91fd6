// SPDX-License-Identifier: MIT
import PostureCore

/// The samples of a simulated day, 100 a second, straight from the measurement: no bus, no registers, no clock error.
package struct DaySamples: Sendable {
  /// Between two samples.
  package static var period: Interval { .milliseconds(10) }

  private let day: SimulatedDay
  private let specimen: SimulatedSensorParameters
  private let accelerometer: SensorChannel
  private let gyroscope: SensorChannel?
  private let scale: SensorScale

  /// - Parameter seed: for the specimen's errors and its noise.
  package init(_ day: SimulatedDay, _ grade: SensorGrade, seed: UInt64) {
    self.day = day
    specimen = grade.specimen(seed: seed)
    accelerometer = grade.accelerometer
    gyroscope = grade.gyroscope
    scale = grade.scale
  }

  package var count: Int64 { day.duration.microseconds / Self.period.microseconds }

  /// The sample of a number, from 0 to below `count`.
  package func sample(_ number: Int64) -> InertialSample { scale.sample(from: raw(number)) }

  /// The same as the chip's own integers.
  package func raw(_ number: Int64) -> RawSample {
    let time = number * Self.period.microseconds
    let state = day.state(at: Timestamp(microseconds: time - accelerometer.delay))
    let a = specimen.acceleration(of: state.specificForce, at: time, accelerometer)
    let g = gyroscope.map { specimen.angularVelocity(of: state.angularVelocity, at: time, $0) } ?? (0, 0, 0)
    return RawSample(time: Timestamp(microseconds: time), ax: a.0, ay: a.1, az: a.2, gx: g.0, gy: g.1, gz: g.2)
  }
}
