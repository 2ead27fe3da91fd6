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
  case sixPoses = "six-poses"
  case motorShake = "motor-shake"

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
    case .motorShake: "Slouch held for over a minute, with the motor on the sensor's board"
    case .sixPoses: "A bad accelerometer laid on each of its six sides and on three edges, twice"
    }
  }

  /// What a replay with the default settings is to show, in words.
  package var shows: String {
    switch self {
    case .upright: "no cue"
    case .slowSlouch: "one deviation forward; no reminder; recovery"
    case .slouchUntilReminded: "one deviation forward; one reminder; recovery"
    case .briefLean: "no cue (the lean is over before the hold)"
    case .sidewaysLean: "one deviation to the left; no reminder; recovery"
    case .reaching: "no cue (every reach is over before the hold)"
    case .walking: "no cue (walking is not leaning)"
    case .nodding: "one deviation forward (though the limit is crossed again and again); no reminder; recovery"
    case .gyroBias: "one deviation forward; no reminder; recovery (the bias is learnt, the slouch is not)"
    case .saturation: "saturation; no cue"
    case .gap: "one gap; one deviation forward; no reminder; recovery"
    case .stuck: "frozen, then resumed; one deviation forward; no reminder; recovery"
    case .upsideDown: "one deviation forward; no reminder; recovery"
    case .offBody: "one deviation (a table is taken for a posture: nothing tells off-body yet); recovery"
    case .motorShake: "one deviation forward; one reminder; recovery"
    case .sixPoses: "no reminder (the sensor is taken off and turned about, which nothing tells yet)"
    }
  }

  /// Other than the default settings, as `key: value` lines have them.
  package var settings: [(key: String, value: String)] { [] }

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
    case .motorShake: sensor.motorShake = 1
    case .sixPoses:
      // Within what PS-MPU-6000A-00 rev 3.4, 6.1 and 6.2, allows.
      func mg(_ milli: Double) -> Double { milli * 0.001 * standardGravity }
      sensor.accelerometerOffset = Acceleration(mg(45), mg(-30), mg(60))
      sensor.accelerometerScaleError = Vector3(0.015, -0.02, 0.01)
      sensor.gyroscopeBias = AngularVelocity(Angle.degrees(2).radians, Angle.degrees(-3).radians, 0)
    default: break
    }
    return sensor
  }

  private static func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }
}
