// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct CueGateTests {
  @Test func nothingIsInTheWay() {
    #expect(CueGate().obstacle(at: at(0)) == nil)
  }

  /// What the wearer asks for goes before what is counted, and each ends with its asking.
  @Test func whatIsAskedForIsAnObstacle() {
    var gate = CueGate()
    gate.note(at: at(0))
    #expect(gate.obstacle(at: at(1)) == .refractory)
    gate.silence(.snooze, until: at(100))
    #expect(gate.obstacle(at: at(1)) == .snoozed)
    gate.isQuiet = true
    #expect(gate.obstacle(at: at(1)) == .quiet)
    gate.set(.tracking)
    #expect(gate.obstacle(at: at(1)) == .tracking)
    gate.set(.training)
    gate.isQuiet = false
    gate.resume()
    #expect(gate.silence == nil)
    #expect(gate.obstacle(at: at(30)) == nil)
    var parameters = CueGate.Parameters()
    parameters.mode = .tracking
    #expect(CueGate(parameters).obstacle(at: at(0)) == .tracking)
  }

  @Test(arguments: [Silence.snooze, .pause])
  func aSilenceEndsByItself(silence: Silence) {
    var gate = CueGate()
    gate.silence(silence, until: at(600))
    var ends = [gate.expire(at: at(599.999999))]
    #expect(gate.silence == silence && gate.silenceEnd == at(600))
    #expect(gate.obstacle(at: at(599)) == .snoozed)
    ends += [gate.expire(at: at(600)), gate.expire(at: at(601))]
    #expect(ends == [false, true, false])
    #expect(gate.silence == nil && gate.obstacle(at: at(600)) == nil)
  }

  /// The later of two silences holds, be it the shorter.
  @Test func aSilenceReplacesTheOneBefore() {
    var gate = CueGate()
    gate.silence(.pause, until: at(600))
    gate.silence(.snooze, until: at(60))
    let ends = [gate.expire(at: at(59)), gate.expire(at: at(60)), gate.expire(at: at(600))]
    #expect(ends == [false, true, false])
  }

  @Test func twoCuesAreTwentySecondsApart() {
    var gate = CueGate()
    gate.note(at: at(10))
    #expect(gate.obstacle(at: at(29.999999)) == .refractory)
    #expect(gate.obstacle(at: at(30)) == nil)
  }

  @Test func theHourSlides() {
    var gate = CueGate()
    // Twelve cues: four at once, and then one every five minutes.
    for minute in [0, 1, 2, 3, 5, 10, 15, 20, 25, 30, 35, 40] { gate.note(at: at(Double(minute) * 60)) }
    #expect(gate.obstacle(at: at(3599.999999)) == .hourly)
    #expect(gate.obstacle(at: at(3600)) == nil)
    gate.note(at: at(3600))
    #expect(gate.obstacle(at: at(3659)) == .hourly)
    #expect(gate.obstacle(at: at(3660)) == nil)
  }

  /// Against a list of all cues given, of which no more than 60 ever matter.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func noHourHasMoreThanAllowed(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var parameters = CueGate.Parameters()
    parameters.mostPerHour = seed == 1 ? 60 : .random(in: 1...60, using: &random)
    parameters.refractory = .seconds(.random(in: 0...40, using: &random))
    var gate = CueGate(parameters)
    var given: [Timestamp] = []
    var refused = (hourly: 0, refractory: 0)
    var now = at(0)
    for _ in 0..<1500 {
      now = now + .seconds(.random(in: 0...90, using: &random))
      let isHourly = given.suffix(60).filter { now - $0 < .seconds(3600) }.count >= parameters.mostPerHour
      let isTooSoon = given.last.map { now - $0 < parameters.refractory } ?? false
      let expected: Suppression? = isHourly ? .hourly : isTooSoon ? .refractory : nil
      #expect(gate.obstacle(at: now) == expected)
      switch expected {
      case .hourly: refused.hourly += 1
      case .refractory: refused.refractory += 1
      default:
        gate.note(at: now)
        given.append(now)
      }
    }
    #expect(refused.hourly > 0 && given.count > 20)
  }

  /// 70, 85, 100 percent, and no more.
  @Test(arguments: [
    (70, 15, 100, [70, 85, 100, 100]), (70, 15, 80, [70, 80, 80, 80]), (70, 0, 100, [70, 70, 70, 70]),
    (90, 15, 50, [90, 90, 90, 90]), (100, 255, 255, [100, 255, 255, 255]), (0, 0, 0, [1, 1, 1, 1]),
  ])
  func intensityGrowsToItsCap(first: UInt8, escalation: UInt8, strongest: UInt8, expected: [UInt8]) {
    var parameters = CueGate.Parameters()
    (parameters.intensity, parameters.escalation, parameters.strongest) = (first, escalation, strongest)
    let gate = CueGate(parameters)
    #expect((0...3).map { gate.intensity(after: $0) } == expected)
  }

  @Test(arguments: [0, 61])
  func moreThanCanBeCountedStops(cues: Int) async {
    await #expect(processExitsWith: .failure) { [cues] in
      var parameters = CueGate.Parameters()
      parameters.mostPerHour = cues
      _ = CueGate(parameters)
    }
  }
}
