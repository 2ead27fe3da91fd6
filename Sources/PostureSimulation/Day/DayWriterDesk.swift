// SPDX-License-Identifier: MIT
import PostureCore

/// Sitting: work, telephone, meal. Lengths in seconds.
extension DayWriter {
  mutating func sitAtDesk(for length: Double) {
    let end = now + length
    while now < end {
      switch draw.whole(100) {
      case 0..<35: settle()
      case 35..<57: slouch(.desk)
      case 57..<67: leanSideways()
      case 67..<74: crossLegs()
      case 74..<81: leanBack()
      case 81..<93: reach(.desk)
      case 93..<96: bendDown()
      default: lookAtPhone(for: draw.logarithmic(20, 60))
      }
    }
  }

  /// Upright as one is: some degrees off, otherwise every 20 to 120 s.
  mutating func settle(_ label: DayLabel = .desk) {
    let (flexion, lateral) = (degrees(-3, 6), degrees(-3, 3))
    let shaking = label == .desk && draw.chance(0.6) ? Shaking.typing : .none
    go(label, over: draw.number(0.8, 3), stay: draw.number(15, 110)) {
      $0.flexion = flexion
      $0.lateral = lateral
      $0.shaking = shaking
    }
  }

  /// 12 to 45 degrees forward for 3 s to 8 min, come to slowly or fast.
  mutating func slouch(_ label: DayLabel, upTo most: Double = 45, atMost longest: Double = 480) {
    hold(label, over: draw.logarithmic(0.8, 60), for: draw.logarithmic(3, longest), degrees(12, most), degrees(-3, 3))
    settle(label)
  }

  private mutating func leanSideways() {
    let angle = eitherDegrees(8, 25)
    hold(.desk, over: draw.logarithmic(0.8, 10), for: draw.logarithmic(3, 180), degrees(-3, 8), angle)
    settle()
  }

  /// The pelvis tips, and with it the trunk.
  private mutating func crossLegs() {
    let angle = eitherDegrees(4, 9)
    hold(.desk, over: draw.number(1, 2), for: draw.number(60, 360), degrees(-3, 5), angle)
    settle()
  }

  private mutating func leanBack() {
    hold(.desk, over: draw.number(0.8, 4), for: draw.logarithmic(20, 240), degrees(-25, -8), degrees(-3, 3))
    settle()
  }

  /// Stays about a posture; nobody does without a small shift every 20 to 120 s.
  private mutating func hold(_ label: DayLabel, over: Double, for length: Double, _ flexion: Double, _ lateral: Double)
  {
    let end = now + over + length
    var first = true
    while true {
      let next = min(draw.number(20, 120), end - now - (first ? over : 1))
      guard next > 1 || first else { break }
      let (shiftForward, shiftAside) = first ? (0, 0) : (degrees(-2, 2), degrees(-1.5, 1.5))
      go(label, over: first ? over : 1, stay: max(next, 0.1)) {
        $0.flexion = flexion + shiftForward
        $0.lateral = lateral + shiftAside
      }
      first = false
    }
  }

  /// For something on the desk or beside it, and back, in 2 to 4 s.
  mutating func reach(_ around: DayLabel) {
    for _ in 0...draw.whole(3) {
      let (forward, aside) =
        draw.chance(0.6) ? (degrees(15, 40), degrees(-10, 10)) : (degrees(0, 20), eitherDegrees(15, 35))
      go(.reaching, over: 0, stay: draw.number(2, 4), .excursion(flexion: forward, lateral: aside))
      go(around, over: 0.5, stay: draw.number(1, 20))
    }
  }

  /// To the floor, 50 to 90 degrees in 2 to 6 s.
  mutating func bendDown() {
    go(.bending, over: 0, stay: draw.number(2, 6), .excursion(flexion: degrees(50, 90), lateral: degrees(-15, 15)))
  }

  /// 10 to 35 degrees forward, steadily.
  mutating func lookAtPhone(for length: Double) {
    hold(.phone, over: draw.number(1, 2.5), for: length, degrees(10, 35), degrees(-3, 3))
    settle()
  }

  /// Forward over the plate, the mouth dipping to the spoon every 4 to 8 s, with pauses.
  mutating func eat() {
    let end = now + draw.number(480, 1200)
    while now < end {
      let (flexion, lateral) = (degrees(8, 25), degrees(-3, 3))
      go(
        .meal, over: draw.number(1, 2), stay: draw.number(20, 90),
        .rhythm(flexion: degrees(4, 12), period: draw.number(4, 8))
      ) {
        $0.flexion = flexion
        $0.lateral = lateral
        $0.shaking = .none
      }
      if draw.chance(0.5) {
        let flexion = degrees(-8, 6)
        go(.meal, over: draw.number(1, 2), stay: draw.number(10, 60)) { $0.flexion = flexion }
        if draw.chance(0.4) { reach(.meal) }
      }
    }
    settle()
  }
}
