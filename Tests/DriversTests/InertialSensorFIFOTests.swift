// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

/// An MPU-6050 whose FIFO is read, past its first draining at 260 ms; the next is due at 360 ms.
struct FIFOBench: ~Copyable {
  static let restart = ["6A<00", "6A<04", "6A<40"]

  let chip = FakeChip()
  let wires: FakeWires
  var driver: DriverBench<FakeBus, NoEdges>

  init(_ settings: SensorSettings = settings(.fifo)) {
    wires = FakeWires(chip)
    driver = DriverBench(on: FakeBus(wires: wires), settings)
    driver.startFIFO(wires, chip)
  }

  mutating func drain(atMilliseconds time: Double) -> Drained { driver.drain(atMilliseconds: time) }

  /// Of all transfers, those of the FIFO.
  func takeTranscript() -> [String] {
    wires.takeTranscript().filter { $0.hasPrefix("7") || $0.hasPrefix("6A<") || $0 == "open" }
  }

  /// What the records say, 8192 being the first byte alone.
  static func numbers(_ measurements: [Measurement]) -> [Int] {
    measurements.map { Int($0.raw?.ax ?? 0) - 0x2000 }
  }

  static func intervals(_ measurements: [Measurement]) -> [Int64] {
    zip(measurements, measurements.dropFirst()).map { ($1.sample.time - $0.sample.time).microseconds }
  }
}

/// USER_CTRL 0x6A, FIFO_COUNT 0x72, FIFO_R_W 0x74; the FIFO restarted is 6A<00, 6A<04, 6A<40.
@Suite struct InertialSensorFIFOTests {
  @Test func wordsAreBigEndianAndWithoutATemperature() {
    var bench = FIFOBench()
    bench.chip.fifo = [0x12, 0x34, 0xFF, 0xFE, 0x80, 0x00, 0x7F, 0xFF, 0x00, 0x01, 0xFF, 0x00]
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    let raw = bench.driver.takeAll().first?.raw
    #expect(raw?.ax == 0x1234 && raw?.ay == -2 && raw?.az == -32768)
    #expect(raw?.gx == 32767 && raw?.gy == 1 && raw?.gz == -256)
  }

  @Test func batchesAreTimedEvenlyAndNothingIsMissing() {
    var bench = FIFOBench()
    var all: [Measurement] = []
    for batch in 0..<20 {
      bench.chip.fill(batch * 10 + 2...batch * 10 + 11)
      let now = 360 + Double(batch) * 100
      #expect(bench.drain(atMilliseconds: now) == .next(at(now + 100)))
      all += bench.driver.takeAll()
    }
    #expect(FIFOBench.numbers(all) == Array(2...201))
    #expect(FIFOBench.intervals(all).allSatisfy { $0 == 10_000 })
    #expect(all.allSatisfy { $0.missing == 0 })
    #expect(all.last?.sample.time == at(2255))
  }

  /// The first record after a start may have begun before it, and is dropped; whatever comes later is not.
  @Test func theFirstRecordAfterAStartIsDropped() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    bench.start(wires)
    chip.fill(1...1)
    #expect(bench.drain(atMilliseconds: 260) == .next(at(360)))
    #expect(bench.takeAll().isEmpty)
    #expect(bench.sensor.state == .starting)
    chip.fill(2...11)
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    #expect(FIFOBench.numbers(bench.takeAll()) == Array(2...11))
  }

  @Test(
    arguments: [
      (8192, 10, ["74>120"]), (8192, 60, ["74>480", "74>240"]), (8192, 40, ["74>480"]), (32, 1, ["74>12"]),
      (32, 5, ["74>24", "74>24", "74>12"]), (36, 4, ["74>36", "74>12"]), (12, 2, ["74>12", "74>12"]),
      (23, 2, ["74>12", "74>12"]),
    ] as [(Int, Int, [String])])
  func aBurstIsNoLongerThanTheBusCarries(longest: Int, count: Int, transfers: [String]) {
    var bench = FIFOBench()
    bench.wires.longestRead = longest
    bench.chip.fill(1...count)
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    #expect(bench.takeTranscript() == ["72>2"] + transfers)
    #expect(FIFOBench.numbers(bench.driver.takeAll()) == Array(1...count))
  }

  /// At most 60 at once, and the rest at once after; none of it is mistimed by that.
  @Test func aBacklogIsTakenInTwoDrainings() {
    var bench = FIFOBench()
    bench.chip.fill(2...83)
    #expect(bench.drain(atMilliseconds: 1080) == .next(at(1080)))
    var all = bench.driver.takeAll()
    #expect(all.count == 60)
    #expect(bench.drain(atMilliseconds: 1080) == .next(at(1180)))
    all += bench.driver.takeAll()
    #expect(bench.takeTranscript() == ["72>2", "74>480", "74>240", "72>2", "74>264"])
    #expect(FIFOBench.numbers(all) == Array(2...83))
    #expect(FIFOBench.intervals(all).allSatisfy { $0 == 10_000 })
    #expect(all.allSatisfy { $0.missing == 0 })
    #expect(all.last?.sample.time == at(1075))
    // Nor is the clock any the worse for it.
    bench.chip.fill(84...93)
    _ = bench.drain(atMilliseconds: 1180)
    #expect(FIFOBench.intervals(bench.driver.takeAll()).allSatisfy { $0 == 10_000 })
  }

  @Test func recordsInPartAreLeftAlone() {
    var bench = FIFOBench()
    let bytes = FakeChip.record(2) + FakeChip.record(3)
    bench.chip.fifo = Array(bytes.prefix(19))
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    #expect(bench.chip.fifo == Array(bytes[12..<19]))
    bench.chip.fifo = Array(bytes[12..<17])
    #expect(bench.drain(atMilliseconds: 460) == .next(at(560)))
    #expect(bench.takeTranscript() == ["72>2", "74>12", "72>2"])
    bench.chip.fifo = Array(bytes[12...])
    #expect(bench.drain(atMilliseconds: 560) == .next(at(660)))
    #expect(FIFOBench.numbers(bench.driver.takeAll()) == [2, 3])
  }

  /// Three batches, and at least a tenth of a second.
  @Test func aFIFOThatStaysEmptyIsAChipThatStopped() {
    var bench = FIFOBench()
    #expect(bench.driver.run(from: at(360), to: at(559)).isEmpty)
    #expect(bench.drain(atMilliseconds: 560) == .fault(.noNewData, retry: at(660)))
  }

  /// A FIFO that would be full before it is due is read sooner: 1000 samples a second fill it in 85 ms.
  @Test func aBatchIsNoMoreThanHalfTheFIFO() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo, milliseconds: 1, batch: 1000))
    bench.start(wires)
    #expect(bench.drain(atMilliseconds: 160) == .next(at(202)))
    chip.fill(1...42)
    #expect(bench.drain(atMilliseconds: 202) == .next(at(244)))
    #expect(bench.takeAll().count == 41)
    #expect(bench.drain(atMilliseconds: 244) == .next(at(286)))
    #expect(bench.drain(atMilliseconds: 328) == .fault(.noNewData, retry: at(428)))
  }

  /// LSM6DSO: WHO_AM_I 0x0F is 0x6C; FIFO_STATUS1 0x3A; FIFO_DATA_OUT_TAG 0x78, tags 1 for angular velocity and 2 for
  /// acceleration in the upper five bits.
  @Test func aGyroscopeThatIsSilentIsAChipThatStopped() {
    let chip = FakeChip(at: 0x6A, [0x0F: 0x6C])
    chip.fifoRegister = 0x78
    chip.shown = { $0 == 0x3A ? UInt8(chip.fifo.count / 7) : $0 == 0x3B ? 0 : nil }
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    #expect(bench.runToFault(from: at(0), to: at(240)) == nil)
    guard case .next(var now) = bench.drain(atMilliseconds: 240) else { return }
    for pair in 0..<20 { chip.fifo += [0x08, UInt8(pair), 1, 0, 0, 0, 0, 0x10, UInt8(pair), 2, 0, 0, 0, 0] }
    #expect(bench.drain(at: now) == .next(now + .milliseconds(100)))
    #expect(bench.takeAll().count == 19)
    let start = now
    var faults: [SensorFault] = []
    for _ in 0..<5 where faults.isEmpty {
      now = now + .milliseconds(100)
      for _ in 0..<10 { chip.fifo += [0x10, 7, 2, 0, 0, 0, 0] }
      if case .fault(let fault, _) = bench.drain(at: now) { faults.append(fault) }
    }
    #expect(faults == [.noNewData])
    #expect(now == start + .milliseconds(300))
  }
}
