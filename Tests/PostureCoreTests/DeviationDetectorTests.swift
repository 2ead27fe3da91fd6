// SPDX-License-Identifier: MIT
import PostureCore
import Testing

/// One call of the detector, and what is expected of it.
private struct Turn {
  var seconds: Double
  var degrees: Double
  var context: Context
  var decision: String?
  var posture: Posture

  init(_ seconds: Double, _ degrees: Double, _ posture: Posture, _ decision: String? = nil, _ context: Context = .still)
  {
    (self.seconds, self.degrees, self.context) = (seconds, degrees, context)
    (self.decision, self.posture) = (decision, posture)
  }
}

private struct Course: CustomTestStringConvertible {
  var name: String
  var turns: [Turn]

  init(_ name: String, _ turns: Turn...) { (self.name, self.turns) = (name, turns) }
  var testDescription: String { name }
}

@Suite struct DeviationDetectorTests {
  /// The defaults: enter 15, leave 10 degrees, hold 10 s, remind after 60 s.
  private static let courses = [
    Course("upright stays upright", Turn(0, 0, .upright), Turn(1, 14.99, .upright), Turn(100, 14.99, .upright)),
    Course(
      "the hold is kept", Turn(0, 16, .leaning), Turn(9.99, 16, .leaning), Turn(10, 16, .deviated, "deviated 10000"),
      Turn(10.01, 16, .deviated)),
    Course("a lean too short", Turn(0, 16, .leaning), Turn(9.99, 9, .upright), Turn(10, 16, .leaning)),
    Course(
      "a new lean counts anew", Turn(0, 16, .leaning), Turn(5, 9, .upright), Turn(6, 16, .leaning),
      Turn(15.99, 16, .leaning), Turn(16, 16, .deviated, "deviated 10000")),
    Course(
      "between the limits a lean goes on", Turn(0, 16, .leaning), Turn(5, 10.01, .leaning),
      Turn(10, 10.01, .deviated, "deviated 10000"), Turn(20, 10.01, .deviated),
      Turn(21, 9.99, .upright, "recovered 21000"), Turn(22, 14.9, .upright)),
    Course(
      "between the limits none begins", Turn(0, 12, .upright), Turn(60, 14.9, .upright), Turn(61, 15.1, .leaning)),
    Course(
      "reminders", Turn(0, 20, .leaning), Turn(10, 20, .deviated, "deviated 10000"), Turn(69.99, 20, .deviated),
      Turn(70, 20, .deviated, "reminded 70000 #1"), Turn(129.99, 20, .deviated),
      Turn(130, 20, .deviated, "reminded 130000 #2"), Turn(131, 0, .upright, "recovered 131000"),
      Turn(132, 20, .leaning), Turn(142, 20, .deviated, "deviated 10000")),
    Course(
      "moving stops the count", Turn(0, 20, .leaning), Turn(9, 20, .leaning), Turn(9.5, 20, .leaning, nil, .moving),
      Turn(19.49, 20, .leaning), Turn(19.5, 20, .deviated, "deviated 10000")),
    Course(
      "while moving no deviation begins", Turn(0, 20, .leaning, nil, .moving),
      Turn(30, 20, .leaning, "suppressed 30000 by moving", .moving),
      Turn(60, 20, .leaning, nil, .moving), Turn(69.99, 20, .leaning), Turn(70, 20, .deviated, "deviated 10000")),
    Course(
      "a lean ends while moving", Turn(0, 20, .leaning), Turn(5, 9, .upright, nil, .moving), Turn(6, 12, .upright)),
    Course(
      "while moving no reminder", Turn(0, 20, .leaning), Turn(10, 20, .deviated, "deviated 10000"),
      Turn(70, 20, .deviated, nil, .moving), Turn(90, 20, .deviated, nil, .moving),
      Turn(91, 20, .deviated, "reminded 91000 #1"), Turn(150.99, 20, .deviated),
      Turn(151, 20, .deviated, "reminded 151000 #2")),
    Course(
      "a deviation ends while moving", Turn(0, 20, .leaning), Turn(10, 20, .deviated, "deviated 10000"),
      Turn(12, 5, .upright, "recovered 12000", .moving)),
    Course(
      "a limit itself is not beyond it", Turn(0, 15, .upright), Turn(1, 15.01, .leaning), Turn(2, 10, .leaning),
      Turn(3, 9.99, .upright)),
  ]

  @Test(arguments: courses)
  fileprivate func goesItsWay(course: Course) {
    var detector = DeviationDetector(.instant)
    #expect(detector.posture == .unknown)
    for turn in course.turns {
      let decision = detector.update(tilt(flexion: turn.degrees), turn.context, at: at(turn.seconds))
      #expect(name(decision) == turn.decision, "at \(turn.seconds) s")
      #expect(detector.posture == turn.posture, "at \(turn.seconds) s")
    }
  }

  /// From any posture: nothing is known, nothing is said, and a lean begins anew.
  @Test(arguments: [0, 5, 15] as [Double])
  func resettingForgets(after seconds: Double) {
    var detector = DeviationDetector(.holding)
    for tick in 0...Int(seconds) { _ = detector.update(tilt(flexion: 20), .still, at: at(Double(tick))) }
    detector.reset()
    #expect(detector.posture == .unknown)
    let decisions = [20, 29.99, 30].map { name(detector.update(tilt(flexion: 20), .still, at: at($0))) }
    #expect(decisions == [nil, nil, "deviated 10000"])
    detector.reset()
    let upright = detector.update(tilt(), .still, at: at(31))
    #expect(name(upright) == nil)
    #expect(detector.posture == .upright)
  }

  @Test func limitsAreParameters() {
    var parameters = DeviationDetector.Parameters.holding
    parameters.limits.flexion = .init(enter: .degrees(5), leave: .degrees(5))
    parameters.hold = .zero
    parameters.reminder = .seconds(2)
    var detector = DeviationDetector(parameters)
    let said = [(0.0, 6.0), (0.01, 6), (1, 6), (2.01, 6), (3, 4.9)].map {
      name(detector.update(tilt(flexion: $0.1), .still, at: at($0.0)))
    }
    #expect(said == [nil, "deviated 10", nil, "reminded 2010 #1", "recovered 3000"])
  }

  @Test func leavingAboveEnteringStops() async {
    await #expect(processExitsWith: .failure) {
      var parameters = DeviationDetector.Parameters.holding
      parameters.limits.flexion.leave = .degrees(16)
      _ = DeviationDetector(parameters)
    }
  }
}
