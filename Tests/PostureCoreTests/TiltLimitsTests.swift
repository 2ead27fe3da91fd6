// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct TiltLimitsTests {
  /// The defaults: flexion 15 and 10 degrees, lateral 12 and 8, backward 20 and 15.
  private static let directions: [(lean: Lean, enter: Double, leave: Double)] = [
    (.forward, 15, 10), (.backward, 20, 15), (.left, 12, 8), (.right, 12, 8),
  ]

  private func tilt(_ lean: Lean, _ degrees: Double) -> Tilt {
    switch lean {
    case .forward: Tilt(flexion: .degrees(degrees), lateral: .zero, total: .degrees(degrees))
    case .backward: Tilt(flexion: .degrees(-degrees), lateral: .zero, total: .degrees(degrees))
    case .left: Tilt(flexion: .zero, lateral: .degrees(degrees), total: .degrees(degrees))
    case .right: Tilt(flexion: .zero, lateral: .degrees(-degrees), total: .degrees(degrees))
    }
  }

  @Test(arguments: directions)
  func eachDirectionHasItsOwn(lean: Lean, enter: Double, leave: Double) {
    let limits = TiltLimits()
    #expect(!limits.isEntered(tilt(lean, enter)))
    #expect(limits.isEntered(tilt(lean, enter + 0.01)))
    #expect(!limits.isLeft(tilt(lean, leave)))
    #expect(limits.isLeft(tilt(lean, leave - 0.01)))
    // In between neither: a lean goes on, and none begins.
    #expect(!limits.isEntered(tilt(lean, leave + 1)) && !limits.isLeft(tilt(lean, leave + 1)))
    #expect(limits.lean(of: tilt(lean, enter + 1)) == lean)
    #expect(limits.enter(lean) == .degrees(enter))
  }

  @Test func oneDirectionIsEnoughToEnterAndAllAreNeededToLeave() {
    let limits = TiltLimits()
    func tilt(_ flexion: Double, _ lateral: Double) -> Tilt {
      Tilt(flexion: .degrees(flexion), lateral: .degrees(lateral), total: .degrees(15))
    }
    #expect(limits.isEntered(tilt(0, -12.1)))
    #expect(!limits.isEntered(tilt(14.9, -11.9)))
    #expect(!limits.isLeft(tilt(9, 8.1)))
    #expect(!limits.isLeft(tilt(10.1, 7)))
    #expect(limits.isLeft(tilt(9.9, 7.9)))
  }

  /// Thirteen degrees to the side are more of 12 than 16 forward of 15.
  @Test func theLeanIsTheDirectionExceededByMost() {
    let limits = TiltLimits()
    func lean(_ flexion: Double, _ lateral: Double) -> Lean {
      limits.lean(of: Tilt(flexion: .degrees(flexion), lateral: .degrees(lateral), total: .degrees(20)))
    }
    #expect(lean(16, 13) == .left)
    #expect(lean(16, -13) == .right)
    #expect(lean(17, 13) == .forward)
    #expect(lean(-21, 13) == .left)
    #expect(lean(-23, 13) == .backward)
    #expect(lean(0, 0) == .forward)
  }

  @Test func areOrderedInEachDirection() {
    #expect(TiltLimits().areOrdered)
    let wrong = TiltLimits.Limit(enter: .degrees(5), leave: .degrees(6))
    for direction in [\TiltLimits.flexion, \TiltLimits.lateral, \TiltLimits.backward] {
      var limits = TiltLimits()
      limits[keyPath: direction] = wrong
      #expect(!limits.areOrdered)
    }
  }
}
