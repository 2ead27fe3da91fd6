// SPDX-License-Identifier: MIT
import PostureCore
import Testing

/// A Kalman filter of six states as in a textbook, dense: the level's turn, then the bias.
private struct DenseFilter {
  typealias Matrix = [[Double]]
  private(set) var covariance: Matrix

  init(bias: Double) {
    covariance = Self.diagonal([0, 0, 0, bias, bias, bias].map { $0 * $0 })
  }

  var biasVariance: Double { (3..<6).reduce(0) { $0 + covariance[$1][$1] } }

  static func diagonal(_ values: [Double]) -> Matrix {
    values.indices.map { row in values.indices.map { row == $0 ? values[row] : 0 } }
  }

  private static func product(_ a: Matrix, _ b: Matrix) -> Matrix {
    a.map { row in
      b[0].indices.map { column in row.indices.reduce(0) { $0 + row[$1] * b[$1][column] } }
    }
  }

  private static func transposed(_ m: Matrix) -> Matrix {
    m[0].indices.map { column in m.map { $0[column] } }
  }

  private static func sum(_ a: Matrix, _ b: Matrix) -> Matrix {
    zip(a, b).map { zip($0, $1).map(+) }
  }

  private mutating func transform(by f: Matrix, adding q: Matrix) {
    covariance = Self.sum(Self.product(Self.product(f, covariance), Self.transposed(f)), q)
  }

  mutating func advance(turning: Matrix3, biasVariance: Double) {
    var f = Self.diagonal([1, 1, 1, 1, 1, 1])
    for (row, values) in [turning.x, turning.y, turning.z].enumerated() {
      f[row].replaceSubrange(3..<6, with: [values.x, values.y, values.z])
    }
    let b = biasVariance
    transform(by: f, adding: Self.diagonal([0, 0, 0, b, b, b]))
  }

  /// Joseph's form; returns what the state moves by.
  mutating func observe(_ h: [Double], innovation: Double, variance: Double) -> [Double] {
    let seen = covariance.map { zip($0, h).reduce(0) { $0 + $1.0 * $1.1 } }
    let total = zip(seen, h).reduce(variance) { $0 + $1.0 * $1.1 }
    let gain = seen.map { $0 / total }
    let left = (0..<6).map { row in (0..<6).map { (row == $0 ? 1 : 0) - gain[row] * h[$0] } }
    transform(by: left, adding: gain.map { g in gain.map { g * variance * $0 } })
    return gain.map { $0 * innovation }
  }

  mutating func beginLevel(variance: Double) {
    let kept = covariance
    covariance = Self.diagonal([Double](repeating: variance, count: 6))
    for row in 3..<6 { covariance[row].replaceSubrange(3..<6, with: kept[row][3..<6]) }
  }

  mutating func doubtBias(variance: Double) {
    for index in 3..<6 { covariance[index][index] += variance }
  }
}

extension LevelBiasCovariance {
  /// All of it, as six measurements that are not kept tell it.
  fileprivate var dense: [[Double]] {
    let axes = [Direction(1, 0, 0), Direction(0, 1, 0), Direction(0, 0, 1)]
    return (0..<6).map { index in
      var copy = self
      let axis = axes[index % 3]
      let moved =
        index < 3
        ? copy.observeLevel(about: axis, innovation: 1, variance: 1)
        : copy.observeBias(along: axis, innovation: 1, variance: 1)
      let share = moved.state[index]
      // With p/(p + 1) of the innovation, the variance is p.
      return moved.state.map { $0 / (1 - share) }
    }
  }
}

extension LevelBiasCovariance.Correction {
  fileprivate var state: [Double] { [level.x, level.y, level.z, bias.x, bias.y, bias.z] }
}

@Suite struct LevelBiasCovarianceTests {
  private func isClose(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-9) -> Bool {
    zip(a, b).allSatisfy { ($0 - $1).magnitude <= tolerance }
  }

  /// Cholesky's decomposition goes through.
  private func isPositive(_ matrix: [[Double]]) -> Bool {
    var root = matrix
    for row in matrix.indices {
      for column in 0...row {
        let rest = (0..<column).reduce(matrix[row][column]) {
          $0 - root[row][$1] * root[column][$1]
        }
        if row == column {
          guard rest > 0 else { return false }
          root[row][row] = rest.squareRoot()
        } else {
          root[row][column] = rest / root[column][column]
        }
      }
    }
    return true
  }

  private func matrix(_ random: inout SeededRandom) -> Matrix3 {
    random.rotation().matrix * 0.8
      + Matrix3(random.vector(within: 0.2), random.vector(within: 0.2), .zero)
  }

  /// One step of chance for either filter: expects that both move alike.
  private func step(
    _ tested: inout LevelBiasCovariance, _ dense: inout DenseFilter, _ random: inout SeededRandom
  ) {
    let axis = random.direction()
    let (innovation, variance) = (random.within(0.5), Double.random(in: 1e-4...0.1, using: &random))
    switch Int.random(in: 0..<9, using: &random) {
    case 0...2:
      let turning = matrix(&random)
      tested.advance(turning: turning, biasVariance: variance * 0.01)
      dense.advance(turning: turning, biasVariance: variance * 0.01)
    case 3...4:
      let moved = tested.observeLevel(about: axis, innovation: innovation, variance: variance)
      let h = [axis.x, axis.y, axis.z, 0, 0, 0]
      #expect(isClose(moved.state, dense.observe(h, innovation: innovation, variance: variance)))
    case 5...6:
      let moved = tested.observeBias(along: axis, innovation: innovation, variance: variance)
      let h = [0, 0, 0, axis.x, axis.y, axis.z]
      #expect(isClose(moved.state, dense.observe(h, innovation: innovation, variance: variance)))
    case 7:
      tested.beginLevel(variance: variance)
      dense.beginLevel(variance: variance)
    default:
      tested.doubtBias(variance: variance)
      dense.doubtBias(variance: variance)
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func agreesWithATextbooksFilter(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var tested = LevelBiasCovariance(bias: 0.2)
    var dense = DenseFilter(bias: 0.2)
    for _ in 0..<60 {
      step(&tested, &dense, &random)
      #expect((tested.biasVariance - dense.biasVariance).magnitude < 1e-9)
      for (row, expected) in zip(tested.dense, dense.covariance) { #expect(isClose(row, expected)) }
    }
  }

  @Test func startsWithWhatItIsGiven() {
    let covariance = LevelBiasCovariance(bias: 0.1)
    #expect((covariance.biasVariance - 0.03).magnitude < 1e-15)
    let expected: [Double] = [0, 0, 0, 0.01, 0.01, 0.01]
    for (row, values) in covariance.dense.enumerated() {
      #expect(isClose(values, (0..<6).map { $0 == row ? expected[row] : 0 }, 1e-15))
    }
  }

  /// A thousand seconds of advance and measurement: rounding leaves a covariance a covariance.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func staysSymmetricAndPositive(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var covariance = LevelBiasCovariance(bias: 0.2)
    for second in 0..<1000 {
      covariance.advance(turning: random.rotation().matrix, biasVariance: 3e-8)
      for _ in 0..<2 {
        _ = covariance.observeLevel(about: random.direction(), innovation: 0, variance: 2.6e-5)
      }
      _ = covariance.observeBias(along: random.direction(), innovation: 0, variance: 7.6e-5)
      guard second % 20 == 0 else { continue }
      let dense = covariance.dense
      for row in 0..<6 { #expect(isClose(dense[row], dense.map { $0[row] }, 1e-14)) }
      #expect(isPositive(dense))
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func aMeasurementMakesNothingLessCertain(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var covariance = LevelBiasCovariance(bias: 0.2)
    for _ in 0..<50 {
      covariance.advance(turning: matrix(&random), biasVariance: 1e-4)
      let before = covariance.dense
      let variance = Double.random(in: 1e-6...1, using: &random)
      if Bool.random(using: &random) {
        _ = covariance.observeLevel(about: random.direction(), innovation: 1, variance: variance)
      } else {
        _ = covariance.observeBias(along: random.direction(), innovation: 1, variance: variance)
      }
      let after = covariance.dense
      for state in 0..<6 { #expect(after[state][state] <= before[state][state] + 1e-15) }
    }
  }

  @Test func anotherLevelKeepsTheBias() {
    var random = SeededRandom(seed: 1)
    var covariance = LevelBiasCovariance(bias: 0.2)
    covariance.advance(turning: matrix(&random), biasVariance: 1e-4)
    _ = covariance.observeLevel(about: random.direction(), innovation: 0, variance: 1e-3)
    let before = covariance
    covariance.beginLevel(variance: 0.0625)
    #expect(covariance.biasVariance == before.biasVariance)
    for row in 3..<6 {
      #expect(isClose(Array(covariance.dense[row][3...]), Array(before.dense[row][3...]), 1e-15))
    }
    let moved = covariance.observeLevel(
      about: Direction(0, 0, 1), innovation: 0.1, variance: 0.0625)
    #expect(isClose(moved.state, [0, 0, 0.05, 0, 0, 0], 1e-15))
  }

  @Test func aTurnOfTheLevelTellsOfTheBiasThatTurnsIt() {
    var covariance = LevelBiasCovariance(bias: 0.2)
    let frame = turn(of: .pi / 2, about: Direction(0, 0, 1)).matrix
    covariance.advance(turning: frame, biasVariance: 0)
    // The sensor's x axis is the frame's y axis.
    let moved = covariance.observeLevel(about: Direction(0, 1, 0), innovation: 0.1, variance: 1e-12)
    #expect((moved.bias - AngularVelocity(0.1, 0, 0)).length < 1e-9)
    #expect((moved.level - Direction(0, 0.1, 0)).length < 1e-9)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func theLevelsVarianceIsThatAboutTheAxis(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var covariance = LevelBiasCovariance(bias: 0.2)
    covariance.beginLevel(variance: 0.01)
    covariance.advance(turning: matrix(&random), biasVariance: 0)
    _ = covariance.observeLevel(about: random.direction(), innovation: 0, variance: 1e-3)
    let axis = random.direction()
    let h = [axis.x, axis.y, axis.z]
    let seen = covariance.dense[..<3].map { zip($0, h).reduce(0) { $0 + $1.0 * $1.1 } }
    let expected = zip(seen, h).reduce(0) { $0 + $1.0 * $1.1 }
    #expect((covariance.levelVariance(about: axis) - expected).magnitude < 1e-15)
  }

  @Test func aDoubtAddsToEveryAxisOfTheBiasAlone() {
    var covariance = LevelBiasCovariance(bias: 0.1)
    covariance.advance(turning: .diagonal(1), biasVariance: 0)
    covariance.doubtBias(variance: 0.04)
    let dense = covariance.dense
    for index in 0..<3 {
      #expect((dense[index][index] - 0.01).magnitude < 1e-15)
      #expect((dense[index][index + 3] - 0.01).magnitude < 1e-15)
      #expect((dense[index + 3][index + 3] - 0.05).magnitude < 1e-15)
    }
  }

  @Test func correctionsAddUp() {
    var covariance = LevelBiasCovariance(bias: 0.2)
    covariance.advance(turning: .diagonal(1), biasVariance: 0)
    let first = covariance.observeLevel(about: Direction(1, 0, 0), innovation: 0.1, variance: 0.01)
    let second = covariance.observeBias(
      along: Direction(0, 0.6, 0.8), innovation: 0.2, variance: 0.01)
    var sum = first
    sum += second
    #expect(sum.state == zip(first.state, second.state).map { $0 + $1 })
  }
}
