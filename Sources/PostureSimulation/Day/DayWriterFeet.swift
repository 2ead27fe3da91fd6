// SPDX-License-Identifier: MIT
import PostureCore

/// On one's feet, in the car and lying. Lengths in seconds.
extension DayWriter {
  /// Nobody gets up from a chair with an upright trunk: 30 to 40 degrees forward and back, in 2 to 3 s.
  mutating func standUp() {
    go(.bending, over: 0.7, stay: draw.number(2, 3), .rise(flexion: degrees(30, 40), height: 0.4)) {
      $0.flexion = 0
      $0.lateral = 0
      $0.shaking = .none
    }
  }

  mutating func sitDown() {
    go(.bending, over: 0.7, stay: draw.number(2, 3), .rise(flexion: degrees(30, 40), height: -0.4)) {
      $0.flexion = 0
      $0.lateral = 0
      $0.shaking = .none
    }
  }

  mutating func walk(for length: Double) {
    let (gait, flexion) = (gait(), degrees(1, 8))
    go(.walking, over: 1.2, stay: length) {
      $0.flexion = flexion
      $0.lateral = 0
      $0.shaking = gait
    }
  }

  private mutating func stop(for length: Double, _ label: DayLabel = .standing) {
    let flexion = degrees(-3, 4)
    go(label, over: 1, stay: length) {
      $0.flexion = flexion
      $0.shaking = .none
    }
  }

  private mutating func climb() {
    let (gait, flexion) = (stairs(), degrees(6, 20))
    go(.stairs, over: 1, stay: draw.number(8, 40)) {
      $0.flexion = flexion
      $0.shaking = gait
    }
  }

  mutating func walkAbout() {
    standUp()
    let end = now + draw.logarithmic(20, 600)
    while now < end {
      walk(for: min(max(end - now, 5), draw.number(20, 240)))
      if draw.chance(0.4) { climb() }
      if draw.chance(0.4) { stop(for: draw.number(3, 20)) }
    }
    sitDown()
  }

  /// At a counter, in a queue: some degrees to and fro, a few steps now and then.
  mutating func standAbout() {
    standUp()
    let end = now + draw.number(60, 480)
    while now < end {
      switch draw.whole(10) {
      case 0..<5: shiftWeight()
      case 5, 6:
        walk(for: draw.number(3, 8))
        shiftWeight()
      case 7: slouch(.standing, upTo: 30, atMost: 90)
      case 8: reach(.standing)
      default: lookAtPhone()
      }
    }
    sitDown()
  }

  private mutating func shiftWeight() {
    let (flexion, lateral) = (degrees(-4, 5), degrees(-5, 5))
    go(.standing, over: draw.number(0.8, 2), stay: draw.number(10, 40)) {
      $0.flexion = flexion
      $0.lateral = lateral
      $0.shaking = .none
    }
  }

  private mutating func lookAtPhone() {
    let flexion = degrees(10, 30)
    go(.phone, over: 1.5, stay: draw.logarithmic(10, 90)) {
      $0.flexion = flexion
      $0.shaking = .none
    }
    shiftWeight()
  }

  /// Things are picked up from the floor, one after another.
  mutating func tidyUp() {
    standUp()
    for _ in 0..<(3 + draw.whole(6)) {
      bendDown()
      if draw.chance(0.5) { walk(for: draw.number(3, 8)) }
      stop(for: draw.number(1, 6))
    }
    sitDown()
  }

  /// Flat or on a sofa, turning over now and then.
  mutating func lieDown() {
    let end = now + draw.number(300, 1800)
    standUp()
    walk(for: draw.number(5, 20))
    stop(for: 2, .lying)
    while now < end {
      let (flexion, lateral) = lyingPose()
      go(.lying, over: draw.number(2.5, 5), stay: draw.number(60, 480)) {
        $0.flexion = flexion
        $0.lateral = lateral
        $0.rest = 1
      }
      // Small movements: an arm, the head.
      for _ in 0..<draw.whole(4) {
        go(.lying, over: 0, stay: draw.number(1, 3), .excursion(flexion: degrees(-5, 5), lateral: degrees(-5, 5)))
        go(.lying, over: 0.5, stay: draw.number(5, 60))
      }
    }
    go(.lying, over: 4, stay: 2) {
      $0.flexion = 0
      $0.lateral = 0
      $0.rest = 0
    }
    if draw.chance(0.5) { walk(for: draw.number(5, 20)) }
    sitDown()
    settle()
  }

  private mutating func lyingPose() -> (flexion: Double, lateral: Double) {
    switch draw.whole(10) {
    case 0..<3: (degrees(-88, -75), degrees(-8, 8))
    case 3..<6: (degrees(-25, 15), eitherDegrees(72, 88))
    case 6: (degrees(75, 88), degrees(-8, 8))
    // Reclined on a sofa.
    default: (degrees(-75, -60), degrees(-10, 10))
    }
  }
}
