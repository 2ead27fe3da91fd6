// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

/// Register map RM-MPU-6000A-00 rev 4.2: PWR_MGMT_1 0x6B, WHO_AM_I 0x75, SMPLRT_DIV 0x19 to ACCEL_CONFIG 0x1C, FIFO_EN
/// 0x23, INT_STATUS 0x3A, INT_ENABLE 0x38, USER_CTRL 0x6A, FIFO_COUNT 0x72, FIFO_R_W 0x74.
@Suite struct InertialSensorStartTests {
  private typealias Step = (now: Double, next: Double, transfers: [String])

  /// Opened, found, reset, asked again, woken, configured, read back; nothing waits within a step.
  private static let common: [Step] = [
    (0, 0, ["open"]),
    (0, 0, ["75>1"]),
    (0, 100, ["6B<80"]),
    (0, 100, []), (50, 100, []), (99.999, 100, []),
    (100, 160, ["75>1", "6B<01"]),
    (159.999, 160, []),
  ]

  private func check<Edges: ~Copyable>(
    _ bench: inout DriverBench<FakeBus, Edges>, _ wires: FakeWires, _ steps: [Step]
  ) {
    for (now, next, transfers) in steps {
      #expect(bench.drain(atMilliseconds: now) == .next(at(next)), "at \(now) ms")
      #expect(wires.takeTranscript() == transfers, "at \(now) ms")
    }
  }

  @Test func polled() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    check(
      &bench, wires,
      Self.common + [
        (160, 160, ["19<00", "1A<03", "1B<08", "1C<08"]),
        (160, 160, ["6B>1", "19>1", "1A>1", "1B>1", "1C>1"]),
        // What is there may be older than the settings; then one period of the chip, which is not divided.
        (160, 161, ["3A>15"]),
        (160.999, 161, []),
        (161, 171, ["3A>15"]),
        (161, 171, []), (170.999, 171, []),
        (171, 181, ["3A>15"]),
      ])
    #expect(bench.takeAll().map(\.sample.time) == [at(161), at(171)])
  }

  @Test func fromTheFIFO() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    check(
      &bench, wires,
      Self.common + [
        (160, 160, ["19<09", "1A<03", "1B<08", "1C<08", "23<78"]),
        (160, 160, ["6B>1", "19>1", "1A>1", "1B>1", "1C>1", "23>1"]),
        (160, 260, ["6A<00", "6A<04", "6A<40"]),
        (259.999, 260, []),
      ])
    chip.fill(1...10)
    check(&bench, wires, [(260, 360, ["6B>1", "72>2", "74>120"]), (300, 360, [])])
    chip.fill(11...20)
    check(&bench, wires, [(360, 460, ["19>1", "72>2", "74>120"])])
    // The first record after a start may have begun before it.
    #expect(bench.takeAll().count == 19)
  }

  @Test func byEdges() {
    let wires = FakeWires(FakeChip())
    let line = FakeLine()
    var bench = DriverBench(on: FakeBus(wires: wires), edges: FakeEdges(line: line), settings(.dataReady))
    #expect(line.openings == 0)
    check(
      &bench, wires,
      Self.common + [
        (160, 160, ["19<09", "1A<03", "1B<08", "1C<08", "38<01"]),
        (160, 160, ["6B>1", "19>1", "1A>1", "1B>1", "1C>1", "38>1"]),
        // What waits would keep the line from having an edge.
        (160, 170, ["3A>15"]),
      ])
    #expect(line.openings == 1)
    #expect(bench.takeAll().isEmpty)
  }

  /// BMI160: CHIP_ID 0x00, CMD 0x7E; nothing else is written until 5 ms after a write that wakes a part of it. Its
  /// identity is asked for once more, before the first of them.
  @Test func writesThatWakeMayNeedPauses() {
    let wires = FakeWires(FakeChip(at: 0x68, [0x00: 0xD1]))
    var bench = DriverBench(on: FakeBus(wires: wires))
    #expect(bench.settle(atMilliseconds: 0) == .next(at(15)))
    #expect(Array(wires.takeTranscript().suffix(2)) == ["00>1", "7E<B6"])
    var now = 15.0
    for (index, transfer) in ["40<", "41<", "42<", "43<", "7E<11", "7E<15"].enumerated() {
      let drained = bench.drain(atMilliseconds: now)
      let transfers = wires.takeTranscript()
      #expect(transfers.count == (index == 0 ? 2 : 1))
      #expect(transfers.last?.hasPrefix(transfer) == true)
      if index == 0 { #expect(transfers.first == "00>1") }
      if index < 5 { #expect(drained == .next(at(now + 5))) }
      now += 5
    }
    // Then it is given 80 ms and four samples, of 5 ms when 100 Hz are polled.
    #expect(bench.drain(atMilliseconds: now) == .next(at(now - 5 + 100)))
    #expect(wires.transcript.isEmpty)
  }

  /// Whoever comes late waits as long from then on.
  @Test func theWaitsAreCountedFromWhatWasDone() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    let steps: [(now: Double, next: Double)] = [
      (1000, 1000), (1001, 1001), (1002, 1102), (1500, 1560), (2000, 2000), (2003, 2003), (2005, 2006), (2010, 2016),
    ]
    for (now, next) in steps { #expect(bench.drain(atMilliseconds: now) == .next(at(next)), "at \(now) ms") }
    #expect(bench.takeAll().count == 1)
  }

  @Test func itTalksToItsAddressAlone() {
    let wires = FakeWires(FakeChip(at: 0x69))
    var bench = DriverBench(on: FakeBus(wires: wires), settings(address: address(0x69)))
    bench.run(from: at(0), to: at(1000))
    #expect(wires.transcript.count > 90)
    #expect(wires.transcript.dropFirst().allSatisfy { $0.hasPrefix("[69] ") })
  }

  @Test(
    arguments: [
      (2, "1C<00", 16384), (4, "1C<08", 8192), (8, "1C<10", 4096), (16, "1C<18", 2048),
    ] as [(Int, String, Double)])
  func accelerationRanges(range: Int, transfer: String, perG: Double) {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires), settings(accelerationRange: range))
    bench.run(from: at(0), to: at(160))
    #expect(wires.transcript.contains(transfer))
    #expect(bench.sensor.description?.scale.acceleration == perG)
  }

  @Test(
    arguments: [
      (250, "1B<00", 131), (500, "1B<08", 65.5), (1000, "1B<10", 32.8), (2000, "1B<18", 16.4),
    ] as [(Int, String, Double)])
  func angularVelocityRanges(range: Int, transfer: String, perDegree: Double) {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires), settings(angularVelocityRange: range))
    bench.run(from: at(0), to: at(160))
    #expect(wires.transcript.contains(transfer))
    #expect(bench.sensor.description?.scale.angularVelocity == perDegree)
  }

  @Test(arguments: [.polled, .fifo] as [SamplingMode])
  func itSaysWhatItFound(mode: SamplingMode) {
    let wires = FakeWires(FakeChip(at: 0x69))
    var bench = DriverBench(on: FakeBus(wires: wires), settings(mode, milliseconds: 20))
    for _ in 0..<2 {
      #expect(bench.sensor.description == nil)
      _ = bench.drain(atMilliseconds: 0)
    }
    _ = bench.drain(atMilliseconds: 0)
    let found = bench.sensor.description
    #expect(found?.model == .mpu6050)
    #expect(found?.address == address(0x69))
    #expect(found?.mode == mode)
    #expect(found?.period == .milliseconds(20))
    #expect(found?.hasGyroscope == true)
  }

  /// Nobody has written to the chip before it has said twice what it is, but for its reset.
  @Test func anIdentityThatDoesNotSurviveTheResetIsRefused() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    #expect(bench.settle(atMilliseconds: 0) == .next(at(100)))
    chip.registers[0x75] = 0x98
    #expect(bench.drain(atMilliseconds: 100) == .fault(.wrongIdentity(0x98, at: address(0x68)), retry: at(200)))
    #expect(wires.takeTranscript() == ["open", "75>1", "6B<80", "75>1"])
  }

  /// SMPLRT_DIV is 0 after a reset as well, so it takes a mode that wants another value.
  @Test(arguments: [0x6B, 0x19, 0x1A, 0x1B, 0x1C, 0x23] as [UInt8])
  func aRegisterThatTakesNothingIsNamed(register: UInt8) {
    let chip = FakeChip()
    chip.stubborn = [register]
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    let faults = bench.run(from: at(0), to: at(160))
    #expect(faults == [TimedFault(time: at(160), fault: .configurationRefused(register: register))])
    #expect(bench.sensor.retry == at(260))
    #expect(bench.takeAll().isEmpty)
    #expect(!wires.transcript.contains("6A<40"))
  }

  /// One error at each transfer in turn: the start is begun anew, and ends well.
  @Test(arguments: [.polled, .fifo, .dataReady] as [SamplingMode])
  func aBusErrorDuringTheStartBeginsAnew(mode: SamplingMode) {
    let good = FakeWires(FakeChip())
    var model = DriverBench(on: FakeBus(wires: good), edges: FakeEdges(line: FakeLine()), settings(mode))
    model.run(from: at(0), to: at(160))
    let count = good.transcript.count
    #expect(count > 10)
    for bad in 1...count {
      let wires = FakeWires(FakeChip())
      wires.failure = { _ in wires.transcript.count == bad ? .timeout : nil }
      if bad == 1 { wires.openFailure = .timeout }
      var bench = DriverBench(on: FakeBus(wires: wires), edges: FakeEdges(line: FakeLine()), settings(mode))
      let fault = bench.runToFault(from: at(0), to: at(165))
      #expect(fault?.fault == .bus(.timeout))
      #expect(wires.takeTranscript().elementsEqual(good.transcript.prefix(bad)))
      let retry = bench.sensor.retry
      #expect(retry == (fault?.time ?? at(0)) + .milliseconds(100))
      wires.openFailure = nil
      wires.failure = { _ in nil }
      #expect(bench.run(from: retry, to: retry + .milliseconds(160)).isEmpty)
      // Found, it is asked who it is where it was found.
      let anew = bad <= 2 ? good.transcript : ["open", "75>1"] + good.transcript.dropFirst(2)
      #expect(wires.transcript == Array(anew), "after transfer \(bad)")
    }
  }

  @Test func theAdapterIsOpenedAtEachStartAndItsErrorReported() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    var now = at(0)
    for error in [.noAdapter, .notPermitted, .notAnAdapter, .busy] as [I2CError] {
      wires.openFailure = error
      guard case .fault(let fault, let retry) = bench.drain(at: now) else {
        Issue.record("no fault at \(now)")
        return
      }
      #expect(fault == .bus(error))
      #expect(bench.drain(at: now) == .next(retry))
      #expect(wires.takeTranscript() == ["open"])
      now = retry
    }
    wires.openFailure = nil
    #expect(bench.run(from: now, to: now + .milliseconds(500)).isEmpty)
    #expect(wires.takeTranscript().count { $0 == "open" } == 1)
  }

  @Test(arguments: [.notFound, .busy, .gone, .notPermitted, .system(5)] as [PinError])
  func aLineThatCannotBeOpenedIsReported(error: PinError) {
    let wires = FakeWires(FakeChip())
    let line = FakeLine()
    line.openFailure = error
    var bench = DriverBench(on: FakeBus(wires: wires), edges: FakeEdges(line: line), settings(.dataReady))
    #expect(bench.drain(atMilliseconds: 0) == .fault(.interruptLine(error), retry: at(100)))
    line.openFailure = nil
    #expect(bench.run(from: at(100), to: at(260)).isEmpty)
  }

  /// A line that is not asked for is not touched.
  @Test func withoutEdgesTheLineIsLeftAlone() {
    let line = FakeLine()
    var bench = DriverBench(
      on: FakeBus(wires: FakeWires(FakeChip())), edges: FakeEdges(line: line), settings(.polled))
    bench.run(from: at(0), to: at(500))
    #expect(line.openings == 0 && line.questions == 0)
  }

  @Test func whatCannotBeAskedForStops() async {
    await #expect(processExitsWith: .failure) {
      _ = SensorSettings(period: Interval(microseconds: 999), accelerationRange: 2, angularVelocityRange: 250)
    }
    await #expect(processExitsWith: .failure) { _ = settings(accelerationRange: 3) }
    await #expect(processExitsWith: .failure) { _ = settings(angularVelocityRange: 300) }
    await #expect(processExitsWith: .failure) { _ = settings(batch: 0) }
    await #expect(processExitsWith: .failure) { _ = settings(acceptedIdentity: 0x70) }
    await #expect(processExitsWith: .failure) {
      _ = InertialSensor(on: FakeBus(wires: FakeWires(FakeChip())), settings(.dataReady))
    }
  }
}
