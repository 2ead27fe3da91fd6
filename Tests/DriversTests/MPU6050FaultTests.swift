// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

@Suite struct MPU6050FaultTests {
  private static let busErrors: [I2CError] = [
    .noAcknowledge, .timeout, .arbitrationLost, .busFault, .busy, .adapterGone, .notPermitted, .unsupported,
    .system(5),
  ]

  @Test(arguments: busErrors)
  func aBusErrorIsHandedOn(error: I2CError) {
    let chip = FakeChip()
    chip.failure = { _ in error }
    var bench = DriverBench(on: FakeBus(chip: chip))
    #expect(bench.drain(atMilliseconds: 0) == .fault(.bus(error), retry: at(100)))
    // Thrown once: until the next try there is silence, on the bus too.
    #expect(bench.drain(atMilliseconds: 99.999) == .next(at(100)))
    #expect(chip.transcript == ["6B<80"])
  }

  @Test(arguments: ["75>1", "6B<01", "19<00", "1A<03", "1B<08", "1C<08", "6B>1", "19>4"])
  func aBusErrorDuringTheStartBeginsAnew(transfer: String) {
    let chip = FakeChip()
    chip.failure = { $0 == transfer ? .timeout : nil }
    var bench = DriverBench(on: FakeBus(chip: chip))
    let faults = bench.run(from: at(0), to: at(170))
    #expect(faults.map(\.fault) == [.bus(.timeout)])
    #expect(chip.takeTranscript().last == transfer)
    chip.failure = { _ in nil }
    _ = bench.drain(at: bench.sensor.retry)
    #expect(chip.takeTranscript() == ["6B<80"])
  }

  /// Two in a row are tried again at the next period; the third starts the chip anew.
  @Test func twoBusErrorsInARowAreTolerated() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    chip.failure = { _ in .noAcknowledge }
    #expect(bench.drain(atMilliseconds: 171) == .fault(.bus(.noAcknowledge), retry: at(180)))
    #expect(bench.drain(atMilliseconds: 175) == .next(at(180)))
    #expect(bench.drain(atMilliseconds: 180) == .fault(.bus(.noAcknowledge), retry: at(190)))
    #expect(bench.drain(atMilliseconds: 190) == .fault(.bus(.noAcknowledge), retry: at(290)))
    #expect(chip.takeTranscript() == ["3A>15", "3A>15", "3A>15"])
    chip.failure = { _ in nil }
    #expect(bench.drain(atMilliseconds: 290) == .next(at(390)))
    #expect(chip.takeTranscript() == ["6B<80"])
  }

  @Test func aGoodPollForgivesTwoBadOnes() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    var count = 0
    chip.failure = { _ in
      count += 1
      return count % 3 == 0 ? nil : .busFault
    }
    let faults = bench.run(from: at(170), to: at(1000))
    #expect(faults.count == 56)
    #expect(chip.transcript.allSatisfy { $0 == "3A>15" })
  }

  @Test(arguments: [0x70, 0x98, 0x00, 0xFF, 0x69] as [UInt8])
  func anotherIdentityIsRefused(identity: UInt8) {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    _ = bench.drain(atMilliseconds: 0)
    chip.registers[0x75] = identity
    #expect(bench.drain(atMilliseconds: 100) == .fault(.wrongIdentity(identity), retry: at(200)))
    #expect(bench.drain(atMilliseconds: 200) == .next(at(300)))
    #expect(chip.transcript == ["6B<80", "75>1", "6B<80"])
  }

  /// SMPLRT_DIV is 0 after a reset as well: that one has to be spoilt, not to be kept.
  @Test(arguments: [0x6B, 0x1A, 0x1B, 0x1C] as [UInt8])
  func aRegisterThatTakesNothingIsNamed(register: UInt8) {
    let chip = FakeChip()
    chip.stubborn = [register]
    var bench = DriverBench(on: FakeBus(chip: chip))
    for time in [0, 100, 100, 160] as [Double] { _ = bench.drain(atMilliseconds: time) }
    #expect(bench.drain(atMilliseconds: 160) == .fault(.configurationRefused(register: register), retry: at(260)))
    #expect(bench.takeAll().isEmpty)
  }

  @Test(arguments: [0x6B, 0x19, 0x1A, 0x1B, 0x1C] as [UInt8])
  func aRegisterThatForgetsIsNoticedWithinASecond(register: UInt8) {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    #expect(bench.run(from: at(170), to: at(500)).isEmpty)
    chip.registers[Int(register)] ^= 0x10
    let faults = bench.run(from: at(510), to: at(1160))
    #expect(faults.map(\.fault) == [.configurationLost(register: register)])
    #expect(faults.map(\.time) == [at(1160)])
    #expect(bench.sensor.retry == at(1260))
    _ = chip.takeTranscript()
    #expect(bench.run(from: at(1260), to: at(3000)).isEmpty)
    #expect(chip.takeTranscript().first == "6B<80")
  }

  @Test func tenPollsWithoutNewsAreAChipThatStopped() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    chip.isLively = false
    for poll in 0..<9 {
      let now = 170 + Double(poll) * 10
      #expect(bench.drain(atMilliseconds: now) == .next(at(now + 10)))
    }
    #expect(bench.drain(atMilliseconds: 260) == .fault(.noNewData, retry: at(360)))
    // Started anew, it has its ten polls again.
    let faults = bench.run(from: at(360), to: at(630))
    #expect(faults.map(\.time) == [at(620)])
  }

  @Test func newsNowAndThenAreEnough() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    var now = at(170)
    for poll in 1...100 {
      chip.isLively = poll % 10 == 0
      #expect(bench.drain(at: now) == .next(now + .milliseconds(10)))
      now = now + .milliseconds(10)
    }
    #expect(bench.takeAll().count == 10)
  }

  /// 0.1, 0.2, 0.4 ... 5 s, and 0.1 s again after a sample.
  @Test func theBackOffDoublesAndEnds() {
    let chip = FakeChip()
    chip.failure = { _ in .noAcknowledge }
    var bench = DriverBench(on: FakeBus(chip: chip))
    var pauses: [Int64] = []
    var now = at(0)
    for _ in 0..<9 {
      guard case .fault(_, let retry) = bench.drain(at: now) else { break }
      pauses.append((retry - now).microseconds / 1000)
      now = retry
    }
    #expect(pauses == [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000])

    // A start alone does not end it: the chip has to give a sample.
    chip.failure = { $0 == "3A>15" ? .noAcknowledge : nil }
    let start = now
    let faults = bench.run(from: start, to: start + .milliseconds(190))
    #expect(faults.count == 3)
    #expect(bench.sensor.retry - faults[2].time == .seconds(5))

    chip.failure = { _ in nil }
    let second = bench.sensor.retry
    #expect(bench.run(from: second, to: second + .milliseconds(170)).isEmpty)
    chip.registers[0x6B] = 0x40
    chip.isLively = false
    let last = bench.run(from: second + .milliseconds(180), to: second + .milliseconds(270))
    #expect(last.map(\.fault) == [.noNewData])
    #expect(bench.sensor.retry - last[0].time == .milliseconds(100))
  }
}
