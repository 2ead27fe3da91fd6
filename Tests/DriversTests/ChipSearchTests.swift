// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import Testing

@testable import Drivers

@Suite struct ChipSearchTests {
  /// Where chips may be, in the order in which they are asked, and the registers that they are asked for.
  private static let places = [
    "75>1", "[69] 75>1", "00>1", "[69] 00>1", "[6A] 0F>1", "[6B] 0F>1", "[18] 0F>1", "[19] 0F>1", "[53] 00>1",
    "[1D] 00>1",
  ]

  /// Model, identity, identity register, both addresses, where the search sees it.
  private static let chips: [(model: SensorModel, identity: UInt8, register: UInt8, addresses: [UInt8])] = [
    (.mpu6050, 0x68, 0x75, [0x68, 0x69]), (.mpu6500, 0x70, 0x75, [0x68, 0x69]), (.mpu9250, 0x71, 0x75, [0x68, 0x69]),
    (.mpu9255, 0x73, 0x75, [0x68, 0x69]), (.icm20689, 0x98, 0x75, [0x68, 0x69]),
    (.icm20602, 0x12, 0x75, [0x68, 0x69]), (.icm20608, 0xAF, 0x75, [0x68, 0x69]), (.lsm6ds3, 0x69, 0x0F, [0x6A, 0x6B]),
    (.lsm6ds3trc, 0x6A, 0x0F, [0x6A, 0x6B]), (.lsm6dso, 0x6C, 0x0F, [0x6A, 0x6B]),
    (.bmi160, 0xD1, 0x00, [0x68, 0x69]), (.lis3dh, 0x33, 0x0F, [0x18, 0x19]), (.adxl345, 0xE5, 0x00, [0x53, 0x1D]),
  ]

  /// Drains until something other than a look at a place happens.
  private func search(_ wires: FakeWires, _ settings: SensorSettings) -> (
    fault: SensorFault?, found: SensorDescription?
  ) {
    var bench = DriverBench(on: FakeBus(wires: wires), settings)
    for _ in 0..<20 {
      if case .fault(let fault, _) = bench.drain(atMilliseconds: 0) { return (fault, bench.sensor.description) }
      if let found = bench.sensor.description { return (nil, found) }
    }
    Issue.record("the search does not end")
    return (nil, nil)
  }

  @Test func everyPlaceIsAskedOnceAndNothingIsWritten() {
    let wires = FakeWires()
    #expect(search(wires, settings()).fault == .notFound)
    #expect(wires.transcript == ["open"] + Self.places)
  }

  /// One transfer a draining: the loop gets its turns in between.
  @Test func aDrainingLooksAtOnePlace() {
    let wires = FakeWires()
    var bench = DriverBench(on: FakeBus(wires: wires))
    #expect(bench.drain(atMilliseconds: 7) == .next(at(7)))
    for place in Self.places {
      _ = wires.takeTranscript()
      #expect(bench.drain(atMilliseconds: 7) == .next(at(7)))
      #expect(wires.transcript == [place])
    }
    #expect(bench.drain(atMilliseconds: 7) == .fault(.notFound, retry: at(107)))
    #expect(wires.takeTranscript().count == 1)
    // And again from the first place on.
    #expect(bench.runToFault(from: at(107), to: at(200)) == TimedFault(time: at(107), fault: .notFound))
    #expect(wires.transcript == ["open"] + Self.places)
  }

  @Test(arguments: SamplingMode.all)
  func everyChipIsFoundAtEachOfItsAddresses(mode: SamplingMode) {
    for chip in Self.chips {
      for value in chip.addresses {
        let wires = FakeWires(FakeChip(at: value, [chip.register: chip.identity]))
        var bench = DriverBench(
          on: FakeBus(wires: wires), edges: FakeEdges(line: FakeLine()), settings(mode))
        while bench.sensor.description == nil, wires.transcript.count < 20 { _ = bench.drain(atMilliseconds: 0) }
        #expect(bench.sensor.description?.model == chip.model)
        #expect(bench.sensor.description?.address == address(value))
        #expect(wires.transcript.dropFirst().elementsEqual(Self.places.prefix(wires.transcript.count - 1)))
      }
    }
  }

  @Test func theFirstOfTwoIsTaken() {
    let wires = FakeWires(FakeChip(at: 0x18, [0x0F: 0x33]), FakeChip(at: 0x69))
    #expect(search(wires, settings()).found?.model == .mpu6050)
  }

  @Test func anUnknownChipIsNamedAndTheSearchGoesOn() {
    let unknown = FakeChip(at: 0x69, [0x75: 0x99])
    let other = FakeChip(at: 0x6A, [0x0F: 0x42])
    let wires = FakeWires(unknown, other)
    // The first one is named, although more are asked after it.
    #expect(search(wires, settings()).fault == .wrongIdentity(0x99, at: address(0x69)))
    #expect(wires.transcript == ["open"] + Self.places)
    wires.chips.append(FakeChip(at: 0x53, [0x00: 0xE5]))
    #expect(search(wires, settings()).found?.model == .adxl345)
  }

  /// An identity means something in its own register and at its own address alone.
  @Test func anIdentityElsewhereIsUnknown() {
    #expect(
      search(FakeWires(FakeChip(at: 0x6A, [0x0F: 0x68])), settings()).fault
        == .wrongIdentity(0x68, at: address(0x6A)))
    #expect(
      search(FakeWires(FakeChip(at: 0x18, [0x0F: 0xE5])), settings()).fault
        == .wrongIdentity(0xE5, at: address(0x18)))
  }

  @Test func aPlaceThatADriverHoldsIsSkippedAndReported() {
    let wires = FakeWires(FakeChip(at: 0x69))
    wires.failure = { $0 == "75>1" || $0 == "00>1" ? .busy : nil }
    #expect(search(wires, settings()).found?.address == address(0x69))
    wires.chips = []
    wires.transcript = []
    #expect(search(wires, settings()).fault == .bus(.busy))
    #expect(wires.transcript.count == 11)
    // A chip that answers, even a wrong one, is the better news, whichever came first.
    wires.chips = [FakeChip(at: 0x6A, [0x0F: 0x42])]
    #expect(search(wires, settings()).fault == .wrongIdentity(0x42, at: address(0x6A)))
    wires.chips = [FakeChip(at: 0x69, [0x75: 0x42])]
    wires.failure = { $0 == "[53] 00>1" ? .busy : nil }
    #expect(search(wires, settings()).fault == .wrongIdentity(0x42, at: address(0x69)))
  }

  /// Whatever else goes wrong is no absence.
  @Test(
    arguments: [
      .timeout, .arbitrationLost, .busFault, .noAdapter, .adapterGone, .notPermitted, .unsupported, .system(5),
    ]
      as [I2CError])
  func anyOtherErrorEndsTheSearch(error: I2CError) {
    let wires = FakeWires(FakeChip(at: 0x6A, [0x0F: 0x6C]))
    wires.failure = { $0 == "[69] 00>1" ? error : nil }
    #expect(search(wires, settings()).fault == .bus(error))
    #expect(wires.transcript.count == 5)
  }

  @Test func aModelIsLookedForWhereItCanBe() {
    for chip in Self.chips {
      let wires = FakeWires()
      #expect(search(wires, settings(model: chip.model)).fault == .notFound)
      let expected = chip.addresses.map { value in
        (value == 0x68 ? "" : "[\(hexadecimal(value))] ") + hexadecimal(chip.register) + ">1"
      }
      #expect(wires.transcript == ["open"] + expected)
    }
  }

  @Test func anotherModelIsRefused() {
    let wires = FakeWires(FakeChip(at: 0x68, [0x75: 0x70]))
    #expect(search(wires, settings(model: .mpu6050)).fault == .wrongIdentity(0x70, at: address(0x68)))
    #expect(wires.transcript == ["open", "75>1", "[69] 75>1"])
    #expect(search(wires, settings(model: .mpu6500)).found?.model == .mpu6500)
  }

  /// A chip sold as another one, whose identity somebody vouches for.
  @Test func anAcceptedIdentityIsAcceptedThroughout() {
    let wires = FakeWires(FakeChip(at: 0x68, [0x6B: 0x40, 0x75: 0x98]))
    let settings = settings(model: .mpu6050, acceptedIdentity: 0x98)
    var bench = DriverBench(on: FakeBus(wires: wires), settings)
    #expect(bench.run(from: at(0), to: at(1000)).isEmpty)
    #expect(bench.sensor.description?.model == .mpu6050)
    #expect(bench.sensor.state == .running)
    // Its own is accepted still.
    #expect(search(FakeWires(FakeChip()), settings).found?.model == .mpu6050)
    #expect(
      search(FakeWires(FakeChip(at: 0x68, [0x75: 0x99])), settings).fault == .wrongIdentity(0x99, at: address(0x68)))
  }

  @Test func anAddressIsAskedAlone() {
    let wires = FakeWires(FakeChip(at: 0x68))
    #expect(search(wires, settings(address: address(0x69))).fault == .notFound)
    #expect(wires.transcript == ["open", "[69] 75>1", "[69] 00>1"])
    wires.transcript = []
    #expect(
      search(wires, settings(model: .bmi160, address: address(0x68))).fault == .wrongIdentity(0, at: address(0x68)))
    #expect(wires.transcript == ["open", "00>1"])
    wires.transcript = []
    // No chip that is known is ever there.
    #expect(search(wires, settings(address: address(0x42))).fault == .notFound)
    #expect(search(wires, settings(model: .lis3dh, address: address(0x68))).fault == .notFound)
    #expect(wires.transcript == ["open", "open"])
  }

  /// It was misread when it was found: the reset's second look tells, and the next search is of that address alone.
  @Test func aChipThatWasMisreadIsSearchedAnewWhereItIs() {
    let chip = FakeChip(at: 0x69)
    let wires = FakeWires(FakeChip(at: 0x18, [0x0F: 0x33]), chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    chip.shown = { $0 == 0x75 ? 0x70 : nil }
    #expect(bench.settle(atMilliseconds: 0) == .next(at(100)))
    #expect(bench.sensor.description?.model == .mpu6500)
    chip.shown = { _ in nil }
    #expect(bench.drain(atMilliseconds: 100) == .fault(.wrongIdentity(0x68, at: address(0x69)), retry: at(200)))
    _ = wires.takeTranscript()
    #expect(bench.run(from: at(200), to: at(1000)).isEmpty)
    #expect(wires.transcript.prefix(3) == ["open", "[69] 75>1", "[69] 6B<80"])
    #expect(bench.sensor.description?.model == .mpu6050)
    #expect(bench.sensor.state == .running)
  }

  /// Another chip came to its address while it was away: a recording that is under way says how to read the first one.
  @Test func aChipOfAnotherKindIsRefusedOnceThereWereSamples() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    #expect(bench.run(from: at(0), to: at(1000)).isEmpty)
    wires.chips = [FakeChip(at: 0x69)]
    let faults = bench.run(from: at(1001), to: at(4000))
    #expect(faults.allSatisfy { $0.fault == .bus(.noAcknowledge) })
    wires.chips = [FakeChip(at: 0x68, [0x6B: 0x40, 0x75: 0x71])]
    let first = bench.sensor.retry
    let change = bench.run(from: first, to: first + .seconds(8))
    #expect(!change.isEmpty && change.allSatisfy { $0.fault == .wrongIdentity(0x71, at: address(0x68)) })
    #expect(bench.sensor.description?.model == .mpu6050)
    wires.chips = [FakeChip(at: 0x68)]
    let last = bench.sensor.retry
    #expect(bench.run(from: last, to: last + .seconds(1)).isEmpty)
    #expect(bench.sensor.state == .running)
  }
}

extension SamplingMode {
  static let all: [SamplingMode] = [.polled, .fifo, .dataReady]
}

/// What the driver takes for granted of every profile.
@Suite struct ChipProfileTests {
  private static let models = (0..<13).compactMap { SensorModel(rawValue: $0) }

  @Test(arguments: SamplingMode.all, [1, 2, 5, 7, 10, 20, 40, 100, 1000] as [Int64])
  func everyProfileKeepsTheDriversBargain(mode: SamplingMode, milliseconds: Int64) {
    // The search looks for the first 13.
    #expect(Self.models.count == 13 && SensorModel(rawValue: 13) == nil)
    for model in Self.models {
      let profile = ChipProfile(model, settings(mode, milliseconds: milliseconds))
      #expect(profile.model == model)
      #expect((profile.fifo != nil) == (mode == .fifo))
      #expect(profile.outputPeriod >= Interval(microseconds: 500) && profile.outputPeriod <= .milliseconds(300))
      #expect(profile.data.length <= 24)
      #expect(profile.data.words.acceleration + 6 <= profile.data.length)
      if let offset = profile.data.words.angularVelocity { #expect(offset + 6 <= profile.data.length) }
      #expect((profile.data.words.angularVelocity != nil) == profile.hasGyroscope)
      // Each is looked at within some two seconds, at ten a second.
      let checked = profile.wake.count + profile.configuration.count + (profile.fifo?.start.count ?? 0)
      #expect(checked > 0 && checked <= 22)
      guard let fifo = profile.fifo else { continue }
      #expect((1...2).contains(fifo.levelLength))
      #expect((1...24).contains(fifo.recordLength) && fifo.recordsPerTransfer >= 1)
      #expect(fifo.recordsPerTransfer * fifo.recordLength <= 480)
      // The greatest level that the mask lets through counts as an overrun.
      #expect(Int(fifo.levelMask) * fifo.bytesPerCount > fifo.capacity - 3 * fifo.recordLength)
      #expect(fifo.samples >= 16)
    }
  }
}
