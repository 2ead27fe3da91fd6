// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct ChipFaultTests {
  private func bench(_ faults: SimulatedFault...) throws -> Bench {
    var parameters = SimulatedSensorParameters()
    parameters.faults = faults
    var bench = Bench(SimulatedWearer(everything, seed: 1), parameters)
    try bench.start()
    return bench
  }

  @Test func withoutAnswerNothingIsAcknowledged() throws {
    var bench = try bench(.noAnswer(from: at(1), to: at(2)))
    bench.sleep(until: 999_999)
    _ = try bench.read(0x75)
    bench.sleep(until: 1_000_000)
    #expect(throws: I2CError.noAcknowledge) { try bench.read(0x75) }
    bench.sleep(until: 1_999_999)
    #expect(throws: I2CError.noAcknowledge) { try bench.write(0x6B, 0) }
    bench.sleep(until: 2_000_000)
    #expect(try bench.read(0x6B) == [0x01])
    #expect(try bench.read(0x3A) == [1])
  }

  @Test(arguments: [true, false])
  func frozenDataStayWhateverIsRead(isReadBefore: Bool) throws {
    var frozen = try bench(.frozen(from: at(1), to: at(2)))
    var sound = try bench()
    sound.sleep(until: 999_999)
    let last = try sound.read(0x3B, 14)
    if isReadBefore {
      frozen.sleep(until: 999_999)
      #expect(try frozen.read(0x3B, 14) == last)
    }
    for time in [1_000_000, 1_234_567, 1_999_999] as [Int64] {
      frozen.sleep(until: time)
      #expect(try frozen.read(0x3A) == [1])
      #expect(try frozen.read(0x3B, 14) == last)
    }
    frozen.sleep(until: 2_010_000)
    sound.sleep(until: 2_010_000)
    #expect(try frozen.read(0x3B, 14) == sound.read(0x3B, 14))
  }

  @Test func aBrownOutLeavesItAsleepWithResetValues() throws {
    var bench = try bench(.brownOut(at: at(1)))
    bench.sleep(until: 999_999)
    #expect(try bench.read(0x19, 4) == [9, 3, 8, 8])
    bench.sleep(until: 3_000_000)
    #expect(try bench.read(0x6B) == [0x40])
    #expect(try bench.read(0x19, 4) == [0, 0, 0, 0])
    #expect(try bench.read(0x3A, 15) == [UInt8](repeating: 0, count: 15))
    try bench.start()
    #expect(try bench.words(0x3F, 1)[0] > 7500)
  }
}
