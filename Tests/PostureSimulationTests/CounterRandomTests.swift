// SPDX-License-Identifier: MIT
import PostureSimulation
import Testing

@Suite struct CounterRandomTests {
  /// Mean, variance, and the mean product of neighbours.
  private func moments(_ value: (UInt64) -> Double) -> (mean: Double, variance: Double, neighbours: Double) {
    let count: UInt64 = 200_000
    var sum = 0.0
    var squares = 0.0
    for index in 0..<count { sum += value(index) }
    let mean = sum / Double(count)
    var products = 0.0
    var last = 0.0
    for index in 0..<count {
      let difference = value(index) - mean
      squares += difference * difference
      products += difference * last
      last = difference
    }
    return (mean, squares / Double(count), products / Double(count))
  }

  @Test(arguments: [1, 2, 77] as [UInt64])
  func normalNumbersHaveTheirMoments(stream: UInt64) {
    let random = CounterRandom(seed: 11)
    let (mean, variance, neighbours) = moments { random.normal(stream: stream, index: $0) }
    #expect(mean.magnitude < 0.01)
    #expect((variance - 1).magnitude < 0.02)
    #expect(neighbours.magnitude < 0.01)
  }

  @Test func uniformNumbersHaveTheirMoments() {
    let random = CounterRandom(seed: 0)
    let (mean, variance, neighbours) = moments { random.uniform(stream: 0, index: $0) }
    #expect((mean - 0.5).magnitude < 0.003)
    #expect((variance - 1.0 / 12).magnitude < 0.001)
    #expect(neighbours.magnitude < 0.001)
  }

  @Test func streamsAndSeedsAreUnlike() {
    var product = 0.0
    let one = CounterRandom(seed: 1)
    let two = CounterRandom(seed: 2)
    for index in 0..<100_000 as Range<UInt64> {
      product += one.normal(stream: 1, index: index) * one.normal(stream: 2, index: index)
      product += one.normal(stream: 3, index: index) * two.normal(stream: 3, index: index)
    }
    #expect((product / 200_000).magnitude < 0.01)
  }

  @Test func bitsAreTheSameEverywhere() {
    let random = CounterRandom(seed: 7)
    #expect(random.bits(stream: 0, index: 0) == 17_527_383_841_289_775_211)
    #expect(random.bits(stream: 3, index: 1_000_000) == 10_379_477_467_120_639_947)
  }
}
