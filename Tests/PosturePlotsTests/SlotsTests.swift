// SPDX-License-Identifier: MIT
import Testing

@testable import PosturePlots

struct SlotsTests {
  private typealias Values = InlineArray<1, Int16>

  @Test func eachSampleHasASlotAtTheDaemonsOwnRate() {
    var slots = Slots(quantities: 1)
    for index in 0..<500 { slots.add([Int16(index)] as Values, at: Int64(index) * 10_000, holds: true) }
    #expect(slots.count == 500 && slots.length == 10_000)
    #expect(slots.quantities[0].low == (0..<500).map { Int16($0) })
    #expect(slots.quantities[0].low == slots.quantities[0].high)
  }

  /// Faster samples share a slot, of slower ones the slots between keep the value, and over a gap there is none.
  @Test func slotsAreOfTimeAndNotOfSamples() {
    var slots = Slots(quantities: 1)
    for (time, value, holds) in [
      (0, 5, true), (4000, -3, true), (9000, 7, true), (30_000, 1, true), (60_000, 2, false),
    ] {
      slots.add([Int16(value)] as Values, at: Int64(time), holds: holds)
    }
    let none = Slots.none
    #expect(slots.quantities[0].low == [-3, -3, -3, 1, none, none, 2])
    #expect(slots.quantities[0].high == [7, 7, 7, 1, none, none, 2])
  }

  /// However long it is, no peak is lost, and none is invented.
  @Test(arguments: [1, 2, 3])
  func longRecordingsKeepTheirExtremes(seed: UInt64) {
    var random = SeededRandom(seed)
    var slots = Slots(quantities: 1)
    var samples: [(time: Int64, value: Int16)] = []
    var time: Int64 = 0
    for _ in 0..<20_000 {
      time += Int64.random(in: 1...2_000_000, using: &random)
      let value =
        Int.random(in: 0...9, using: &random) == 0 ? Slots.none : Int16.random(in: -9000...9000, using: &random)
      samples.append((time, value))
      slots.add([value] as Values, at: time, holds: false)
    }
    #expect(slots.count <= Slots.most && slots.length > Slots.shortest)
    var expected: [Int: (low: Int16, high: Int16)] = [:]
    for (time, value) in samples where value != Slots.none {
      let slot = Int(time / slots.length)
      let known = expected[slot] ?? (value, value)
      expected[slot] = (min(known.low, value), max(known.high, value))
    }
    var wrong = 0
    for slot in 0..<slots.count {
      let found = slots.quantities[0].extremes(slot..<slot + 1)
      if found?.low != expected[slot]?.low || found?.high != expected[slot]?.high { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  /// A clock that jumps by a century makes slots coarse, and nothing endless.
  @Test func aBrokenClockCostsNoMemory() {
    var slots = Slots(quantities: 1)
    slots.add([1] as Values, at: 0, holds: true)
    slots.add([2] as Values, at: 3_000_000_000_000_000, holds: false)
    #expect(slots.count <= Slots.most)
    #expect(slots.quantities[0].extremes(0..<slots.count)?.low == 1)
    #expect(slots.quantities[0].extremes(0..<slots.count)?.high == 2)
    #expect(slots.quantities[0].extremes(1..<slots.count - 1) == nil)
  }

  @Test(
    arguments: [
      [], [0], [0, 0], [5, 5, 5], [100, -100, 99, 100], [9000, -9000, 9000], [Slots.none, 3, Slots.none, Slots.none],
      Array(repeating: Int16(0), count: 55), Array(repeating: Int16(0), count: 56),
      Array(repeating: Int16(7), count: 300_000),
    ] as [[Int16]]) func valuesComeBackFromTheirCode(values: [Int16])
  {
    #expect(decoded(SlotCode.encode(values)) == values)
  }

  @Test(arguments: 1...20) func anyValuesComeBackFromTheirCode(seed: UInt64) {
    var random = SeededRandom(seed)
    let values = (0..<3000).flatMap { _ -> [Int16] in
      let value = Int16.random(
        in: [-2...2, -150...150, (.min)...(.max)].randomElement(using: &random)!, using: &random)
      return Array(repeating: value, count: Int.random(in: 1...3, using: &random))
    }
    #expect(decoded(SlotCode.encode(values)) == values)
  }

  /// As the page's script does it.
  private func decoded(_ bytes: [UInt8]) -> [Int16] {
    var values: [Int16] = []
    var last: Int16 = 0
    var rest = bytes[...]
    while let code = rest.popFirst() {
      var run = 1
      switch code {
      case ..<200: last += code % 2 == 1 ? -Int16(code / 2) - 1 : Int16(code / 2)
      case ..<254: run = Int(code) - 198
      case 254:
        run = rest.prefix(3).reversed().reduce(0) { $0 << 8 | Int($1) }
        rest.removeFirst(3)
      default:
        last = Int16(truncatingIfNeeded: Int(rest.removeFirst()) | Int(rest.removeFirst()) << 8)
      }
      values += Array(repeating: last, count: run)
    }
    return values
  }
}
