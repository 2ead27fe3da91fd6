// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

/// An edge each 10 ms of a clock, as long as somebody takes them.
private struct ClockEdges: InputEdges {
  let clock: VirtualClock
  private var due: Int64 = 3000

  init(_ clock: VirtualClock) { self.clock = clock }

  mutating func next() throws(PinError) -> InputEdge? {
    guard due <= clock.now() else { return nil }
    defer { due += 10_000 }
    return InputEdge(time: due, isRising: true, sequence: 0)
  }

  mutating func reopen() throws(PinError) {
    while due <= clock.now() { due += 10_000 }
  }
}

/// Whatever happens: two minutes of random faults, one after the other, on a machine that is late now and then.
@Suite struct InertialSensorPropertyTests {
  private static let length = 120_000.0
  private static let quiet = 100_000.0

  private struct Outcome: Equatable {
    var received = 0
    var missing = 0
    var first = at(0)
    var last: Timestamp?
    var faults = 0
    var isInOrder = true
    var isPlausible = true
    var hasWaited = true
    var state = SensorState.starting
    /// In the last ten seconds.
    var lateReceived = 0
    var lateMissing = 0
    var checksum: UInt64 = 14_695_981_039_346_656_037
  }

  /// Up to 20 faults of up to 4 s each, some of them at the same time; none in the last 20 s.
  private static func faults(_ random: CounterRandom) -> [SimulatedFault] {
    let count = random.bits(stream: 10, index: 0) % 21
    return (0..<count).map { index in
      let from = at(random.uniform(stream: 11, index: index) * (quiet - 5000))
      let share = random.uniform(stream: 12, index: index)
      // Many short ones, few long ones.
      let to = from + Interval(microseconds: 500 + Int64(share * share * share * 4e6))
      switch random.bits(stream: 13, index: index) % 8 {
      case 0: return .noAnswer(from: from, to: to)
      case 1: return .timeout(from: from, to: to)
      case 2: return .busFault(from: from, to: to)
      case 3: return .zeros(from: from, to: to)
      case 4: return .ones(from: from, to: to)
      case 5: return .wrongIdentity(from: from, to: to, value: 0x70)
      case 6: return .frozen(from: from, to: to)
      default: return .brownOut(at: from)
      }
    }
  }

  /// How late the machine is: mostly up to 2 ms, now and then up to 30, rarely up to 700.
  private static func lateness(_ random: CounterRandom, _ turn: UInt64) -> Int64 {
    let share = random.uniform(stream: 20, index: turn)
    switch random.bits(stream: 21, index: turn) % 1000 {
    case 0: return Int64(share * 700_000)
    case 1...50: return Int64(share * 30_000)
    default: return Int64(share * 2000)
    }
  }

  /// Of the chip, where it sets the pace.
  private static func clockError(_ random: CounterRandom) -> Double {
    random.uniform(stream: 30, index: 0) * 0.1 - 0.05
  }

  private static func run(seed: UInt64, mode: SamplingMode) -> Outcome {
    let random = CounterRandom(seed: seed)
    let clock = VirtualClock()
    var parameters = SimulatedSensorParameters()
    parameters.seed = seed
    parameters.faults = faults(random)
    if mode == .fifo { parameters.clockError = clockError(random) }
    let chip = SimulatedMPU6050(clock: clock, wearer: Scenario.walking.wearer, parameters: parameters)
    var bench = DriverBench(on: chip, edges: ClockEdges(clock), settings(mode))
    var outcome = Outcome()
    var turn: UInt64 = 0
    var sameTime = 0
    while clock.now() < at(length).microseconds {
      turn += 1
      let now = Timestamp(microseconds: clock.now())
      var next = now
      switch bench.drain(at: now) {
      case .next(let time): next = time
      case .fault(_, let retry):
        outcome.faults += 1
        next = retry
        if next <= now { outcome.hasWaited = false }
      case .ended: return outcome
      }
      while let measurement = bench.buffer.popFirst() { note(measurement, now, &outcome) }
      if mode == .dataReady && bench.sensor.state.isTrusted {
        // The next edge ends the sleep.
        next = min(next, Timestamp(microseconds: (now.microseconds - 3000) / 10_000 * 10_000 + 13_000))
      }
      sameTime = next == now ? sameTime + 1 : 0
      if next < now || sameTime > 20 {
        outcome.hasWaited = false
        return outcome
      }
      if next > now { clock.sleep(until: next.microseconds + lateness(random, turn)) }
    }
    outcome.state = bench.sensor.state
    if bench.buffer.overwritten > 0 { outcome.isInOrder = false }
    return outcome
  }

  private static func note(_ measurement: Measurement, _ now: Timestamp, _ outcome: inout Outcome) {
    let time = measurement.sample.time
    if let last = outcome.last {
      if time <= last { outcome.isInOrder = false }
    } else {
      outcome.first = time
      if measurement.missing != 0 { outcome.isPlausible = false }
    }
    if time > now { outcome.isInOrder = false }
    outcome.last = time
    outcome.received += 1
    outcome.missing += Int(measurement.missing)
    if time >= at(length - 10_000) {
      outcome.lateReceived += 1
      outcome.lateMissing += Int(measurement.missing)
    }
    guard let raw = measurement.raw else {
      outcome.isPlausible = false
      return
    }
    let words = [raw.ax, raw.ay, raw.az, raw.gx, raw.gy, raw.gz]
    if words.allSatisfy({ $0 == 0 }) || words.allSatisfy({ $0 == -1 }) { outcome.isPlausible = false }
    for word in words {
      outcome.checksum = (outcome.checksum ^ UInt64(UInt16(bitPattern: word))) &* 1_099_511_628_211
    }
    outcome.checksum = (outcome.checksum ^ UInt64(bitPattern: time.microseconds)) &* 1_099_511_628_211
  }

  @Test(arguments: 1...8, SamplingMode.all)
  func whateverHappensItComesBackAndCountsWhatItLost(seed: UInt64, mode: SamplingMode) {
    let outcome = Self.run(seed: seed, mode: mode)
    #expect(outcome.isInOrder && outcome.isPlausible && outcome.hasWaited)
    #expect(outcome.state == .running)
    guard let last = outcome.last else {
      Issue.record("no sample")
      return
    }
    #expect(last > at(Self.length - 1000))
    let rate = mode == .fifo ? 100 * (1 + Self.clockError(CounterRandom(seed: seed))) : 100
    let expected = (last - outcome.first).seconds * rate + 1
    let counted = Double(outcome.received + outcome.missing)
    #expect(abs(counted / expected - 1) < 0.01)
    // The faults are over: only a machine that hangs costs samples, and from the FIFO not even that.
    let late = Double(outcome.lateReceived + outcome.lateMissing)
    #expect(abs(late - 10 * rate) <= 75)
    if mode == .fifo { #expect(outcome.lateMissing == 0) }
  }

  @Test func theSameFaultsGiveTheSameSamples() {
    for mode in SamplingMode.all { #expect(Self.run(seed: 99, mode: mode) == Self.run(seed: 99, mode: mode)) }
  }
}
