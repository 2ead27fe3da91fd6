// SPDX-License-Identifier: MIT
import PostureCore

/// Writes the steps of a day: at the desk, and in between what else there is to do.
///
/// The errands come from two shuffled decks in turn, so that a day of some five hours holds each of them in sensible
/// proportion: about half of it at the desk.
struct DayWriter {
  private(set) var steps: [DayStep] = []
  private(set) var gaits: [IrregularGait] = []
  private(set) var roads: [Vibration] = []
  private(set) var pose = DayPose()
  private(set) var length = Interval.zero
  var draw: Draw
  /// Steps a second and m/s²: a person's own.
  private let cadence: Double
  private let strength: Double

  enum Errand: Sendable {
    case walk, phone, standing, tidying, meal, car, lying, offBody
  }

  init(_ random: CounterRandom) {
    draw = Draw(random, stream: 30)
    // From a stroll to a hurry; the vertical acceleration of the trunk grows with the cadence.
    cadence = draw.number(1.5, 2.2)
    strength = (1.1 + (cadence - 1.5) * 1.9) * draw.number(0.85, 1.15)
  }

  mutating func write(until end: Interval) {
    // Time for the gyroscope's bias and the reference posture.
    go(.desk, over: 1, stay: 74)
    var deck: [Errand] = []
    var isFirst = true
    while length < end {
      sitAtDesk(for: draw.logarithmic(240, 960))
      if deck.isEmpty {
        deck = shuffled(isFirst ? Self.firstDeck : Self.secondDeck)
        isFirst.toggle()
      }
      run(deck.removeLast())
    }
  }

  /// Some two and a half hours with the desk work between, and one of everything.
  private static var firstDeck: [Errand] {
    [.walk, .walk, .phone, .standing, .tidying, .meal, .car, .lying, .offBody]
  }
  private static var secondDeck: [Errand] {
    [.walk, .walk, .walk, .phone, .phone, .standing, .standing, .tidying, .car, .offBody]
  }

  private mutating func shuffled(_ deck: [Errand]) -> [Errand] {
    var deck = deck
    for index in stride(from: deck.count - 1, to: 0, by: -1) { deck.swapAt(index, draw.whole(index + 1)) }
    return deck
  }

  private mutating func run(_ errand: Errand) {
    switch errand {
    case .walk: walkAbout()
    case .phone: lookAtPhone(for: draw.logarithmic(60, 360))
    case .standing: standAbout()
    case .tidying: tidyUp()
    case .meal: eat()
    case .car: driveAway()
    case .lying: lieDown()
    case .offBody: takeOff()
    }
  }

  /// Seconds since the day's beginning.
  var now: Double { length.seconds }

  /// One step: changes the pose, reaches it after `over` seconds and stays for `stay` more, with a gesture.
  mutating func go(
    _ label: DayLabel, over: Double, stay: Double, _ gesture: Gesture = .none,
    _ change: (inout DayPose) -> Void = { _ in }
  ) {
    precondition(over >= 0 && stay >= 0 && over + stay > 0, "a step takes time")
    var next = pose
    change(&next)
    let step = DayStep(
      label: label, start: length, transition: over, stay: stay, from: pose, to: next, gesture: gesture)
    steps.append(step)
    pose = next
    length = step.end
  }

  /// A walk with the person's own gait; faster or slower by a share.
  mutating func gait(_ share: Double = 1) -> Shaking {
    // What walkers show: 1.4 to 2.3 steps a second and 0.9 to 3 m/s² at the trunk.
    let own = min(max(cadence * share * draw.number(0.95, 1.05), 1.4), 2.3)
    let force = min(max(strength * share * draw.number(0.9, 1.1), 0.9), 3)
    gaits.append(IrregularGait(cadence: own, strength: force, &draw))
    return .gait(gaits.count - 1)
  }

  /// Stairs are climbed more slowly than one walks on the level, and felt as much.
  mutating func stairs() -> Shaking {
    gaits.append(IrregularGait(cadence: draw.number(1.2, 1.7), strength: draw.number(1, 2), &draw))
    return .gait(gaits.count - 1)
  }

  /// Upward, on the seat of a car: 0.25 to 0.6 m/s² (root mean square), from a smooth road to a bad one.
  mutating func road() -> Shaking {
    roads.append(Vibration(.road, rms: draw.number(0.25, 0.6), &draw))
    return .road(roads.count - 1)
  }

  mutating func degrees(_ low: Double, _ high: Double) -> Double { Angle.degrees(draw.number(low, high)).radians }

  mutating func eitherDegrees(_ low: Double, _ high: Double) -> Double {
    Angle.degrees(draw.either(low, high)).radians
  }
}
