// SPDX-License-Identifier: MIT
import PostureProgramme
import PostureSimulation
import Testing

struct TrendTests {
  private func points(_ places: [Double], _ values: [Double]) -> [(place: Double, value: Double)] {
    zip(places, values).map { (place: $0, value: $1) }
  }

  @Test func sensOwnExampleHasHisSlopeAndTheRanksThat93PercentOfAllOrdersAllow() throws {
    // P. K. Sen, 1968, section 6. He takes one slope more on either side than the count of orders asks for.
    let trend = try #require(
      Trend(points([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]), error: 0.07))
    #expect(trend.slope == 4)
    #expect(abs(trend.lower - 15.0 / 4) < 1e-12)
    #expect(abs(trend.upper - 46.0 / 11) < 1e-12)
  }

  /// Made with Python's fractions, ranks from the counted orders; SciPy's `theilslopes` has the same.
  struct Known: Sendable {
    let places: [Double]
    let values: [Double]
    let slope: Double
    let lower: Double
    let upper: Double
  }

  static let known = [
    Known(places: [6, 15, 19, 25, 30], values: [63, 65, 33, 79, 68], slope: 31.0 / 144, lower: -8, upper: 23.0 / 3),
    Known(
      places: [6, 11, 13, 14, 16, 17, 23, 33, 34], values: [36, 63, 59, 53, 51, 59, 69, 53, 89], slope: 206.0 / 161,
      lower: -5.0 / 11, upper: 2),
    Known(
      places: [2, 5, 11, 15, 17, 21, 23, 24, 26, 27, 29, 30, 32, 35, 38],
      values: [87, 50, 72, 61, 56, 48, 61, 50, 49, 66, 50, 63, 58, 87, 75], slope: 2.0 / 15, lower: -0.84,
      upper: 14.0 / 15),
    Known(
      places: [4, 5, 6, 8, 9, 10, 11, 12, 13, 17, 18, 20, 21, 23, 26, 28, 30, 33, 34, 35, 41],
      values: [68, 66, 56, 70, 64, 62, 39, 61, 73, 67, 75, 82, 66, 90, 37, 56, 22, 72, 61, 85, 55],
      slope: -59.0 / 1680, lower: -4.0 / 7, upper: 2.0 / 3),
  ]

  @Test(arguments: known)
  func slopeAndIntervalAreThoseThatWereComputedOtherwise(_ known: Known) throws {
    let trend = try #require(Trend(points(known.places, known.values)))
    #expect(abs(trend.slope - known.slope) < 1e-12)
    #expect(abs(trend.lower - known.lower) < 1e-12)
    #expect(abs(trend.upper - known.upper) < 1e-12)
  }

  @Test func fourValuesAreTooFewForAnyIntervalFiveAreEnough() {
    #expect(Trend(points([1, 2, 3, 4], [1, 2, 3, 4])) == nil)
    #expect(Trend([]) == nil)
    #expect(Trend(points([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])) != nil)
    #expect(Trend.fewest == 5)
  }

  @Test(arguments: [(6, 1), (7, 3), (8, 5), (10, 11), (12, 18), (18, 50), (21, 72), (30, 162), (42, 339)])
  func asManySlopesLieOutsideAsTheCountOfOrdersAllows(_ count: Int, _ below: Int) throws {
    // The slope of a square between two places is their sum.
    let places = (0..<count).map { Double(1 << min($0, 50)) }
    let trend = try #require(Trend(points(places, places.map { $0 * $0 })))
    let slopes = places.indices.flatMap { a in places.indices.dropFirst(a + 1).map { places[a] + places[$0] } }.sorted()
    #expect(trend.lower == slopes[below])
    #expect(trend.upper == slopes[slopes.count - 1 - below])
  }

  @Test func oneValueThatWentAstrayHardlyMovesIt() throws {
    let places = (0..<15).map(Double.init)
    var values = places.map { 50 + 2 * $0 }
    values[14] = 0
    let trend = try #require(Trend(points(places, values)))
    #expect(trend.slope == 2)
    #expect(trend.lower > 0)
  }

  @Test func valuesWithoutAnyChangeHaveASlopeOfExactlyNothing() throws {
    let trend = try #require(Trend(points([1, 3, 5, 7, 9, 11], [100, 100, 100, 100, 100, 100])))
    #expect(trend.slope == 0 && trend.lower == 0 && trend.upper == 0)
  }

  @Test(arguments: [(5, 0.0167), (7, 0.0302), (12, 0.0448), (21, 0.0489)])
  func itMissesTheTrueSlopeAsOftenAsItSays(_ count: Int, _ chance: Double) {
    // Exact: twice the share of the orders outside.
    let trials = 4000
    var missed = 0
    for seed in 0..<trials {
      let random = CounterRandom(seed: UInt64(seed))
      let places = (0..<count).map(Double.init)
      let values = places.map { 3 * $0 + 20 * random.normal(stream: 1, index: UInt64($0)) }
      guard let trend = Trend(points(places, values)) else { continue }
      if trend.lower > 3 || trend.upper < 3 { missed += 1 }
    }
    // Five deviations of such a count.
    let margin = 5 * (chance * (1 - chance) / Double(trials)).squareRoot()
    #expect(abs(Double(missed) / Double(trials) - chance) < margin, "\(missed) of \(trials)")
  }
}
