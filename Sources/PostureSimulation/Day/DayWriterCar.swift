// SPDX-License-Identifier: MIT
import PostureCore

/// A drive of 5 to 25 minutes. Lengths in seconds.
extension DayWriter {
  mutating func driveAway() {
    standUp()
    walk(for: draw.number(20, 90))
    let (road, end) = (road(), now + draw.number(300, 1500))
    getIn()
    while now < end { drive(on: road) }
    // Still sitting in the seat, the engine off.
    go(.car, over: 1, stay: draw.number(3, 10)) { $0.shaking = .none }
    standUp()
    walk(for: draw.number(20, 90))
    sitDown()
  }

  private mutating func getIn() {
    go(.bending, over: 1, stay: draw.number(2, 4), .rise(flexion: degrees(30, 50), height: -0.4)) {
      $0.flexion = 0
      $0.shaking = .none
    }
    sit(bent: degrees(-10, -5), .engine)
    go(.car, over: 0, stay: draw.number(5, 20))
  }

  /// A driver leans 5 to 10 degrees further back than upright, or slouches.
  private mutating func sit(bent flexion: Double, _ shaking: Shaking) {
    let lateral = degrees(-4, 4)
    go(.car, over: 2, stay: 1) {
      $0.flexion = flexion
      $0.lateral = lateral
      $0.shaking = shaking
    }
  }

  /// From one stop to the next.
  private mutating func drive(on road: Shaking) {
    if draw.chance(0.3) { sit(bent: draw.chance(0.5) ? degrees(8, 22) : degrees(-10, -5), pose.shaking) }
    // Drivers stay below 0.3 g, but for emergencies.
    push(road, forward: draw.number(0.08, 0.3), left: 0, for: draw.number(3, 8))
    for _ in 0...draw.whole(5) {
      go(.car, over: 1, stay: draw.number(8, 60)) { $0.shaking = road }
      if draw.chance(0.7) { push(road, forward: 0, left: draw.either(0.1, 0.3), for: draw.number(3, 10)) }
    }
    push(road, forward: -draw.number(0.08, 0.3), left: 0, for: draw.number(3, 8))
    go(.car, over: 1, stay: draw.number(5, 60)) { $0.shaking = .engine }
  }

  /// In g, at 5 to 20 m/s.
  private mutating func push(_ road: Shaking, forward: Double, left: Double, for length: Double) {
    let gesture = Gesture.drive(
      forward: forward * standardGravity, left: left * standardGravity, speed: draw.number(5, 20))
    go(.car, over: 0.8, stay: length, gesture) { $0.shaking = road }
  }
}
