// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct HapticPatternTests {
  private static let patterns: [(String, HapticPattern, [Int64])] = [
    ("nudge", HapticPatterns().nudge, [0, 150, 300, 450]),
    ("reminder", HapticPatterns().reminder, [0, 150, 300, 450, 600, 750]),
    ("acknowledgement", HapticPatterns().acknowledgement, [0, 80]),
  ]

  /// The edges are at these milliseconds, on and off in turn; the last one is the pattern's end.
  @Test(arguments: patterns)
  func edgesAreWhereTheyAreSaid(name: String, pattern: HapticPattern, edges: [Int64]) throws {
    for (index, edge) in edges.enumerated().dropLast() {
      for time in [edge * 1000, edge * 1000 + 1, edges[index + 1] * 1000 - 1] {
        let output = try #require(pattern.output(after: Interval(microseconds: time)))
        #expect(output.percent == (index.isMultiple(of: 2) ? 100 : 0))
        #expect(output.until == .milliseconds(edges[index + 1]))
      }
    }
    #expect(pattern.length == .milliseconds(edges[edges.count - 1]))
    #expect(pattern.output(after: pattern.length) == nil)
    #expect(pattern.output(after: .seconds(1000)) == nil)
    #expect(pattern.output(after: Interval(microseconds: -1)) == nil)
  }

  @Test func silenceIsOverAtOnce() {
    #expect(HapticPattern().output(after: .zero) == nil)
    #expect(HapticPattern().length == .zero)
    #expect(HapticPattern().count == 0)
  }

  /// 20 to 100 % in 100 ms: 8, 24, 40, 56 and 72 percent further on, in the middles of five pieces.
  @Test func aRampHasTheLevelOfTheMiddleOfEachPiece() throws {
    let pattern = HapticPattern().gap(.milliseconds(30)).ramp(.milliseconds(100), from: 20, to: 100)
    for (piece, percent) in ([28, 44, 60, 76, 92] as [UInt8]).enumerated() {
      let (from, to) = (30_000 + Int64(piece) * 20_000, 50_000 + Int64(piece) * 20_000)
      for time in [from, from + 1, to - 1] {
        let output = try #require(pattern.output(after: Interval(microseconds: time)))
        #expect(output.percent == percent)
        #expect(output.until == Interval(microseconds: to))
      }
    }
    #expect(pattern.output(after: .milliseconds(130)) == nil)
  }

  /// The last piece is what is left over.
  @Test func aFallingRampOfOddLengthEndsInAShortPiece() throws {
    let pattern = HapticPattern().ramp(.milliseconds(50), from: 100, to: 50)
    let seen = try [0, 20, 40].map { try #require(pattern.output(after: .milliseconds($0))) }
    #expect(seen.map(\.percent) == [90, 70, 55])
    #expect(seen.map(\.until) == [.milliseconds(20), .milliseconds(40), .milliseconds(50)])
  }

  /// Sampled every millisecond, and compared with the straight lines that the steps are.
  @Test(arguments: 0..<200)
  func itIsWhereALineIs(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pattern = HapticPattern.any(&random)
    var begun: Int64 = 0
    for index in 0..<pattern.count {
      let step = pattern[index]
      let length = step.duration.microseconds
      for time in stride(from: 0, to: length, by: 1000) {
        let output = try #require(pattern.output(after: Interval(microseconds: begun + time)))
        let middle =
          step.start == step.end ? 0 : min(time / 20_000 * 20_000 + 10_000, (time / 20_000 * 20_000 + length) / 2)
        let exact = Double(step.start) + (Double(step.end) - Double(step.start)) * Double(middle) / Double(length)
        #expect((Double(output.percent) - exact).magnitude <= 0.5)
        let end = step.start == step.end ? length : min(time / 20_000 * 20_000 + 20_000, length)
        #expect(output.until.microseconds == begun + end)
      }
      begun += length
    }
    #expect(pattern.length.microseconds == begun)
    #expect(pattern.output(after: pattern.length) == nil)
  }

  @Test func scalingLeavesTheRhythm() {
    let pattern = HapticPattern().pulse(.milliseconds(100)).gap(.milliseconds(60)).ramp(
      .milliseconds(80), from: 10, to: 45)
    #expect(pattern.scaled(by: 100) == pattern)
    let half = pattern.scaled(by: 50)
    #expect(half.count == 3)
    #expect([0, 1, 2].map { half[$0].duration } == [0, 1, 2].map { pattern[$0].duration })
    #expect([0, 1, 2].map { half[$0].start } == [50, 0, 5])
    #expect([0, 1, 2].map { half[$0].end } == [50, 0, 23])
    // As weak as it may be, on is on; and never more than full.
    #expect([0, 1, 2].map { pattern.scaled(by: 1)[$0].start } == [1, 0, 1])
    #expect([0, 1, 2].map { pattern.scaled(by: 255)[$0].end } == [100, 0, 100])
    #expect(pattern.scaled(by: 0) == HapticPattern())
  }

  @Test func patternsAreEqualByWhatIsFelt() {
    let pattern = HapticPattern().pulse(.milliseconds(100), 50).gap(.milliseconds(50))
    #expect(pattern == HapticPattern().ramp(.milliseconds(100), from: 50, to: 50).gap(.milliseconds(50)))
    for other in [
      HapticPattern(), HapticPattern().pulse(.milliseconds(100), 50),
      HapticPattern().pulse(.milliseconds(100), 51).gap(.milliseconds(50)),
      HapticPattern().pulse(.milliseconds(101), 50).gap(.milliseconds(50)),
      HapticPattern().ramp(.milliseconds(100), from: 50, to: 51).gap(.milliseconds(50)),
      pattern.pulse(.milliseconds(20)),
    ] {
      #expect(pattern != other)
    }
  }

  /// All that is allowed may be asked for.
  @Test func theLimitsThemselvesAreAllowed() {
    var longest = HapticPattern().pulse(.milliseconds(400)).ramp(.milliseconds(600), from: 10, to: 100)
    #expect(longest.lastOn == .seconds(1))
    longest.append(HapticPattern.Step(.seconds(4), from: 0, to: 0))
    #expect(longest.length == .seconds(5))
    #expect(longest.lastOn == .zero)
    var many = HapticPattern()
    for _ in 0..<6 { many = many.pulse(.milliseconds(20)).gap(.milliseconds(20)) }
    #expect(many.count == 12)
  }

  @Test func whatIsBeyondThemStops() async {
    await #expect(processExitsWith: .failure) { _ = HapticPattern().pulse(Interval(microseconds: 19_999)) }
    await #expect(processExitsWith: .failure) { _ = HapticPattern().pulse(Interval(microseconds: 1_000_001)) }
    await #expect(processExitsWith: .failure) {
      _ = HapticPattern().pulse(.milliseconds(600)).ramp(.milliseconds(401), from: 20, to: 50)
    }
    await #expect(processExitsWith: .failure) { _ = HapticPattern().pulse(.milliseconds(100), 9) }
    await #expect(processExitsWith: .failure) { _ = HapticPattern().ramp(.milliseconds(100), from: 0, to: 50) }
    await #expect(processExitsWith: .failure) { _ = HapticPattern().ramp(.milliseconds(100), from: 50, to: 101) }
    await #expect(processExitsWith: .failure) { _ = HapticPattern().gap(Interval(microseconds: 5_000_001)) }
    await #expect(processExitsWith: .failure) {
      var many = HapticPattern()
      for _ in 0..<13 { many = many.gap(.milliseconds(20)) }
    }
    await #expect(processExitsWith: .failure) { _ = HapticPattern()[0] }
  }
}

@Suite struct HapticPatternsTests {
  private static let kinds: [Cue.Kind] = (0...UInt8.max).compactMap(Cue.Kind.init)

  @Test func everyCueCanBeFelt() {
    #expect(Self.kinds.count == 14)
    for kind in Self.kinds { #expect(HapticPatterns()[kind].count > 0) }
  }

  /// By the number of its pulses, by their lengths, or by whether they are as strong throughout.
  @Test func noTwoFeelAlike() {
    for (a, b) in Self.kinds.enumerated().flatMap({ index, a in Self.kinds[(index + 1)...].map { (a, $0) } }) {
      let (one, other) = (HapticPatterns()[a].felt, HapticPatterns()[b].felt)
      let areAlike =
        one.count == other.count
        && zip(one, other).allSatisfy { $0.slope == $1.slope && ($0.length - $1.length).magnitude < 150 }
      #expect(!areAlike, "\(a) and \(b)")
    }
  }

  @Test func praiseIsSofterThanANudge() throws {
    let levels = HapticPatterns().wellDone.felt.map(\.highest)
    #expect(try #require(levels.max()) <= 60)
    #expect(HapticPatterns().nudge.felt.allSatisfy { $0.highest == 100 })
  }

  /// The subscript and the properties are the same patterns.
  @Test func eachCueHasItsOwn() {
    let paths: [(WritableKeyPath<HapticPatterns, HapticPattern>, Cue.Kind)] = [
      (\.nudge, .nudge), (\.reminder, .reminder), (\.wellDone, .wellDone), (\.acknowledgement, .acknowledgement),
      (\.refusal, .refusal), (\.bend, .bend), (\.question, .question), (\.paused, .paused), (\.resumed, .resumed),
      (\.breakReminder, .breakReminder), (\.step, .step), (\.tense, .tense), (\.release, .release),
      (\.finish, .finish),
    ]
    let strange = HapticPattern().gap(.milliseconds(33)).pulse(.milliseconds(44))
    for (path, kind) in paths {
      var patterns = HapticPatterns()
      patterns[keyPath: path] = strange
      #expect(patterns != HapticPatterns())
      for other in Self.kinds { #expect((patterns[other] == strange) == (other == kind)) }
    }
  }
}

extension HapticPattern {
  /// Each piece that is on: how long, in milliseconds, whether it rises or falls, and its highest level.
  fileprivate var felt: [(length: Int64, slope: Int, highest: UInt8)] {
    (0..<count).map { self[$0] }.filter { !$0.isGap }
      .map { ($0.duration.microseconds / 1000, (Int($0.end) - Int($0.start)).signum(), max($0.start, $0.end)) }
  }

  /// One of all that can be made.
  static func any(_ random: inout SeededRandom) -> HapticPattern {
    var pattern = HapticPattern()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let room = HapticPattern.longestLength - pattern.length
      let on = HapticPattern.longestOn - pattern.lastOn
      let isGap = Int.random(in: 0...2, using: &random) == 0
      let most = min(isGap ? room : min(on, room), .milliseconds(700)).microseconds
      guard most >= 20_000 else { continue }
      let duration = Interval(microseconds: Int64(Int.random(in: 20_000...Int(most), using: &random)))
      func level() -> UInt8 { .random(in: 10...100, using: &random) }
      pattern = isGap ? pattern.gap(duration) : pattern.ramp(duration, from: level(), to: level())
    }
    return pattern
  }
}
