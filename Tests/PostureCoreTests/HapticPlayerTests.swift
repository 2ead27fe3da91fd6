// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct HapticPlayerTests {
  private static let patterns = HapticPatterns()
  private static let off = HapticPlayer.Output(percent: 0, until: nil)

  private func player(_ kind: Cue.Kind, at time: Timestamp) -> HapticPlayer {
    var player = HapticPlayer()
    player.play(Self.patterns[kind], for: kind, at: time)
    return player
  }

  /// Follows the player from one change to the next; times are milliseconds.
  private func play(_ player: inout HapticPlayer, from time: Timestamp) -> [Int64] {
    var now = time
    var edges: [Int64] = []
    var isOn = false
    while edges.count < 20 {
      let output = player.output(at: now)
      if (output.percent > 0) != isOn { edges.append(now.microseconds / 1000) }
      isOn = output.percent > 0
      guard let until = output.until else { return edges }
      #expect(until > now)
      now = until
    }
    return edges
  }

  @Test func itWalksFromEdgeToEdge() {
    var player = player(.nudge, at: at(7))
    #expect(play(&player, from: at(7)) == [7000, 7150, 7300, 7450])
    let after = player.output(at: at(8))
    #expect(after == Self.off)
  }

  @Test func onesThatWasToldNothingIsOff() {
    var player = HapticPlayer()
    let output = player.output(at: at(3))
    #expect(output == Self.off)
    player.play(HapticPattern(), for: .refusal, at: at(3))
    let silent = player.output(at: at(3))
    #expect(silent == Self.off)
  }

  @Test func whatIsOverStaysOver() {
    var player = player(.nudge, at: at(1))
    _ = player.output(at: at(2))
    let earlier = player.output(at: at(1.1))
    #expect(earlier == Self.off)
  }

  /// A moment later, so that the two are not felt as one.
  @Test func aCueThatIsPlayedIsBrokenOffByOneThatMattersMore() {
    var player = player(.reminder, at: at(1))
    let first = player.output(at: at(1.05))
    #expect(first == HapticPlayer.Output(percent: 100, until: at(1.15)))
    player.play(Self.patterns.acknowledgement, for: .acknowledgement, at: at(1.1))
    let pause = player.output(at: at(1.1))
    #expect(pause == HapticPlayer.Output(percent: 0, until: at(1.2)))
    let second = player.output(at: at(1.2))
    #expect(second == HapticPlayer.Output(percent: 100, until: at(1.28)))
    let third = player.output(at: at(1.28))
    #expect(third == Self.off)
    let fourth = player.output(at: at(1.35))
    #expect(fourth == Self.off)
  }

  private static let answers: [Cue.Kind] = [
    .acknowledgement, .refusal, .bend, .question, .paused, .resumed, .step, .tense, .release, .finish,
  ]
  private static let postures: [Cue.Kind] = [.nudge, .reminder, .wellDone]

  @Test func whatMattersLessIsNotFeltAndWhatMattersAsMuchIs() {
    let tiers = [[Cue.Kind.breakReminder], Self.postures, Self.answers]
    for (low, lower) in tiers.enumerated() {
      for (high, higher) in tiers.enumerated() {
        for (playing, asked) in lower.flatMap({ a in higher.map { (a, $0) } }) {
          var player = player(playing, at: at(1))
          player.play(Self.patterns[asked], for: asked, at: at(1.05))
          var expected = high >= low ? self.player(asked, at: at(1.15)) : self.player(playing, at: at(1))
          let (edges, wanted) = (play(&player, from: at(1.05)), play(&expected, from: at(1.05)))
          #expect(edges == wanted, "\(asked) during \(playing)")
        }
      }
    }
  }

  /// Two cues of one batch come at the same time: the first has not been felt, and needs no pause after it.
  @Test func whatHasNotBegunIsNotBrokenOff() {
    var player = player(.nudge, at: at(1))
    player.play(Self.patterns.wellDone, for: .wellDone, at: at(1))
    var alone = self.player(.wellDone, at: at(1))
    #expect(play(&player, from: at(1)) == play(&alone, from: at(1)))
    // Within the pause it comes when the other would have come.
    player = self.player(.nudge, at: at(2))
    player.play(Self.patterns.acknowledgement, for: .acknowledgement, at: at(2.1))
    player.play(Self.patterns.refusal, for: .refusal, at: at(2.15))
    #expect(play(&player, from: at(2.15)) == [2200, 2800])
  }

  @Test func whatIsOverHoldsNothingBack() {
    var player = player(.refusal, at: at(1))
    player.play(Self.patterns.breakReminder, for: .breakReminder, at: at(1.6))
    let output = player.output(at: at(1.6))
    #expect(output.percent == 40)
    // Silence in the place of an answer breaks off nothing.
    player.play(HapticPattern(), for: .acknowledgement, at: at(1.7))
    let after = player.output(at: at(1.7))
    #expect(after == HapticPlayer.Output(percent: 40, until: at(2.1)))
  }

  /// Cues at random times against what a list of them says, every millisecond.
  @Test(arguments: 0..<60)
  func itPlaysWhatAListOfCuesSays(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let kinds = Self.postures + Self.answers + [.breakReminder]
    func tier(_ kind: Cue.Kind) -> Int { kind == .breakReminder ? 0 : Self.postures.contains(kind) ? 1 : 2 }
    var player = HapticPlayer()
    var now: Int64 = 0
    var playing: (start: Int64, kind: Cue.Kind, pattern: HapticPattern)?
    for _ in 0..<30 {
      let kind = kinds[Int.random(in: 0...kinds.count - 1, using: &random)]
      let pattern = Self.patterns[kind].scaled(by: UInt8(Int.random(in: 1...100, using: &random)))
      player.play(pattern, for: kind, at: Timestamp(microseconds: now))
      if let current = playing, now < current.start + current.pattern.length.microseconds {
        if tier(kind) >= tier(current.kind) {
          playing = (current.start < now ? now + 100_000 : current.start, kind, pattern)
        }
      } else {
        playing = (now, kind, pattern)
      }
      let end = now + Int64(Int.random(in: 0...1200, using: &random)) * 1000
      while now < end {
        let expected =
          playing.flatMap { $0.pattern.output(after: Interval(microseconds: now - $0.start))?.percent } ?? 0
        let output = player.output(at: Timestamp(microseconds: now))
        #expect(output.percent == expected)
        now += 1000
      }
    }
  }
}
