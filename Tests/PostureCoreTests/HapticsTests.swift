// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct HapticsTests {
  private static let patterns: [(String, HapticPattern, [Int64])] = [
    ("nudge", .nudge, [0, 150, 300, 450]),
    ("reminder", .reminder, [0, 150, 300, 450, 600, 750]),
    ("acknowledgement", .acknowledgement, [0, 80]),
  ]

  /// The edges are at these milliseconds, on and off in turn; the last one is the pattern's end.
  @Test(arguments: patterns)
  func edgesAreWhereTheyAreSaid(name: String, pattern: HapticPattern, edges: [Int64]) throws {
    for (index, edge) in edges.enumerated().dropLast() {
      for time in [edge * 1000, edge * 1000 + 1, edges[index + 1] * 1000 - 1] {
        let output = try #require(pattern.output(after: Interval(microseconds: time)))
        #expect(output.isOn == index.isMultiple(of: 2))
        #expect(output.until == .milliseconds(edges[index + 1]))
      }
    }
    #expect(pattern.output(after: .milliseconds(edges[edges.count - 1])) == nil)
    #expect(pattern.output(after: .seconds(1000)) == nil)
    #expect(pattern.output(after: Interval(microseconds: -1)) == nil)
  }

  @Test func aPatternOfNothingIsOverAtOnce() {
    #expect(HapticPattern(pulses: 0, on: .milliseconds(1), off: .milliseconds(1)).output(after: .zero) == nil)
    #expect(HapticPattern(pulses: 3, on: .zero, off: .zero).output(after: .zero) == nil)
  }

  /// Follows the player from one change to the next; times are milliseconds.
  private func play(_ player: inout HapticPlayer, from time: Timestamp) -> [Int64] {
    var now = time
    var edges: [Int64] = []
    var isOn = false
    while edges.count < 20 {
      let output = player.output(at: now)
      if output.isOn != isOn { edges.append(now.microseconds / 1000) }
      isOn = output.isOn
      guard let until = output.until else { return edges }
      #expect(until > now)
      now = until
    }
    return edges
  }

  @Test func thePlayerWalksFromEdgeToEdge() {
    var player = HapticPlayer()
    player.play(.nudge, at: at(7))
    #expect(play(&player, from: at(7)) == [7000, 7150, 7300, 7450])
    let after = player.output(at: at(8))
    #expect(after == HapticPlayer.Output(isOn: false, until: nil))
  }

  @Test func aPlayerThatWasToldNothingIsOff() {
    var player = HapticPlayer()
    let output = player.output(at: at(3))
    #expect(output == HapticPlayer.Output(isOn: false, until: nil))
  }

  @Test func aNewPatternReplacesTheOneBeingPlayed() {
    var player = HapticPlayer()
    player.play(.reminder, at: at(1))
    let first = player.output(at: at(1.05))
    #expect(first == HapticPlayer.Output(isOn: true, until: at(1.15)))
    player.play(.acknowledgement, at: at(1.1))
    let second = player.output(at: at(1.1))
    #expect(second == HapticPlayer.Output(isOn: true, until: at(1.18)))
    let third = player.output(at: at(1.18))
    #expect(third == HapticPlayer.Output(isOn: false, until: nil))
    let fourth = player.output(at: at(1.35))
    #expect(fourth == HapticPlayer.Output(isOn: false, until: nil))
  }

  @Test func whatIsOverStaysOver() {
    var player = HapticPlayer()
    player.play(.nudge, at: at(1))
    _ = player.output(at: at(2))
    let earlier = player.output(at: at(1.1))
    #expect(!earlier.isOn)
  }
}
