// SPDX-License-Identifier: MIT
import PostureCore

/// The named finite scripts of which fixtures are recorded, each with the sensor it is recorded through.
///
/// Every one begins with 15 s of quiet upright sitting, in which the gyroscope's bias settles and a reference posture
/// is taken. They are made for the core's defaults: enter 15, leave 10 degrees, hold 10 s, remind after 60 s.
package enum Scenario: String, CaseIterable, Sendable {
  case upright
  case slowSlouch = "slow-slouch"
  case slouchUntilReminded = "slouch-until-reminded"
  case briefLean = "brief-lean"
  case sidewaysLean = "sideways-lean"
  case reaching
  case walking
  case nodding
  case gyroBias = "gyro-bias"
  case saturation
  case gap
  case stuck
  case upsideDown = "upside-down"
  case offBody = "off-body"

  package var name: String { rawValue }

  package var title: String {
    switch self {
    case .upright: "Upright at a desk, a minute long"
    case .slowSlouch: "Slow slouch at a desk, held 20 s, then corrected"
    case .slouchUntilReminded: "Slouch held for over a minute, then corrected"
    case .briefLean: "Lean forward for 4 s"
    case .sidewaysLean: "Lean to the left for 20 s, then corrected"
    case .reaching: "Three reaches for something"
    case .walking: "Walk of 30 s between two rests"
    case .nodding: "Nodding about the limit for 40 s, then corrected"
    case .gyroBias: "Slow slouch with 10 deg/s of gyroscope bias on every axis"
    case .saturation: "Three jolts beyond the sensor's range"
    case .gap: "Sensor without answer for 3 s, then a slouch"
    case .stuck: "Sensor that repeats itself for 5 s, then a slouch"
    case .upsideDown: "Slouch with the sensor upside down and skewed"
    case .offBody: "Taken off, laid on a table, put on again"
    }
  }

  /// What a replay with the default settings is to show, in words.
  package var shows: String {
    switch self {
    case .upright: "no event but the reference posture"
    case .slowSlouch: "one deviation after the hold; no reminder; recovery"
    case .slouchUntilReminded: "one deviation, one reminder a minute later, recovery"
    case .briefLean: "no event: the lean is over before the hold"
    case .sidewaysLean: "one deviation to the left; recovery"
    case .reaching: "no event: every reach is over before the hold"
    case .walking: "no event: walking is not leaning"
    case .nodding: "exactly one deviation, though the limit is crossed again and again; recovery"
    case .gyroBias: "the same as slow-slouch: the bias is learnt, the slouch is not"
    case .saturation: "saturation three times; no deviation"
    case .gap: "a gap; then a deviation and recovery as if nothing had been"
    case .stuck: "frozen, resumed; then a deviation and recovery as if nothing had been"
    case .upsideDown: "one deviation and recovery, forward in the body's sense"
    case .offBody: "lies perfectly still, upside down; upright again in the end"
    }
  }

  package var duration: Interval { script.duration }

  package var mount: SensorMount { self == .upsideDown ? .skewed : .identity }

  package var wearer: SimulatedWearer { SimulatedWearer(script, seed: 7, mount: mount) }

  package var sensor: SimulatedSensorParameters {
    var sensor = SimulatedSensorParameters()
    switch self {
    case .gyroBias:
      let bias = Angle.degrees(10).radians
      sensor.gyroscopeBias = AngularVelocity(bias, -bias, bias)
    case .gap: sensor.faults = [.noAnswer(from: Self.at(25), to: Self.at(28))]
    case .stuck: sensor.faults = [.frozen(from: Self.at(20), to: Self.at(25))]
    default: break
    }
    return sensor
  }

  private static func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }
}
