// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

@Suite struct InertialSensorFaultTests {
  private static let passing: [I2CError] = [
    .noAcknowledge, .timeout, .arbitrationLost, .busFault, .busy, .notPermitted, .unsupported, .system(5),
  ]

  @Test(arguments: passing + [.adapterGone, .noAdapter, .notAnAdapter])
  func aBusErrorIsHandedOnOnce(error: I2CError) {
    let wires = FakeWires(FakeChip())
    wires.failure = { _ in error }
    var bench = DriverBench(on: FakeBus(wires: wires), settings(model: .mpu6050, address: address(0x68)))
    _ = bench.drain(atMilliseconds: 0)
    // Nobody answering and somebody else's driver are no errors of the search.
    if error == .noAcknowledge || error == .busy { _ = bench.drain(atMilliseconds: 0) }
    let expected: SensorFault = error == .noAcknowledge ? .notFound : .bus(error)
    #expect(bench.drain(atMilliseconds: 0) == .fault(expected, retry: at(100)))
    #expect(bench.sensor.state == .lost)
    // Thrown once: until the next try there is silence, on the bus too.
    #expect(bench.drain(atMilliseconds: 99.999) == .next(at(100)))
    #expect(wires.transcript == ["open", "75>1"])
  }

  /// Two in a row are tried again at the next period; the third starts the chip anew.
  @Test(arguments: passing)
  func twoBusErrorsInARowAreTolerated(error: I2CError) {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    _ = bench.drain(atMilliseconds: 161)
    #expect(bench.sensor.state == .running)
    _ = wires.takeTranscript()
    wires.failure = { _ in error }
    #expect(bench.drain(atMilliseconds: 172) == .fault(.bus(error), retry: at(181)))
    #expect(bench.sensor.state == .degraded)
    #expect(bench.drain(atMilliseconds: 175) == .next(at(181)))
    #expect(bench.drain(atMilliseconds: 181) == .fault(.bus(error), retry: at(191)))
    #expect(bench.sensor.state == .degraded)
    #expect(bench.drain(atMilliseconds: 191) == .fault(.bus(error), retry: at(291)))
    #expect(bench.sensor.state == .lost)
    #expect(wires.takeTranscript() == ["3A>15", "3A>15", "3A>15"])
    wires.failure = { _ in nil }
    #expect(bench.settle(atMilliseconds: 291) == .next(at(391)))
    #expect(wires.takeTranscript() == ["open", "75>1", "6B<80"])
  }

  /// In the first samples too: a chip that has given none yet has no credit.
  @Test func aChipThatHasGivenNoSampleIsNotTolerated() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    wires.failure = { _ in .timeout }
    #expect(bench.drain(atMilliseconds: 161) == .fault(.bus(.timeout), retry: at(261)))
    #expect(bench.sensor.state == .lost)
  }

  /// What a vanished adapter says does not get better by itself.
  @Test(arguments: [.adapterGone, .noAdapter, .notAnAdapter] as [I2CError])
  func anAdapterThatIsGoneIsOpenedAnew(error: I2CError) {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    _ = bench.drain(atMilliseconds: 161)
    _ = wires.takeTranscript()
    wires.failure = { _ in error }
    wires.openFailure = .noAdapter
    #expect(bench.drain(atMilliseconds: 171) == .fault(.bus(error), retry: at(271)))
    #expect(bench.drain(atMilliseconds: 271) == .fault(.bus(.noAdapter), retry: at(471)))
    #expect(bench.drain(atMilliseconds: 471) == .fault(.bus(.noAdapter), retry: at(871)))
    #expect(wires.takeTranscript() == ["3A>15", "open", "open"])
    wires.openFailure = nil
    wires.failure = { _ in nil }
    #expect(bench.run(from: at(871), to: at(1100)).isEmpty)
    #expect(bench.sensor.state == .running)
  }

  @Test func aGoodPollForgivesTwoBadOnes() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    _ = bench.drain(atMilliseconds: 161)
    for poll in 1...90 {
      wires.failure = { _ in poll % 3 == 0 ? nil : .busFault }
      _ = bench.drain(atMilliseconds: 161 + Double(poll) * 10)
      #expect(bench.sensor.state == .degraded)
    }
    #expect(bench.takeAll().map(\.missing) == [0] + [UInt32](repeating: 2, count: 30))
    #expect(!wires.transcript.contains("open"))
  }

  /// Well for a second after the last fault, it is no longer called degraded.
  @Test func degradedForASecond() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    _ = bench.drain(atMilliseconds: 161)
    wires.failure = { _ in .timeout }
    _ = bench.drain(atMilliseconds: 171)
    wires.failure = { _ in nil }
    bench.run(from: at(181), to: at(1161))
    #expect(bench.sensor.state == .degraded)
    _ = bench.drain(atMilliseconds: 1171)
    #expect(bench.sensor.state == .running)
  }

  /// Zeros and ones are what a bus or a dying chip makes up; they are dropped, and counted like any missing sample.
  @Test(arguments: [0x00, 0xFF] as [UInt8])
  func impossibleDataAreDropped(byte: UInt8) {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    _ = bench.drain(atMilliseconds: 161)
    chip.shown = { (0x3B...0x48).contains($0) ? byte : nil }
    #expect(bench.drain(atMilliseconds: 171) == .fault(.implausibleData, retry: at(181)))
    #expect(bench.drain(atMilliseconds: 181) == .fault(.implausibleData, retry: at(191)))
    #expect(bench.sensor.state == .degraded)
    chip.shown = { _ in nil }
    _ = bench.drain(atMilliseconds: 191)
    let measurements = bench.takeAll()
    #expect(measurements.map(\.sample.time) == [at(161), at(191)])
    #expect(measurements.map(\.missing) == [0, 2])
    chip.shown = { (0x3B...0x48).contains($0) ? byte : nil }
    for time in [201.0, 211, 221] { _ = bench.drain(atMilliseconds: time) }
    #expect(bench.sensor.state == .lost)
    #expect(bench.takeAll().isEmpty)
  }

  /// One axis, or one sensor, of such bits is a measurement.
  @Test func someBitsAllAlikeAreAMeasurement() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    chip.show([0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1])
    _ = bench.drain(atMilliseconds: 161)
    chip.show([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE])
    _ = bench.drain(atMilliseconds: 171)
    #expect(bench.takeAll().count == 2)
  }

  /// Without a gyroscope three words tell. LIS3DH: STATUS_REG 0x27, data from 0x28 on, sent with 0x80.
  @Test(arguments: [0x00, 0xFF] as [UInt8])
  func impossibleDataOfAnAccelerometer(byte: UInt8) {
    let chip = FakeChip(at: 0x18, [0x0F: 0x33])
    let wires = FakeWires(chip)
    chip.shown = { $0 == 0xA7 ? 0x08 : $0 == 0xA8 ? 0x10 : nil }
    var bench = DriverBench(on: FakeBus(wires: wires))
    #expect(bench.run(from: at(0), to: at(300)).isEmpty)
    #expect(bench.sensor.state == .running)
    chip.shown = { $0 == 0xA7 ? 0x08 : $0 > 0xA7 ? byte : nil }
    #expect(bench.runToFault(from: at(301), to: at(330))?.fault == .implausibleData)
  }

  /// For two seconds they are handed on: the pipeline has its own opinion.
  @Test(arguments: [.polled, .fifo] as [SamplingMode])
  func frozenDataStartTheChipAnew(mode: SamplingMode) {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(mode))
    bench.start(wires)
    let still = [0x20, 0x00, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6] as [UInt8]
    chip.show(Array(still[0..<6]) + [0, 0] + Array(still[6...]))
    var now = 161.0
    var faults: [TimedFault] = []
    while now < 5000, faults.count < 2 {
      if mode == .fifo && chip.fifo.isEmpty { chip.fifo = (0..<10).flatMap { _ in still } }
      switch bench.drain(atMilliseconds: now) {
      case .next(let next): now = Double(next.microseconds) / 1000
      case .fault(let fault, let retry):
        faults.append(TimedFault(time: at(now), fault: fault))
        now = Double(retry.microseconds) / 1000
      case .ended: break
      }
      while bench.buffer.popFirst() != nil {}
    }
    #expect(faults.map(\.fault) == [.frozenData, .frozenData])
    #expect(bench.sensor.state == .lost)
    // And if that does not help, as long again: the start takes 260 ms with its pause.
    guard let first = faults.first?.time, let second = faults.last?.time else { return }
    #expect(first >= at(2161) && first <= at(2360))
    #expect(second - first >= .milliseconds(2260) && second - first <= .milliseconds(2560))
  }

  /// 0.1, 0.2, 0.4 ... 5 s, and 0.1 s again only after a second of samples.
  @Test func theBackOffDoublesAndEnds() {
    let wires = FakeWires(FakeChip())
    wires.openFailure = .noAdapter
    var bench = DriverBench(on: FakeBus(wires: wires))
    var pauses: [Int64] = []
    var now = at(0)
    for _ in 0..<9 {
      guard case .fault(_, let retry) = bench.drain(at: now) else { break }
      pauses.append((retry - now).microseconds / 1000)
      now = retry
    }
    #expect(pauses == [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000])

    // A start alone does not end it.
    wires.openFailure = nil
    wires.failure = { $0 == "3A>15" ? .adapterGone : nil }
    var fault = bench.runToFault(from: now, to: now + .seconds(1))
    #expect(bench.sensor.retry - (fault?.time ?? now) == .seconds(5))

    // Nor do samples for less than a second.
    now = bench.sensor.retry
    wires.failure = { _ in nil }
    #expect(bench.run(from: now, to: now + .milliseconds(1160)).isEmpty)
    wires.failure = { $0 == "3A>15" ? .adapterGone : nil }
    fault = bench.runToFault(from: now + .milliseconds(1160), to: now + .seconds(2))
    #expect(bench.sensor.retry - (fault?.time ?? now) == .seconds(5))

    now = bench.sensor.retry
    wires.failure = { _ in nil }
    #expect(bench.run(from: now, to: now + .milliseconds(1161)).isEmpty)
    wires.failure = { $0 == "3A>15" ? .adapterGone : nil }
    fault = bench.runToFault(from: now + .milliseconds(1162), to: now + .seconds(2))
    #expect(bench.sensor.retry - (fault?.time ?? now) == .milliseconds(100))
  }

  /// Every state there is, in its order.
  @Test func theStatesFollowOneAnother() {
    let wires = FakeWires()
    var bench = DriverBench(on: FakeBus(wires: wires))
    var states: [SensorState] = [bench.sensor.state]
    func note(_ state: SensorState) { if states.last != state { states.append(state) } }
    func run(_ bench: inout DriverBench<FakeBus, NoEdges>, from start: Timestamp, to end: Timestamp) -> Timestamp {
      var now = start
      while now <= end {
        switch bench.drain(at: now) {
        case .next(let time): now = time
        case .fault(_, let retry): now = retry
        case .ended: return now
        }
        note(bench.sensor.state)
        while bench.buffer.popFirst() != nil {}
      }
      return now
    }
    // Nothing there; then it is; one bad transfer; it vanishes; it is back.
    var now = run(&bench, from: at(0), to: at(50))
    wires.chips = [FakeChip()]
    now = run(&bench, from: now, to: at(1000))
    wires.failure = { _ in .timeout }
    now = run(&bench, from: now, to: now)
    wires.failure = { _ in nil }
    now = run(&bench, from: now, to: now + .seconds(2))
    wires.chips = []
    now = run(&bench, from: now, to: now + .milliseconds(150))
    wires.chips = [FakeChip()]
    _ = run(&bench, from: now, to: now + .seconds(2))
    #expect(
      states == [
        .starting, .lost, .starting, .running, .degraded, .running, .degraded, .lost, .recovering, .lost, .recovering,
        .running,
      ])
  }

  @Test(arguments: [.starting, .lost, .recovering] as [SensorState])
  func onlyASensorThatGivesSamplesIsTrusted(state: SensorState) {
    #expect(!state.isTrusted)
    #expect(SensorState.running.isTrusted && SensorState.degraded.isTrusted)
  }

  /// What was missed meanwhile is counted in the first sample after.
  @Test func aLossIsCounted() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    var measurements: [Measurement] = []
    bench.run(from: at(0), to: at(1000)) { measurements += $0 }
    wires.chips = []
    bench.run(from: at(1001), to: at(9000)) { measurements += $0 }
    wires.chips = [chip]
    let retry = bench.sensor.retry
    bench.run(from: retry, to: retry + .seconds(10)) { measurements += $0 }
    #expect(measurements.first?.missing == 0)
    #expect(measurements.count { $0.missing > 0 } == 1)
    let received = measurements.count + measurements.reduce(0) { $0 + Int($1.missing) }
    guard let first = measurements.first, let last = measurements.last else { return }
    let expected = (last.sample.time - first.sample.time).microseconds / 10_000 + 1
    #expect(abs(Int(expected) - received) <= 1)
  }
}
