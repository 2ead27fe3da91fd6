// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct LyingDetectorTests {
  /// Held tilts, each from a time on, and what is said at the end of each.
  fileprivate struct Course: CustomTestStringConvertible {
    var name: String
    var turns: [(seconds: Double, tilt: Tilt?, isLying: Bool)]

    init(_ name: String, _ turns: (seconds: Double, tilt: Tilt?, isLying: Bool)...) {
      (self.name, self.turns) = (name, turns)
    }
    var testDescription: String { name }
  }

  /// The defaults: 52 degrees for 2 s, forward 68 for 8 s; back within 45 for 1 s.
  fileprivate static let courses = [
    Course(
      "on the back", (0, tilt(flexion: -80), false), (1.99, tilt(flexion: -80), false), (2, tilt(flexion: -80), true)),
    Course("on a side", (0, tilt(lateral: 53), false), (2, tilt(lateral: 53), true)),
    Course("leaning on an elbow", (0, tilt(lateral: 51), false), (100, tilt(lateral: -51), false)),
    Course("deep in a chair", (0, tilt(flexion: -51), false), (100, tilt(flexion: -51), false)),
    Course("picking something up", (0, tilt(flexion: 90), false), (7.99, tilt(flexion: 90), false)),
    Course(
      "on the belly", (0, tilt(flexion: 69), false), (7.99, tilt(flexion: 69), false), (8, tilt(flexion: 69), true)),
    Course("bent over", (0, tilt(flexion: 67), false), (100, tilt(flexion: 67), false)),
    Course(
      "a short one counts anew", (0, tilt(lateral: 60), false), (1.5, tilt(lateral: 40), false),
      (1.6, tilt(lateral: 60), false), (3.59, tilt(lateral: 60), false), (3.6, tilt(lateral: 60), true)),
    Course(
      "sitting up takes a second", (0, tilt(lateral: 80), false), (2, tilt(lateral: 80), true),
      (3, tilt(lateral: 44), true), (3.99, tilt(), true), (4, tilt(), false)),
    Course(
      "half up is still lying", (0, tilt(flexion: -80), false), (2, tilt(flexion: -80), true),
      (60, tilt(flexion: -46), true), (120, tilt(flexion: 50), true)),
    Course("turning over", (0, tilt(flexion: -80), false), (2, tilt(lateral: 70), true), (3, tilt(flexion: 80), true)),
    Course(
      "without a tilt nothing is known", (0, tilt(lateral: 80), false), (2, tilt(lateral: 80), true), (3, nil, false),
      (4, tilt(lateral: 80), false), (6, tilt(lateral: 80), true)),
  ]

  @Test(arguments: courses)
  fileprivate func goesItsWay(course: Course) {
    var detector = LyingDetector()
    for turn in course.turns {
      let isLying = detector.update(turn.tilt, at: at(turn.seconds))
      #expect(isLying == turn.isLying, "at \(turn.seconds) s")
    }
  }
}
