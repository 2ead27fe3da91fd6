// SPDX-License-Identifier: MIT
import PostureCore
import Testing

/// One call of the detector, and what is expected of it.
private struct Turn {
  var seconds: Double
  var degrees: Double
  var context: Context
  var obstacle: Suppression?
  var decision: String?

  init(
    _ seconds: Double, _ degrees: Double, _ context: Context = .still, _ obstacle: Suppression? = nil,
    _ decision: String? = nil
  ) {
    (self.seconds, self.degrees, self.context, self.obstacle) = (seconds, degrees, context, obstacle)
    self.decision = decision
  }
}

private struct Course: CustomTestStringConvertible {
  var name: String
  var turns: [Turn]

  init(_ name: String, _ turns: Turn...) { (self.name, self.turns) = (name, turns) }
  var testDescription: String { name }
}

@Suite struct DeviationObstacleTests {
  /// The defaults: beyond 15 degrees for 10 s, left below 10, reminded of after 60 s, three times.
  private static let waits = [
    Course(
      "a cue that waits comes", Turn(0, 20), Turn(10, 20, .still, .refractory), Turn(14, 20, .still, .uncertain),
      Turn(15, 20, .still, nil, "deviated 15000"), Turn(16, 20)),
    Course(
      "bending on the way, it waits", Turn(0, 20, .bending), Turn(10, 25, .bending), Turn(12, 30, .bending),
      Turn(12.5, 30, .still, nil, "deviated 12500")),
    Course(
      "a cue that waits in vain is told of", Turn(0, 20), Turn(10, 20, .still, .refractory),
      Turn(15, 5, .still, .refractory, "suppressed 15000 by refractory"), Turn(16, 5)),
    Course(
      "the first reason is told", Turn(0, 20), Turn(10, 20, .still, .refractory), Turn(12, 20, .still, .offBody),
      Turn(15, 5, .still, nil, "suppressed 15000 by refractory")),
    Course(
      "before it is due there is nothing to tell", Turn(0, 20, .still, .refractory),
      Turn(9.99, 20, .still, .refractory),
      Turn(10, 5, .still, .refractory)),
    Course(
      "it waits, and the wearer walks away", Turn(0, 20), Turn(10, 20, .still, .refractory),
      Turn(12, 20, .walking, nil, "suppressed 12000 by refractory"), Turn(30, 20, .walking),
      Turn(31, 20), Turn(39.99, 20), Turn(40, 20, .still, nil, "deviated 10000")),
    Course(
      "it waits, and the wearer lies down", Turn(0, 20), Turn(10, 20, .still, .uncertain),
      Turn(12, 80, .lying, nil, "suppressed 12000 by uncertain"), Turn(60, 80, .lying)),
    Course(
      "it waits, and then there is a reason that stays", Turn(0, 20), Turn(10, 20, .still, .refractory),
      Turn(12, 20, .still, .quiet, "deviated 12000 without a cue: quiet"), Turn(13, 20)),
  ]

  private static let silent = [
    Course(
      "once, and then its end", Turn(0, 20), Turn(10, 20, .still, .tracking, "deviated 10000 without a cue: tracking"),
      Turn(11, 20, .still, .tracking), Turn(500, 20, .still, .tracking),
      Turn(501, 5, .still, .tracking, "recovered 501000")),
    Course(
      "the first cue comes a reminder's time later", Turn(0, 20),
      Turn(10, 20, .still, .snoozed, "deviated 10000 without a cue: snoozed"), Turn(30, 20), Turn(69.99, 20),
      Turn(70, 20, .still, nil, "reminded 70000 #1")),
    Course(
      "and waits while it may not", Turn(0, 20), Turn(10, 20, .still, .hourly, "deviated 10000 without a cue: hourly"),
      Turn(70, 20, .still, .hourly), Turn(90, 20, .bending), Turn(91, 20, .still, nil, "reminded 91000 #1"),
      Turn(150.99, 20), Turn(151, 20, .still, nil, "reminded 151000 #2")),
    Course(
      "what the wearer is about goes before what was asked for", Turn(0, 20, .bending),
      Turn(10, 20, .bending, .quiet), Turn(11, 5, .bending, .quiet, "suppressed 11000 by bending")),
  ]

  /// On two feet or in a seat a lean goes on, and its hold is counted from the last such sample; otherwise it begins.
  private static let ends =
    [Context.walking, .lying, .offBody, .transport].map {
      Course(
        "\($0) ends it", Turn(0, 20), Turn(10, 20, .still, nil, "deviated 10000"),
        Turn(12, 20, $0, nil, "ended 12000 by \($0)"), Turn(13, 20, $0), Turn(500, 20, $0),
        Turn(500.01, 20), Turn(509.99, 20),
        Turn(510.01, 20, .still, nil, "deviated 100\($0 == .walking || $0 == .transport ? 1 : 0)0"))
    } + [
      Course(
        "moving does not", Turn(0, 20), Turn(10, 20, .still, nil, "deviated 10000"), Turn(12, 20, .moving),
        Turn(60, 20, .moving), Turn(61, 5, .moving, nil, "recovered 61000"))
    ]

  /// What would have been decided if every context counted is told once a lean.
  private static let shadow = [
    Course(
      "once a lean", Turn(0, 20, .walking), Turn(9.99, 20, .walking),
      Turn(10, 20, .walking, nil, "suppressed 10000 by walking"), Turn(100, 20, .walking), Turn(200, 20, .transport)),
    Course(
      "and once the next", Turn(0, 20, .walking), Turn(10, 20, .walking, nil, "suppressed 10000 by walking"),
      Turn(11, 5, .walking), Turn(12, 20, .walking), Turn(22, 20, .walking, nil, "suppressed 10000 by walking")),
    Course(
      "not where it was decided", Turn(0, 20), Turn(10, 20, .still, nil, "deviated 10000"),
      Turn(11, 20, .walking, nil, "ended 11000 by walking"), Turn(100, 20, .walking)),
    Course(
      "in the context that it is due in", Turn(0, 20, .lying), Turn(9, 20, .walking),
      Turn(10, 20, .transport, nil, "suppressed 10000 by transport")),
    Course("not where the wearer comes back in time", Turn(0, 20, .walking), Turn(9.99, 5, .walking), Turn(20, 5)),
  ]

  private static let reminders = [
    Course(
      "three, and then it is the wearer's choice", Turn(0, 20), Turn(10, 20, .still, nil, "deviated 10000"),
      Turn(70, 20, .still, nil, "reminded 70000 #1"), Turn(130, 20, .still, nil, "reminded 130000 #2"),
      Turn(190, 20, .still, nil, "reminded 190000 #3"), Turn(250, 20), Turn(9000, 20),
      Turn(9001, 5, .still, nil, "recovered 9001000"), Turn(9002, 20), Turn(9012, 20, .still, nil, "deviated 10000"),
      Turn(9072, 20, .still, nil, "reminded 70000 #1"))
  ]

  @Test(arguments: waits + silent + ends + shadow + reminders)
  fileprivate func goesItsWay(course: Course) {
    var detector = DeviationDetector(.instant)
    for turn in course.turns {
      let decision = detector.update(
        tilt(flexion: turn.degrees), turn.context, obstacle: turn.obstacle, at: at(turn.seconds))
      #expect(name(decision) == turn.decision, "at \(turn.seconds) s")
    }
  }

  /// The praise goes by the last cue, and there is none where none was given.
  @Test(
    arguments: [(nil, 12, 2), (nil, 75, 5), (.quiet, 12, nil), (.quiet, 75, 5)] as [(Suppression?, Double, Double?)])
  func aRecoveryKnowsTheLastCue(obstacle: Suppression?, end: Double, expected: Double?) {
    var detector = DeviationDetector(.instant)
    for time in [0.0, 10, 70] where time < end {
      _ = detector.update(tilt(flexion: 20), .still, obstacle: time == 10 ? obstacle : nil, at: at(time))
    }
    guard case .recovered(_, let sinceCue) = detector.update(tilt(), .still, at: at(end)) else {
      Issue.record("not recovered")
      return
    }
    #expect(sinceCue == expected.map { .seconds($0) })
  }
}
