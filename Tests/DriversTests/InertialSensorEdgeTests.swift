// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

@Suite struct InertialSensorEdgeTests {
  /// An MPU-6050 and its line, started at 160 ms.
  private struct Bench: ~Copyable {
    let chip = FakeChip()
    let wires: FakeWires
    let line = FakeLine()
    var driver: DriverBench<FakeBus, FakeEdges>

    init() {
      wires = FakeWires(chip)
      driver = DriverBench(on: FakeBus(wires: wires), edges: FakeEdges(line: line), settings(.dataReady))
      driver.start(wires)
    }

    mutating func drain(atMilliseconds time: Double) -> Drained { driver.drain(atMilliseconds: time) }

    /// An edge, seen by a draining 0.2 ms later.
    mutating func sample(atMilliseconds time: Double) {
      line.edge(at: Int64(time * 1000))
      #expect(drain(atMilliseconds: time + 0.2) == .next(at(time + 100.2)))
    }
  }

  @Test func aSampleHasTheTimeOfItsEdge() {
    var bench = Bench()
    bench.line.edge(at: 172_300)
    #expect(bench.drain(atMilliseconds: 172.9) == .next(at(272.9)))
    bench.line.edge(at: 182_299)
    #expect(bench.drain(atMilliseconds: 187) == .next(at(287)))
    #expect(bench.wires.takeTranscript() == ["3A>15", "3A>15"])
    let measurements = bench.driver.takeAll()
    #expect(measurements.map(\.sample.time.microseconds) == [172_300, 182_299])
    #expect(measurements.map(\.raw?.time.microseconds) == [172_300, 182_299])
    #expect(measurements.map(\.missing) == [0, 0])
    #expect(bench.driver.sensor.state == .running)
  }

  @Test func whatIsMissingIsSeenByTheGaps() {
    var bench = Bench()
    for time in [170, 180.4, 209.8, 219, 319] { bench.sample(atMilliseconds: time) }
    #expect(bench.driver.takeAll().map(\.missing) == [0, 0, 2, 0, 9])
  }

  /// Of edges that wait together, the data registers have the sample of the last.
  @Test func whoComesLateHasTheNewestSample() {
    var bench = Bench()
    bench.sample(atMilliseconds: 170)
    for time in [180, 190, 200] as [Int64] { bench.line.edge(at: time * 1000) }
    #expect(bench.drain(atMilliseconds: 203) == .next(at(303)))
    #expect(bench.wires.takeTranscript() == ["3A>15", "3A>15"])
    let measurements = bench.driver.takeAll()
    #expect(measurements.map(\.sample.time) == [at(170), at(200)])
    #expect(measurements.map(\.missing) == [0, 2])
  }

  @Test func fallingEdgesAreIgnored() {
    var bench = Bench()
    bench.line.edge(at: 170_000)
    bench.line.edge(at: 170_050, isRising: false)
    #expect(bench.drain(atMilliseconds: 170.1) == .next(at(270.1)))
    #expect(bench.driver.takeAll().map(\.sample.time) == [at(170)])
    bench.line.edge(at: 175_000, isRising: false)
    #expect(bench.drain(atMilliseconds: 176) == .next(at(270.1)))
    #expect(bench.driver.takeAll().isEmpty)
    #expect(bench.wires.takeTranscript() == ["3A>15"])
  }

  /// Somebody woke the thread: the deadline stays where it was, and the bus is left alone.
  @Test func withoutAnEdgeNothingIsDone() {
    var bench = Bench()
    bench.sample(atMilliseconds: 170)
    _ = bench.wires.takeTranscript()
    for time in [170.2, 171, 205, 255.9] { #expect(bench.drain(atMilliseconds: time) == .next(at(270.2))) }
    #expect(bench.wires.takeTranscript().isEmpty)
    #expect(bench.drain(atMilliseconds: 270.2) == .fault(.noNewData, retry: at(370.2)))
    #expect(bench.driver.sensor.state == .lost)
    // It is not waiting for edges now.
    bench.line.edge(at: 280_000)
    #expect(bench.drain(atMilliseconds: 281) == .next(at(370.2)))
  }

  @Test func aChipThatNeverHasAnEdgeIsStartedAnew() {
    var bench = Bench()
    #expect(bench.drain(atMilliseconds: 170) == .next(at(260)))
    #expect(bench.drain(atMilliseconds: 260) == .fault(.noNewData, retry: at(360)))
    bench.line.edge(at: 300_000)
    #expect(bench.driver.run(from: at(360), to: at(519)).isEmpty)
    #expect(bench.line.openings == 2)
    // The edge of before the start is gone with the line.
    #expect(bench.driver.takeAll().isEmpty)
  }

  @Test(arguments: [.gone, .notFound, .system(5)] as [PinError])
  func aLineThatFailsIsOpenedAnew(error: PinError) {
    var bench = Bench()
    bench.sample(atMilliseconds: 170)
    bench.line.failure = error
    #expect(bench.drain(atMilliseconds: 180) == .fault(.interruptLine(error), retry: at(280)))
    #expect(bench.driver.sensor.state == .lost)
    bench.line.failure = nil
    #expect(bench.driver.run(from: at(280), to: at(440)).isEmpty)
    #expect(bench.line.openings == 2)
    bench.sample(atMilliseconds: 450)
    #expect(bench.driver.sensor.state == .running)
    #expect(bench.driver.takeAll().map(\.missing) == [27])
  }

  /// A line that stays active until the data are read has no second edge: the one there was is not forgotten.
  @Test func anEdgeOutlivesABusError() {
    var bench = Bench()
    bench.sample(atMilliseconds: 170)
    _ = bench.driver.takeAll()
    bench.line.edge(at: 180_000)
    bench.wires.failure = { _ in .timeout }
    #expect(bench.drain(atMilliseconds: 181) == .fault(.bus(.timeout), retry: at(191)))
    bench.wires.failure = { _ in nil }
    _ = bench.wires.takeTranscript()
    // Before its time nothing is tried again, whoever comes.
    #expect(bench.drain(atMilliseconds: 186) == .next(at(191)))
    #expect(bench.wires.takeTranscript().isEmpty)
    #expect(bench.drain(atMilliseconds: 191) == .next(at(291)))
    #expect(bench.wires.takeTranscript() == ["3A>15"])
    #expect(bench.driver.takeAll().map(\.sample.time) == [at(180)])
    #expect(bench.driver.sensor.state == .degraded)
  }

  /// Edges go on while the bus is tried again: they are taken, so that they do not wake the thread over and over, and
  /// the last one counts.
  @Test func edgesDuringAPauseAreTaken() {
    var bench = Bench()
    bench.sample(atMilliseconds: 170)
    _ = bench.driver.takeAll()
    bench.line.edge(at: 180_000)
    bench.wires.failure = { _ in .timeout }
    #expect(bench.drain(atMilliseconds: 181) == .fault(.bus(.timeout), retry: at(191)))
    bench.wires.failure = { _ in nil }
    bench.line.edge(at: 190_000)
    #expect(bench.drain(atMilliseconds: 190.1) == .next(at(191)))
    #expect(bench.line.waiting.isEmpty)
    #expect(bench.drain(atMilliseconds: 191) == .next(at(291)))
    let measurements = bench.driver.takeAll()
    #expect(measurements.map(\.sample.time) == [at(190)])
    #expect(measurements.map(\.missing) == [1])
  }

  @Test func theThirdBusErrorInARowIsOneTooMany() {
    var bench = Bench()
    bench.sample(atMilliseconds: 170)
    bench.wires.failure = { _ in .noAcknowledge }
    bench.line.edge(at: 180_000)
    let faults = bench.driver.run(from: at(180), to: at(201))
    #expect(faults.map(\.time) == [at(180), at(190), at(200)])
    #expect(bench.driver.sensor.state == .lost)
    #expect(bench.driver.sensor.retry == at(300))
    // Started anew, the edge of before is forgotten.
    bench.wires.failure = { _ in nil }
    _ = bench.driver.takeAll()
    #expect(bench.driver.run(from: at(300), to: at(470)).isEmpty)
    #expect(bench.driver.sensor.state == .recovering)
  }

  /// The sample of an edge may have been read after the edge before: then there is nothing new.
  @Test func anEdgeWithoutNewDataIsNoSample() {
    var bench = Bench()
    bench.sample(atMilliseconds: 170)
    bench.chip.isLively = false
    bench.line.edge(at: 180_000)
    #expect(bench.drain(atMilliseconds: 180.1) == .next(at(270.2)))
    bench.chip.isLively = true
    bench.sample(atMilliseconds: 190)
    let measurements = bench.driver.takeAll()
    #expect(measurements.map(\.sample.time) == [at(170), at(190)])
    #expect(measurements.map(\.missing) == [0, 1])
  }

  /// The same where the flag is read before the data, of which then nothing is known (BMI160: STATUS 0x1B, 0x80).
  @Test func anEdgeWithoutNewDataIsNoFault() {
    let chip = FakeChip(at: 0x68, [0x00: 0xD1])
    let wires = FakeWires(chip)
    let line = FakeLine()
    var isNew = true
    chip.shown = { $0 == 0x1B ? (isNew ? 0x80 : 0) : $0 == 0x0D ? 0x20 : nil }
    var bench = DriverBench(on: FakeBus(wires: wires), edges: FakeEdges(line: line), settings(.dataReady))
    #expect(bench.runToFault(from: at(0), to: at(170)) == nil)
    #expect(bench.sensor.state == .starting)
    line.edge(at: 200_000)
    _ = bench.drain(atMilliseconds: 201)
    #expect(bench.takeAll().count == 1)
    isNew = false
    line.edge(at: 210_000)
    #expect(bench.drain(atMilliseconds: 211) == .next(at(301)))
    #expect(bench.takeAll().isEmpty)
    #expect(bench.sensor.state == .running)
  }

  /// A draining knows its time before it asks for edges; and a line's clock may be anyone's.
  @Test func noSampleIsOfTheFuture() {
    var bench = Bench()
    for time in [170.0, 180, 190] {
      bench.line.edge(at: Int64(time * 1000) + 3_600_000_000)
      _ = bench.drain(atMilliseconds: time)
    }
    #expect(bench.driver.takeAll().map(\.sample.time) == [at(170), at(180), at(190)])
  }

  @Test func timesIncreaseWhateverTheLineSays() {
    var bench = Bench()
    for (now, edge) in [(170, 169_000), (180, 168_000), (190, 169_000), (200, 199_000), (210, 199_000)]
      as [(Double, Int64)]
    {
      bench.line.edge(at: edge)
      _ = bench.drain(atMilliseconds: now)
    }
    #expect(bench.driver.takeAll().map(\.sample.time.microseconds) == [169_000, 169_001, 169_002, 199_000, 199_001])
  }

  /// A line that chatters, unconnected for example, keeps no turn from ending.
  @Test func aLineThatChattersDelaysNothing() {
    var bench = Bench()
    bench.line.chatters = true
    bench.line.questions = 0
    _ = bench.drain(atMilliseconds: 170)
    #expect(bench.line.questions == 64)
  }

  @Test func theConfigurationIsLookedAt() {
    var bench = Bench()
    var time = 170.0
    while time < 2200 {
      bench.sample(atMilliseconds: time)
      _ = bench.driver.takeAll()
      time += 10
    }
    let checks = bench.wires.takeTranscript().filter { $0 != "3A>15" }
    #expect(checks.count >= 18)
    #expect(Array(checks.prefix(7)) == ["6B>1", "19>1", "1A>1", "1B>1", "1C>1", "38>1", "6B>1"])
    bench.chip.registers[0x38] = 0
    let end = time + 2000
    while time < end, bench.driver.sensor.state == .running {
      bench.line.edge(at: Int64(time * 1000))
      _ = bench.drain(atMilliseconds: time + 0.2)
      time += 10
    }
    #expect(bench.driver.sensor.state == .lost)
    #expect(time < end)
  }
}
