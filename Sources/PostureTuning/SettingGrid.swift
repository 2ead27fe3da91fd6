// SPDX-License-Identifier: MIT
import PostureFormats

/// Every combination of the values of some settings.
package struct SettingGrid: Sendable {
  /// Combinations that are tried: some minutes for each day of recordings.
  package static let most = 20_000

  package let varied: [VariedSetting]
  /// Nil where there are more than can be counted.
  package let count: Int?

  package init(_ varied: [VariedSetting]) throws(InputError) {
    for (index, one) in varied.enumerated() where varied[..<index].contains(where: { $0.key == one.key }) {
      throw InputError(source: "--vary", key: one.key, found: "it again", expected: "each setting once")
    }
    self.varied = varied
    var count: Int? = 1
    for one in varied {
      let (product, isOverflow) = (count ?? 0).multipliedReportingOverflow(by: one.values.count)
      count = isOverflow || count == nil ? nil : product
    }
    self.count = count
  }

  /// The values of the last setting change first.
  package func all() throws(InputError) -> [[TraceSetting]] {
    guard let count, count <= Self.most else {
      let found = count.map(String.init) ?? "countless"
      throw InputError(
        source: "--vary", found: "\(found) combinations",
        expected: "at most \(Self.most), or --random N for N of them")
    }
    return (0..<count).map { number in
      var (rest, places) = (number, [Int](repeating: 0, count: varied.count))
      for index in varied.indices.reversed() {
        places[index] = rest % varied[index].values.count
        rest /= varied[index].values.count
      }
      return combination(places)
    }
  }

  /// So many of them, each once; the same for the same seed.
  package func random(_ number: Int, seed: UInt64) throws(InputError) -> [[TraceSetting]] {
    guard (1...Self.most).contains(number) else {
      throw InputError(source: "--random", found: "\(number)", expected: "1 to \(Self.most)")
    }
    if let count, count <= number { return try all() }
    var random = SplitMix(state: seed)
    var seen: Set<[Int]> = []
    var drawn: [[TraceSetting]] = []
    // There are more of them, so that another one always comes.
    while drawn.count < number {
      let places = varied.map { Int.random(in: 0..<$0.values.count, using: &random) }
      if seen.insert(places).inserted { drawn.append(combination(places)) }
    }
    return drawn
  }

  private func combination(_ places: [Int]) -> [TraceSetting] {
    zip(varied, places).map { TraceSetting(key: $0.key, value: $0.values[$1]) }
  }
}

/// Sebastiano Vigna's SplitMix64: the same numbers in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
