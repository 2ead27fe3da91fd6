// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

/// A chip that is worn or lies about.
struct NoiseGrade: CustomTestStringConvertible {
  var name: String
  var noise: Double
  var hasGyroscope: Bool
  var testDescription: String { name }

  static let all = [
    NoiseGrade(name: "as an MPU-6050", noise: 1, hasGyroscope: true),
    NoiseGrade(name: "three times its noise", noise: 3, hasGyroscope: true),
    NoiseGrade(name: "no gyroscope", noise: 1, hasGyroscope: false),
  ]
}

@Suite struct LifeDetectorTests {
  private func trunk(_ grade: NoiseGrade = NoiseGrade.all[0], seed: UInt64 = 1) -> Trunk {
    var trunk = Trunk()
    trunk.seed = seed
    trunk.noise = grade.noise
    trunk.hasGyroscope = grade.hasGyroscope
    return trunk
  }

  /// The times at which it changed its mind, in seconds.
  private func changes(_ detector: inout LifeDetector, _ samples: [InertialSample]) -> [Double] {
    var changes: [Double] = []
    var was = detector.isOffBody
    for sample in samples {
      let isOffBody = detector.update(sample)
      if isOffBody != was { changes.append((sample.time - at(0)).seconds) }
      was = isOffBody
    }
    return changes
  }

  @Test(arguments: NoiseGrade.all, [(0.15, 0.15), (0.15, 0.33), (0.3, 0.25), (0.5, 0.15), (0.5, 0.33)])
  func whoeverBreathesIsAlive(grade: NoiseGrade, breath: (degrees: Double, frequency: Double)) {
    for seed in 1...3 as ClosedRange<UInt64> {
      var trunk = self.trunk(grade, seed: seed)
      trunk.flexion = swing(breath.degrees, breath.frequency)
      var detector = LifeDetector()
      #expect(changes(&detector, trunk.samples(0, 120)) == [], "seed \(seed)")
      #expect(detector.isAlive)
    }
  }

  @Test(arguments: NoiseGrade.all)
  func aTableIsNobodyWithinHalfAMinute(grade: NoiseGrade) throws {
    for seed in 1...8 as ClosedRange<UInt64> {
      let trunk = self.trunk(grade, seed: seed)
      var detector = LifeDetector()
      let found = changes(&detector, trunk.samples(0, 60))
      try #require(found.count == 1, "seed \(seed)")
      #expect((20...30).contains(found[0]))
      #expect(!detector.isAlive)
    }
  }

  /// Somebody may wear it until the contrary is seen: 8 dead half seconds leave 4 of 12, from 2.5 s on.
  @Test func inDoubtItIsWorn() throws {
    var detector = LifeDetector()
    #expect(detector.isAlive)
    let trunk = self.trunk()
    var lost: Double?
    for sample in trunk.samples(0, 10) {
      _ = detector.update(sample)
      if !detector.isAlive { lost = lost ?? (sample.time - at(0)).seconds }
    }
    #expect(try #require(lost) == 6)
  }

  fileprivate struct Knock: CustomTestStringConvertible {
    var name: String
    /// Degrees as a function of the time, where the sensor lies.
    var turned: @Sendable (Double) -> Double = { _ in 0 }
    var at: [Double]
    var testDescription: String { name }
  }

  fileprivate static let knocks = [
    Knock(name: "a knock", at: [60.2]), Knock(name: "two knocks", at: [60.2, 61.7]),
    Knock(name: "at the border of a half second", at: [59.995]),
    Knock(name: "one that turns it", turned: { $0 < 60.25 ? 0 : 10 }, at: [60.2]),
    Knock(name: "one that rolls it over", turned: { $0 < 60.1 ? 0 : min(($0 - 60.1) * 300, 90) }, at: [60.2]),
  ]

  @Test(arguments: knocks)
  fileprivate func aKnockIsNobody(knock: Knock) {
    var trunk = self.trunk()
    var detector = LifeDetector()
    _ = changes(&detector, trunk.samples(0, 50))
    #expect(detector.isOffBody)
    trunk.flexion = knock.turned
    trunk.bounce = { time in
      knock.at.reduce(0) {
        $0 + (time >= $1 && time < $1 + 0.3 ? 8 * exp(-($1 - time) * -20) * sin((time - $1) * 200) : 0)
      }
    }
    #expect(changes(&detector, trunk.samples(50, 120)) == [])
  }

  @Test(arguments: NoiseGrade.all, [0.15, 0.5])
  func putOnItIsWornWithinTenSeconds(grade: NoiseGrade, degrees: Double) throws {
    var trunk = self.trunk(grade)
    var detector = LifeDetector()
    _ = changes(&detector, trunk.samples(0, 60))
    // Three seconds in the hands, and then on a breathing trunk.
    trunk.flexion = { $0 < 63 ? 40 * sin(($0 - 60) * 2) : 40 * sin(6) + swing(degrees, 0.25)($0) }
    let found = changes(&detector, trunk.samples(60, 180))
    try #require(found.count == 1)
    #expect(found[0] > 62 && found[0] < 70)
  }

  /// Nobody knows what happened in a gap: what held before it holds, and the patience begins anew.
  @Test func aGapKeepsWhatWasKnown() throws {
    var worn = LifeDetector()
    let trunk = self.trunk()
    _ = changes(&worn, trunk.samples(0, 20))
    let found = changes(&worn, trunk.samples(500, 600))
    try #require(found.count == 1)
    #expect(found[0] >= 520 && found[0] < 530)
    #expect(changes(&worn, trunk.samples(1000, 1060)) == [])
  }

  /// Life before a gap and life after it are not life for as long as the gap.
  @Test(arguments: [1.5, 30, 3600] as [Double])
  func aGapIsNotLife(gap: Double) throws {
    var trunk = self.trunk()
    var detector = LifeDetector()
    _ = changes(&detector, trunk.samples(0, 60))
    // Four lively half seconds; the first one after the gap makes it five.
    trunk.flexion = { $0 < 60.6 ? 0 : swing(3, 0.25)($0) }
    #expect(changes(&detector, trunk.samples(60, 62.6)) == [])
    let back = 62.6 + gap
    let found = changes(&detector, trunk.samples(back, back + 30))
    try #require(found.count == 1)
    #expect(found[0] >= back + 5 && found[0] < back + 8)
  }

  /// Where samples are computed nobody breathes.
  @Test func withoutPatienceItIsAlwaysWorn() {
    var parameters = LifeDetector.Parameters()
    parameters.patience = nil
    var detector = LifeDetector(parameters)
    let trunk = self.trunk()
    #expect(changes(&detector, trunk.samples(0, 120)) == [])
    #expect(detector.isAlive)
  }
}
