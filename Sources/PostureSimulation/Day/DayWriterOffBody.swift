// SPDX-License-Identifier: MIT
import PostureCore

/// The sensor is taken off, lies somewhere for 3 to 40 minutes, and is put on again. Lengths in seconds.
extension DayWriter {
  mutating func takeOff() {
    turnInHands(times: 2 + draw.whole(3))
    if draw.chance(0.3) { carry(for: draw.number(10, 60)) }
    let isInCar = draw.chance(0.15)
    layDown(onRoad: isInCar ? road() : nil)
    if draw.chance(0.3) { carry(for: draw.number(5, 30)) }
    turnInHands(times: 2 + draw.whole(3))
    putOn()
    settle()
  }

  private mutating func turnInHands(times: Int) {
    for _ in 0..<times {
      let (turn, lateral) = (degrees(-120, 120), degrees(-75, 75))
      go(.handling, over: draw.number(0.8, 2), stay: draw.number(0.2, 1.5)) {
        $0.flexion += turn
        $0.lateral = lateral
        $0.worn = 0
        $0.shaking = .hand
      }
    }
  }

  /// At most about 150 degrees a second on average, and a second at least.
  private func unhurried(to flexion: Double) -> Double {
    max(1, Angle(radians: (flexion - pose.flexion).magnitude).degrees / 150)
  }

  private mutating func carry(for length: Double) {
    guard case .gait(let number) = gait() else { return }
    let lateral = degrees(-60, 60)
    go(.handling, over: 1.2, stay: length) {
      $0.lateral = lateral
      $0.shaking = .handAndGait(number)
    }
  }

  private mutating func layDown(onRoad road: Shaking?) {
    let (flexion, lateral) = lyingOrientation()
    let end = now + draw.logarithmic(180, 2400)
    go(.handling, over: unhurried(to: flexion), stay: 0.1) {
      $0.flexion = flexion
      $0.lateral = lateral
      $0.shaking = .none
    }
    while now < end {
      let stay = min(draw.logarithmic(20, 600), max(end - now, 5))
      let shaking = road ?? (draw.chance(0.25) ? .typing : .none)
      let gesture = road == nil && draw.chance(0.3) ? Gesture.knocks(period: draw.logarithmic(3, 60)) : .none
      go(.offBody, over: 1, stay: stay, gesture) { $0.shaking = shaking }
    }
  }

  /// Flat, on edge, hung up nearly as it is worn, or anyhow.
  private mutating func lyingOrientation() -> (flexion: Double, lateral: Double) {
    switch draw.whole(20) {
    case 0..<8: (eitherDegrees(87, 93), degrees(-3, 3))
    case 8..<11: (degrees(177, 183), degrees(-3, 3))
    case 11..<14: (degrees(-3, 3), eitherDegrees(87, 90))
    case 14..<17: (degrees(-5, 5), degrees(-5, 5))
    default: (degrees(-180, 180), degrees(-75, 75))
    }
  }

  /// Where it was, or up to 5 degrees off, and pulled straight.
  private mutating func putOn() {
    let isOff = draw.chance(0.5)
    let (flexion, lateral) = isOff ? (degrees(-3.5, 3.5), degrees(-3.5, 3.5)) : (0, 0)
    go(.handling, over: unhurried(to: 0), stay: draw.number(2, 6)) {
      $0.flexion = 0
      $0.lateral = 0
      $0.seatFlexion = flexion
      $0.seatLateral = lateral
      $0.worn = 1
    }
    go(.handling, over: 1.5, stay: 0.5) { $0.shaking = .none }
  }
}
