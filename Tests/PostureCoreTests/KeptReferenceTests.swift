// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct KeptReferenceTests {
  private typealias Billionths = KeptReference.Billionths

  /// Any up, and a forward across it from chance.
  private func posture(_ random: inout SeededRandom, axis: SensorAxis?) -> ReferencePosture {
    while true {
      if let posture = ReferencePosture(up: random.direction(), towards: random.direction(), forwardAxis: axis) {
        return posture
      }
    }
  }

  @Test func whatIsKeptComesBack() {
    var random = SeededRandom(seed: 1)
    for axis in [nil, SensorAxis.minusZ] {
      for _ in 0..<5000 {
        let before = posture(&random, axis: axis)
        let after = KeptReference(before).posture
        #expect((after.up - before.up).length < 1e-8)
        #expect((after.forward - before.forward).length < 1e-8)
        #expect((after.left - before.left).length < 1e-8)
        #expect(after.forwardAxis == axis)
      }
    }
  }

  /// What a file holds is what is used: written again, it is the same file.
  @Test func keepingItAgainChangesNothing() {
    var random = SeededRandom(seed: 2)
    for _ in 0..<5000 {
      let kept = KeptReference(posture(&random, axis: nil))
      let back = kept.posture
      #expect(KeptReference(back) == kept)
      #expect(KeptReference(up: kept.up, forward: kept.forward, forwardAxis: nil) == kept)
    }
  }

  @Test(arguments: [
    ("nothing", Billionths(0, 0, 0), Billionths(1_000_000_000, 0, 0)),
    ("no forward", Billionths(0, 0, 1_000_000_000), Billionths(0, 0, 0)),
    ("too short", Billionths(0, 0, 999_998_000), Billionths(1_000_000_000, 0, 0)),
    ("too long", Billionths(0, 0, 1_000_000_000), Billionths(1_000_002_000, 0, 0)),
    ("the greatest", Billionths(.max, .max, .max), Billionths(.min, .min, .min)),
    ("not at right angles", Billionths(0, 0, 1_000_000_000), Billionths(999_999_999, 0, 2000)),
    ("the same twice", Billionths(0, 0, 1_000_000_000), Billionths(0, 0, 1_000_000_000)),
  ])
  fileprivate func isNoReference(what: String, up: KeptReference.Billionths, forward: KeptReference.Billionths) {
    #expect(KeptReference(up: up, forward: forward, forwardAxis: nil) == nil)
  }

  @Test func whatIsADirectionToAMillionthIsTaken() {
    #expect(
      KeptReference(
        up: Billionths(0, 0, 999_999_500), forward: Billionths(1_000_000_000, 0, 900), forwardAxis: .plusX) != nil)
  }
}
