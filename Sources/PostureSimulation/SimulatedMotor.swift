// SPDX-License-Identifier: MIT
import PostureCore

/// A vibration motor on the board of the simulated sensor: how it turns, from when its pin was switched.
///
/// An eccentric mass in a coin: its speed follows the mean of what it is driven with, quicker up than down, and with it
/// the frequency of what it does to the sensor; the force grows with the square of the speed. Left out are below what
/// drive it does not start, its harmonics and its wavering. Shared by the pin and the chip, which one thread uses;
/// nothing guards it.
package final class SimulatedMotor {
  /// Turns a second at full speed: 10,500 a minute, which is in the middle of what coins of 8 to 10 mm have.
  static let speed = 175.0
  /// From rest to full speed, and back to rest: the last part is slow.
  private static let runUp = Interval.milliseconds(60)
  private static let runDown = Interval.milliseconds(100)

  /// What is true from one switching to the next.
  private struct Phase: BitwiseCopyable {
    var time: Timestamp
    /// What it is driven with, and with what share of its full speed it began; 0 to 1.
    var drive: Double
    var speed: Double
    /// Since it began to turn for the first time.
    var turns: Double

    /// Neither an exponential nor libm: a parabola that ends where the new speed is reached.
    func state(at now: Timestamp) -> (speed: Double, turns: Double) {
      let passed = now - time
      let length = drive > speed ? SimulatedMotor.runUp : SimulatedMotor.runDown
      let rest = max(0, 1 - Double(passed.microseconds) / Double(length.microseconds))
      let change = speed - drive
      // The integral of the speed.
      let turned = drive * passed.seconds + change * length.seconds * (1 - rest * rest * rest) / 3
      return (drive + change * rest * rest, turns + SimulatedMotor.speed * turned)
    }
  }

  /// More than a chip's FIFO goes back, with a pin that is switched on and off for its share of every 10 ms.
  private var phases = RingBuffer<1024, Phase>(
    filler: Phase(time: Timestamp(microseconds: 0), drive: 0, speed: 0, turns: 0))

  package init() {}

  /// Drives it with that percentage from that time on, which is not before the last one.
  package func drive(percent: UInt8, at now: Timestamp) {
    let drive = Double(percent) / 100
    guard let last = phases.isEmpty ? nil : phases[phases.count - 1] else {
      if drive > 0 { phases.append(Phase(time: now, drive: drive, speed: 0, turns: 0)) }
      return
    }
    guard drive != last.drive else { return }
    let (speed, turns) = last.state(at: now)
    phases.append(Phase(time: now, drive: drive, speed: speed, turns: turns))
  }

  /// The share of its full speed, and sine and cosine of where its mass is; nil while it stands still.
  package func state(at time: Timestamp) -> (speed: Double, sine: Double, cosine: Double)? {
    var index = phases.count - 1
    while index >= 0, phases[index].time > time { index -= 1 }
    guard index >= 0 else { return nil }
    let (speed, turns) = phases[index].state(at: time)
    guard speed > 0 else { return nil }
    let (sine, cosine) = sineAndCosine((turns - roundedHalfEven(turns)) * 2 * Double.pi)
    return (speed, sine, cosine)
  }
}

/// What the motor does to a sensor beside it.
///
/// The coin lies flat on the back, so that its mass pulls to and fro between up, left, down and right; it also turns
/// the board a little about the axis forward, because it is not in its middle.
struct MotorShake {
  /// At full speed, m/s², before the chip's own low-pass: what makers give for a board of 100 g, about a g.
  private static let force = standardGravity
  /// rad/s.
  private static let turning = 10 * Double.pi / 180

  let motor: SimulatedMotor
  /// The chip's creation on the motor's clock.
  let origin: Int64
  /// 0 for none, 1 for as much as above.
  let strength: Double

  func specificForce(at time: Int64, _ channel: SensorChannel) -> Acceleration {
    guard let state = motor.state(at: Timestamp(microseconds: origin + time)) else { return .zero }
    let force = Self.force * amplitude(state.speed, channel)
    return Acceleration(0, force * state.cosine, force * state.sine)
  }

  func angularVelocity(at time: Int64, _ channel: SensorChannel) -> AngularVelocity {
    guard let state = motor.state(at: Timestamp(microseconds: origin + time)) else { return .zero }
    return AngularVelocity(Self.turning * amplitude(state.speed, channel) * state.sine, 0, 0)
  }

  /// What is left of it behind the channel's low-pass, taken for one of first order; its phase is its delay alone.
  private func amplitude(_ speed: Double, _ channel: SensorChannel) -> Double {
    guard channel.bandwidth > 0 else { return 0 }
    let ratio = SimulatedMotor.speed * speed / channel.bandwidth
    return strength * speed * speed / (1 + ratio * ratio).squareRoot()
  }
}
