// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct RingBufferTests {
  @Test func theOldestComesFirst() {
    var buffer = RingBuffer<4, Int>(filler: -1)
    #expect(buffer.isEmpty == true)
    for value in 1...3 { buffer.append(value) }
    #expect(buffer.count == 3)
    #expect(buffer[0] == 1)
    #expect(buffer[2] == 3)
    let taken = [buffer.popFirst(), buffer.popFirst(), buffer.popFirst(), buffer.popFirst()]
    #expect(taken == [1, 2, 3, nil])
    #expect(buffer.isEmpty == true)
    #expect(buffer.overwritten == 0)
  }

  @Test func aFullBufferLosesItsOldestAndCountsIt() {
    var buffer = RingBuffer<4, Int>(filler: -1)
    for value in 1...11 { buffer.append(value) }
    #expect(buffer.count == 4)
    #expect(buffer.overwritten == 7)
    let held = (0..<4).map { buffer[$0] }
    #expect(held == [8, 9, 10, 11])
    let first = buffer.popFirst()
    #expect(first == 8)
    buffer.append(12)
    #expect(buffer.overwritten == 7)
  }

  @Test func removingAllKeepsTheCountOfTheLost() {
    var buffer = RingBuffer<2, Int>(filler: -1)
    for value in 1...3 { buffer.append(value) }
    buffer.removeAll()
    #expect(buffer.isEmpty == true)
    #expect(buffer.overwritten == 1)
    let first = buffer.popFirst()
    #expect(first == nil)
    buffer.append(9)
    #expect(buffer[0] == 9)
  }

  @Test func oneElementIsABufferToo() {
    var buffer = RingBuffer<1, Int>(filler: -1)
    for value in 1...3 { buffer.append(value) }
    let taken = [buffer.popFirst(), buffer.popFirst()]
    #expect(taken == [3, nil])
    #expect(buffer.overwritten == 2)
  }

  /// Against an array, in random operations that wrap around often.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func behavesAsAnArray(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var buffer = RingBuffer<8, Int>(filler: -1)
    var model: [Int] = []
    var lost: UInt64 = 0
    for value in 0..<2000 {
      switch Int.random(in: 0..<100, using: &random) {
      case 0:
        buffer.removeAll()
        model = []
      case 1..<45:
        let taken = buffer.popFirst()
        #expect(taken == (model.isEmpty ? nil : model.removeFirst()))
      default:
        buffer.append(value)
        model.append(value)
        if model.count > 8 {
          model.removeFirst()
          lost += 1
        }
      }
      let held = (0..<buffer.count).map { buffer[$0] }
      #expect(held == model)
      #expect(buffer.overwritten == lost)
      #expect(buffer.isEmpty == model.isEmpty)
    }
    #expect(lost > 20)
  }

  @Test func misuseStops() async {
    await #expect(processExitsWith: .failure) { _ = RingBuffer<3, Int>(filler: 0) }
    await #expect(processExitsWith: .failure) {
      var buffer = RingBuffer<4, Int>(filler: 0)
      buffer.append(1)
      _ = buffer[1]
    }
  }
}
