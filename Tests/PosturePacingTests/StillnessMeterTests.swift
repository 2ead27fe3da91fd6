// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing
import PostureSimulation
import Testing

struct StillnessMeterTests {
  /// Samples of a simulated wearer at 100 Hz with so much noise on each axis, m/s².
  private func meter(
    _ steps: [Step], from: Double, to: Double, seed: UInt64 = 3, noise: Double = 0.026,
    shaken: (Double) -> Bool = { _ in false }
  ) -> StillnessMeter {
    let wearer = SimulatedWearer(Script(steps), seed: seed)
    var random = SeededRandom(seed)
    var meter = StillnessMeter()
    for tick in Int(from * 100)..<Int(to * 100) {
      let time = Timestamp(microseconds: Int64(tick) * 10_000)
      let noise = Acceleration(random.normal() * noise, random.normal() * noise, random.normal() * noise)
      meter.take(
        wearer.state(at: time).specificForce + noise, counts: !shaken(Double(tick) / 100), at: time)
    }
    return meter
  }

  /// Whoever breathes and sways is still, by whatever chip is known, sitting and lying.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func aCalmWearerIsStill(seed: UInt64) {
    for (activity, noise) in [
      (Activity.upright, 0.026), (.upright, 0.05), (.recline(flexion: .degrees(-80), lateral: .zero), 0.05),
      (.slouch(to: .degrees(30), over: .seconds(4)), 0.026),
    ] {
      let meter = meter([Step(activity, for: .seconds(70))], from: 8, to: 69, seed: seed, noise: noise)
      #expect(meter.counted >= 60 && meter.still == meter.counted, "\(activity.name)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func whoWalksIsNot(seed: UInt64) {
    let meter = meter([Step(.walk, for: .seconds(70))], from: 8, to: 69, seed: seed)
    #expect(meter.counted >= 60 && meter.still == 0)
  }

  /// Ten degrees within two seconds, up or down; what comes after it is still again.
  @Test func aBendIsSeen() {
    let steps = [
      Step(.upright, for: .seconds(10)), Step(.slouch(to: .degrees(10), over: .seconds(2)), for: .seconds(20)),
    ]
    let bending = meter(steps, from: 10, to: 12.02)
    #expect(bending.counted == 2 && bending.still == 0)
    let after = meter(steps, from: 12, to: 30)
    #expect(after.counted >= 17 && after.still == after.counted)
  }

  /// The motor's shaking says nothing of the wearer, and what is begun before it is not finished after it.
  @Test func whatTheMotorShakesDoesNotCount() {
    var meter = StillnessMeter()
    for tick in 0..<500 {
      let isShaken = (150..<260).contains(tick)
      meter.take(force(isShaken ? (tick % 2 == 0 ? 5 : -5) : 0), counts: !isShaken, at: at(Double(tick) / 100))
    }
    #expect(meter.counted == 3 && meter.still == 3)
  }

  /// A second with a hole in it is none.
  @Test func aGapBeginsAnew() {
    var meter = StillnessMeter()
    for tick in 0..<99 { meter.take(force(), counts: true, at: at(Double(tick) / 100)) }
    for tick in 0..<99 { meter.take(force(4), counts: true, at: at(2 + Double(tick) / 100)) }
    #expect(meter.counted == 0)
    meter.take(force(4), counts: true, at: at(3))
    #expect(meter.counted == 1 && meter.still == 1)
  }

  /// Root mean square: at the limit it is still, and beyond it is not.
  @Test(arguments: [(0.19, 1), (0.21, 0)]) func theLimitIsThis(amplitude: Double, still: Int) {
    var meter = StillnessMeter()
    for tick in 0...100 {
      meter.take(force(tick % 2 == 0 ? amplitude : -amplitude), counts: true, at: at(Double(tick) / 100))
    }
    #expect(meter.counted == 1 && meter.still == still)
  }
}
