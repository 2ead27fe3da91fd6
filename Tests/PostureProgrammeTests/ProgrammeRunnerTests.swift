// SPDX-License-Identifier: MIT
import PostureCore
import PostureProgramme
import Testing

/// A day that a test leads a runner through: judged minutes, with the mode that is set.
private struct Led {
  var runner: ProgrammeRunner
  var mode = Mode.training
  /// Of each minute.
  var parts: [Part] = []
  var orders: [(minute: Int, mode: Mode)] = []
  /// Whether the plan wanted nothing in it.
  var idle: [Bool] = []

  init(_ plan: Plan, today: ProgrammeDay? = nil, mode: Mode = .training) {
    runner = ProgrammeRunner(plan, today: today ?? ProgrammeDay(plan.day))
    self.mode = mode
    obey(runner.begin())
  }

  mutating func obey(_ order: Mode?) {
    guard let order else { return }
    orders.append((parts.count, order))
    mode = order
  }

  mutating func wear(_ minutes: Int, judged: Int = 600, isSilenced: Bool = false) {
    for _ in 0..<minutes {
      let minute = ProgrammeMinute(
        runner.part, worn: 600, judged: judged, upright: judged * 9 / 10,
        silent: isSilenced || mode == .tracking ? judged : 0)
      parts.append(runner.part)
      idle.append(runner.isIdle)
      obey(runner.take(minute, mode: mode))
    }
  }

  /// How many minutes of each part followed each other.
  var runs: [String] {
    var runs: [(part: Part, count: Int)] = []
    for part in parts {
      if runs.last?.part == part { runs[runs.count - 1].count += 1 } else { runs.append((part, 1)) }
    }
    return runs.map { "\($0.part) \($0.count)" }
  }
}

struct ProgrammeRunnerTests {
  /// A training of so many minutes.
  private func plan(_ minutes: Int, probe: Bool = true) -> Plan {
    var rules = Rules(minutes: minutes...minutes)
    if !probe { rules.probeEvery = 1000 }
    var programme = Programme(rules)
    if !probe { programme.take(ProgrammeDay(0, judged: 900, probe: ProgrammeDay.Probe(judged: 900, upright: 900))) }
    return programme.plan(of: 1)
  }

  @Test func aDayBeginsWithFivePlainMinutesASilentProbeAndTheTraining() {
    var day = Led(plan(10))
    day.wear(60)
    #expect(day.runs == ["plain 5", "probe 15", "training 10", "plain 30"])
    #expect(day.idle == (0..<60).map { !(5..<30).contains($0) })
    #expect(day.orders.map(\.minute) == [0, 5, 20, 30])
    #expect(day.orders.map(\.mode) == [.tracking, .tracking, .training, .tracking])
    #expect(day.runner.today.training == ProgrammeDay.Training(done: 600, upright: 540, rested: 1800))
    #expect(day.runner.today.probe == ProgrammeDay.Probe(judged: 900, upright: 810))
    #expect(day.runner.stage == .done)
    #expect(day.runner.left == nil)
  }

  @Test func aDayWithoutAProbeBeginsWithTheTraining() {
    var day = Led(plan(10, probe: false), mode: .tracking)
    day.wear(20)
    #expect(day.runs == ["plain 5", "training 10", "plain 5"])
    #expect(day.orders.map(\.mode) == [.tracking, .training, .tracking])
  }

  @Test func halfAnHourOfWearLiesBetweenTwoSessions() {
    var day = Led(plan(60, probe: false))
    day.wear(5 + 20 + 30 + 20 + 30 + 20 + 10)
    #expect(
      day.runs == ["plain 5", "training 20", "plain 30", "training 20", "plain 30", "training 20", "plain 10"])
    #expect(day.runner.today.training.done == 3600)
  }

  @Test func onlyJudgedWearCountsHoweverLongItTakes() {
    var day = Led(plan(10))
    day.wear(100, judged: 0)
    #expect(day.runner.stage == .before)
    day.wear(10, judged: 300)
    #expect(day.runner.stage == .probe)
    #expect(day.runner.left == 900)
    day.wear(29, judged: 300)
    #expect(day.runner.left == 30)
  }

  @Test func whoeverIsSilencedTrainsLater() {
    var day = Led(plan(10, probe: false))
    day.wear(10)
    day.wear(60, isSilenced: true)
    #expect(day.runner.stage == .training(1))
    #expect(day.runner.left == 300)
    day.wear(5)
    #expect(day.runner.stage == .done)
    #expect(day.runner.today.training.done == 600)
  }

  @Test func whoeverEndsTheTrainingByHandIsObeyedUntilItWouldHaveEnded() {
    var day = Led(plan(40, probe: false))
    day.wear(10)
    day.mode = .tracking
    day.wear(15)
    #expect(day.runner.stage == .between)
    #expect(day.orders.map(\.minute) == [0, 5, 25])
    #expect(day.runner.today.training.done == 300)
    // The minute in which it was changed was begun as training.
    #expect(day.runs == ["plain 5", "training 6", "plain 14"])
    day.wear(30)
    #expect(day.orders.map(\.minute) == [0, 5, 25, 55])
    #expect(day.mode == .training)
  }

  @Test func whoeverWantsCuesInAProbeHasThemAndTheProbeIsNone() {
    var day = Led(plan(10))
    day.wear(6)
    day.mode = .training
    day.wear(14)
    #expect(day.runner.stage == .training(1))
    #expect(day.runner.today.probe.judged == 60)
    #expect(day.orders.map(\.minute) == [0, 5, 20])
  }

  @Test func whoeverTakesAChangeBackGoesOnWithTheBlock() {
    var day = Led(plan(10, probe: false))
    day.wear(7)
    day.mode = .tracking
    day.wear(3)
    day.mode = .training
    day.wear(5)
    #expect(day.runner.stage == .done)
    // Two before, and of the last five all but the first, which had begun as plain.
    #expect(day.runner.today.training.done == 360)
  }

  @Test func whoeverSetsAModeAfterAllOfItKeepsIt() {
    var day = Led(plan(10))
    day.wear(40)
    day.mode = .training
    day.wear(100)
    #expect(day.mode == .training)
    #expect(day.parts.suffix(99).allSatisfy { $0 == .plain })
  }

  @Test(arguments: [5, 10, 20, 30, 40, 60, 120], [true, false])
  func afterARestartAtAnyMinuteTheDayGoesOnWhereItWas(_ minutes: Int, _ probe: Bool) {
    let plan = plan(minutes, probe: probe)
    var whole = Led(plan)
    for _ in 0..<300 {
      let runner = whole.runner
      var restarted = ProgrammeRunner(plan, today: runner.today)
      let mode = restarted.begin()
      #expect(restarted.stage == runner.stage && restarted.left == runner.left)
      #expect(restarted.part == runner.part)
      #expect(mode == (runner.part == .training ? .training : .tracking))
      whole.wear(1)
    }
  }

  @Test func aSessionThatOverranByItsLastMinuteDoesNotBeginTheNextOne() {
    let day = ProgrammeDay(1, judged: 3000, training: ProgrammeDay.Training(done: 1259, upright: 1200))
    #expect(ProgrammeRunner(plan(40, probe: false), today: day).stage == .between)
  }

  /// Each by its own, which add up to more than a minute.
  @Test func sessionsThatOverranDoNotAddUpToTheNextOne() {
    let plan = plan(60, probe: false)
    var day = Led(plan)
    day.wear(5)
    for session in 1...2 {
      // 21 minutes of 58.8 s.
      day.wear(21, judged: 588)
      #expect(day.runner.today.training.sessions == Array(repeating: 1239, count: session))
      #expect(day.runner.stage == .between)
      let restarted = ProgrammeRunner(plan, today: day.runner.today)
      #expect(restarted.stage == .between && restarted.left == day.runner.left)
      day.wear(30)
    }
    // The first minute of the third one.
    #expect(day.runner.stage == .training(3))
    day.wear(1)
    let restarted = ProgrammeRunner(plan, today: day.runner.today)
    #expect(restarted.stage == .training(3) && restarted.left == day.runner.left)
  }

  @Test func aDayWithTrainingHasNoProbeAnyMore() {
    let day = ProgrammeDay(1, judged: 400, training: ProgrammeDay.Training(done: 60, upright: 60))
    let runner = ProgrammeRunner(plan(10), today: day)
    #expect(runner.stage == .training(1))
    #expect(runner.left == 540)
  }

  @Test(arguments: [
    (Part.probe, 600, 540, true), (.probe, 600, 539, false), (.training, 600, 60, true), (.training, 600, 61, false),
    (.plain, 600, 0, false),
  ])
  func aMinuteCountsAsWhatItWas(_ part: Part, _ judged: Int, _ silent: Int, _ counts: Bool) {
    var day = ProgrammeDay(0)
    day.add(ProgrammeMinute(part, worn: 600, judged: judged, upright: 400, silent: silent))
    #expect(day.worn == 60 && day.judged == 60)
    #expect(day.probe.judged + day.training.done == (counts ? 60 : 0))
    #expect(day.probe.upright + day.training.upright == (counts ? 40 : 0))
  }
}
