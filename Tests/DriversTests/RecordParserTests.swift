// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@testable import Drivers

extension RecordParser {
  fileprivate mutating func take(_ bytes: [UInt8]) { parse(bytes.span) }
}

@Suite struct RecordParserTests {
  private static func layout(_ framing: FIFOFraming, recordLength: Int) -> FIFOLayout {
    FIFOLayout(
      level: 0x72, levelLength: 2, isLevelBigEndian: true, levelMask: 0x1FFF, bytesPerCount: 1, overrunMask: 0,
      data: 0x74, recordLength: recordLength, capacity: 1024, recordsPerTransfer: 40, framing: framing,
      stop: RegisterSettings(), start: RegisterSettings())
  }

  private static func whole(isBigEndian: Bool, acceleration: Int, angularVelocity: Int?, length: Int) -> RecordParser {
    let words = WordLayout(isBigEndian: isBigEndian, acceleration: acceleration, angularVelocity: angularVelocity)
    return RecordParser(layout(.records(words), recordLength: length))
  }

  /// Tags 2 and 1, as the LSM6DSO has them: five bits of sensor, two of a count, one of parity.
  private static var tagged: RecordParser {
    RecordParser(layout(.tagged(acceleration: 2, angularVelocity: 1), recordLength: 7))
  }

  private static func acceleration(_ value: UInt8, count: UInt8 = 0, parity: UInt8 = 0) -> [UInt8] {
    [2 << 3 | count << 1 | parity, value, 0, value, 1, value, 2]
  }
  private static func angularVelocity(_ value: UInt8, count: UInt8 = 0) -> [UInt8] {
    [1 << 3 | count << 1, value, 0x80, value, 0x90, value, 0xA0]
  }

  private func samples(_ parser: RecordParser) -> [RawSample] { (0..<parser.count).map { parser.samples[$0] } }

  private func raw(_ ax: Int16, _ ay: Int16, _ az: Int16, _ gx: Int16, _ gy: Int16, _ gz: Int16) -> RawSample {
    RawSample(time: at(0), ax: ax, ay: ay, az: az, gx: gx, gy: gy, gz: gz)
  }

  private static let bytes: [UInt8] = [0x01, 0x02, 0xFF, 0xFE, 0x80, 0x00, 0x7F, 0xFF, 0x00, 0x00, 0x12, 0x34]

  @Test func bigEndianWords() {
    var parser = Self.whole(isBigEndian: true, acceleration: 0, angularVelocity: 6, length: 12)
    parser.take(Self.bytes)
    #expect(samples(parser) == [raw(0x0102, -2, -32768, 32767, 0, 0x1234)])
  }

  @Test func littleEndianWordsTheOtherWayRound() {
    var parser = Self.whole(isBigEndian: false, acceleration: 6, angularVelocity: 0, length: 12)
    parser.take(Self.bytes)
    #expect(samples(parser) == [raw(-129, 0, 0x3412, 0x0201, -257, 0x0080)])
  }

  @Test func withoutAGyroscopeItsWordsAreZero() {
    var parser = Self.whole(isBigEndian: true, acceleration: 0, angularVelocity: nil, length: 6)
    parser.take(Self.bytes)
    #expect(samples(parser) == [raw(0x0102, -2, -32768, 0, 0, 0), raw(0x7FFF, 0, 0x1234, 0, 0, 0)])
  }

  /// A temperature between the words is passed over.
  @Test func whatLiesBetweenIsPassedOver() {
    var parser = Self.whole(isBigEndian: true, acceleration: 0, angularVelocity: 8, length: 14)
    let record = Self.bytes[0..<6] + [0x55, 0x66] + Self.bytes[6...]
    parser.take(Array(record + record))
    #expect(samples(parser) == [RawSample](repeating: raw(0x0102, -2, -32768, 32767, 0, 0x1234), count: 2))
  }

  @Test func bytesBehindTheLastWholeRecordAreLeft() {
    var parser = Self.whole(isBigEndian: true, acceleration: 0, angularVelocity: 6, length: 12)
    parser.take(Self.bytes + Self.bytes.prefix(11))
    #expect(parser.count == 1)
    parser.take([])
    #expect(parser.count == 1)
  }

  @Test func samplesGatherUntilTheyAreTaken() {
    var parser = Self.whole(isBigEndian: true, acceleration: 0, angularVelocity: 6, length: 12)
    for _ in 0..<3 { parser.take(Self.bytes) }
    #expect(parser.count == 3)
    parser.removeAll()
    #expect(parser.count == 0)
    parser.take(Self.bytes)
    #expect(parser.count == 1)
  }

  /// More than it can hold is not parsed, and does not trap.
  @Test func sixtyFourAreTheMost() {
    var parser = Self.whole(isBigEndian: true, acceleration: 0, angularVelocity: nil, length: 6)
    for _ in 0..<40 { parser.take(Self.bytes) }
    #expect(parser.count == 64)
  }

  @Test func twoTaggedHalvesAreASample() {
    var parser = Self.tagged
    parser.take(Self.angularVelocity(7) + Self.acceleration(8) + Self.acceleration(9, parity: 1))
    let first = raw(8, 0x0108, 0x0208, -0x7FF9, -0x6FF9, -0x5FF9)
    #expect(samples(parser) == [first])
    parser.take(Self.angularVelocity(7))
    #expect(samples(parser) == [first, raw(9, 0x0109, 0x0209, -0x7FF9, -0x6FF9, -0x5FF9)])
  }

  /// A batch may end between the two.
  @Test func halfASampleOutlivesTheBatch() {
    var parser = Self.tagged
    parser.take(Self.acceleration(5))
    #expect(parser.count == 0)
    parser.removeAll()
    parser.take(Self.angularVelocity(6))
    #expect(samples(parser).map(\.ax) == [5])
  }

  /// Its other half was lost: halves of two samples are no sample, in whichever order the chip has them.
  @Test(arguments: [true, false])
  func halvesOfTwoSamplesAreNoPair(accelerationFirst: Bool) {
    var parser = Self.tagged
    func pair(_ number: UInt8) -> [[UInt8]] {
      let halves = [Self.acceleration(number, count: number & 3), Self.angularVelocity(number, count: number & 3)]
      return accelerationFirst ? halves : halves.reversed()
    }
    var records = (1...8).flatMap { pair($0) }
    // The second half of sample 3 and the first of sample 6.
    records.remove(at: 10)
    records.remove(at: 5)
    parser.take(records.flatMap { $0 })
    #expect(samples(parser).map(\.ax) == [1, 2, 4, 5, 7, 8])
    #expect(samples(parser).allSatisfy { Int($0.gx) == Int($0.ax) - 0x8000 })
  }

  /// A chip may put other things into its FIFO, or say that it is empty.
  @Test func otherTagsArePassedOver() {
    var parser = Self.tagged
    let temperature: [UInt8] = [3 << 3, 1, 2, 3, 4, 5, 6]
    let nothing = [UInt8](repeating: 0, count: 7)
    let records = [temperature, Self.angularVelocity(1), temperature, nothing, Self.acceleration(2), nothing]
    parser.take(records.flatMap { $0 })
    #expect(samples(parser).map(\.ax) == [2])
  }
}
