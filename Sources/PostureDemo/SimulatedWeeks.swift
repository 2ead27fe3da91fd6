// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PostureHistory
import PostureProgramme
import PostureSimulation

/// Days of a simulated wearer as a history keeps them: drawn from a model, of no person and no sensor.
///
/// The same parameters give the same entries. Each day's training is what the programme plans after the days before. For whoever wants to see what the history, the programme and the report
/// make of weeks, without wearing anything for so long.
package struct SimulatedWeeks: Sendable {
  package struct Parameters: Sendable {
    package var first: CivilDate
    package var days: Int
    package var seed: UInt64
    package var temperament: SimulatedTrainee.Temperament
    /// Every day is worn so long, without an end and without trouble: for measurements. Nil for days as people have
    /// them.
    package var hoursADay: Int?

    package init(
      first: CivilDate, days: Int = 28, seed: UInt64 = 1, temperament: SimulatedTrainee.Temperament = .learner,
      hoursADay: Int? = nil
    ) {
      self.first = first
      self.days = days
      self.seed = seed
      self.temperament = temperament
      self.hoursADay = hoursADay
    }
  }

  /// The daemon from a start to its end.
  package struct Run: Sendable {
    package let run: RunRecord
    package let entries: [HistoryEntry]
  }

  /// Twenty minutes of training a day at least, so that four weeks have something to show.
  package static let rules = Rules(minutes: 20...60)
  /// What a run says of its sensor.
  package static let sensor = "none: drawn from a model"

  /// Cues are given in training alone; without a programme they are always.
  private var isProgrammed: Bool { parameters.hoursADay == nil }
  private let parameters: Parameters
  private let offset: @Sendable (Int) -> Int
  private var trainee: SimulatedTrainee
  private var programme = Programme(rules)

  /// - Parameter offset: seconds by which the place's clocks are ahead of universal time, at a time in seconds since
  ///   1970.
  package init(
    _ parameters: Parameters, offset: @escaping @Sendable (Int) -> Int = { WallClock.local(at: $0)?.offset ?? 0 }
  ) {
    self.parameters = parameters
    self.offset = offset
    trainee = SimulatedTrainee(parameters.temperament, seed: parameters.seed)
  }

  /// The runs of the next day, in their order; none on a day on which it was not worn, nil after the last.
  package mutating func nextDay() -> [Run]? {
    let day = trainee.day
    guard day < parameters.days else { return nil }
    let random = CounterRandom(seed: parameters.seed)
    var draw = Draw(random, stream: Stream.plan + UInt64(day))
    let date = parameters.first + day
    let plan = parameters.hoursADay.map { DayPlan(hours: $0, &draw) } ?? DayPlan(date, day: day, &draw)
    let training = programme.plan(of: date.number)
    let isWorn = parameters.hoursADay != nil || trainee.wear > 0 && !plan.parts.isEmpty
    let wearing = trainee.wearing(training: training.minutes)
    var runs: [Run] = []
    if isWorn {
      runs = self.runs(
        of: plan, on: date, wearing, isProgrammed ? training : nil,
        Draw(random, stream: Stream.sitting + UInt64(day)))
    }
    programme.take(ProgrammeDay(date.number, runs, planned: training.seconds))
    _ = trainee.live(probe: training.probe ?? 0, training: isWorn ? training.seconds : 0)
    return runs
  }

  private enum Stream {
    static let (plan, sitting): (UInt64, UInt64) = (1 << 20, 1 << 21)
  }

  private func runs(
    of plan: DayPlan, on date: CivilDate, _ wearing: [Block: Wearing], _ training: Plan?, _ draw: Draw
  ) -> [Run] {
    // No clock is set between midnight and the morning.
    let noon = date.number * 86_400 + 43_200
    let began = noon - 43_200 + plan.start * 60 - offset(noon)
    let halves = plan.trouble == .undated ? Self.halves(of: plan.parts) : [plan.parts]
    var elapsed = 0
    return halves.enumerated().map { index, parts in
      var writer = RunWriter(
        wearing: wearing, blocks: index == 0 ? training.map(Self.blocks) ?? [] : [], isProgrammed: isProgrammed, draw)
      writer.start(training)
      for part in parts { writer.write(part) }
      if plan.hasSession, index == halves.count - 1 { writer.addSession() }
      let isUndated = plan.trouble == .undated && index == 0
      let run = RunRecord(
        began: isUndated ? nil : began + elapsed * 60,
        clock: isUndated || plan.trouble == .unconfirmed ? .unconfirmed : .confirmed,
        source: "simulated", sensor: Self.sensor, version: Version.program)
      elapsed += parts.reduce(0) { $0 + $1.minutes }
      return Run(run: run, entries: writer.finish())
    }
  }

  /// Minutes of sitting, each: some to settle, a probe where one is due, and the sessions with an hour between them.
  private static func blocks(_ plan: Plan) -> [(Block, Int)] {
    var blocks: [(Block, Int)] = [(.plain, 5)]
    if let probe = plan.probe { blocks.append((.probe, probe / 60)) }
    for session in 0..<plan.sessions {
      if session > 0 { blocks.append((.plain, 60)) }
      blocks.append((.training, plan.sessionSeconds / 60))
    }
    return blocks
  }

  private static func halves(of parts: [DayPlan.Part]) -> [[DayPlan.Part]] {
    let half = parts.count / 2
    return [Array(parts[..<half]), Array(parts[half...])]
  }
}

extension ProgrammeDay {
  /// What the history will have of a day; a run without a date is of none.
  fileprivate init(_ number: Int, _ runs: [SimulatedWeeks.Run], planned: Int) {
    var totals = Totals()
    for run in runs where run.run.began != nil {
      var cues: [Int: CueRecord] = [:]
      for entry in run.entries {
        if case .minute(let minute) = entry { totals.add(minute) }
        if case .cue(let cue) = entry { cues[cue.at] = cue }
      }
      for cue in cues.values { totals.add(cue) }
    }
    func seconds(_ tenths: Int?) -> Int { (tenths ?? 0) / 10 }
    self.init(
      number, worn: seconds(totals.contexts.worn), judged: seconds(totals.postures.judged),
      training: Training(
        planned: planned, done: seconds(totals.judged[.training]), upright: seconds(totals.upright[.training])),
      probe: Probe(judged: seconds(totals.judged[.probe]), upright: seconds(totals.upright[.probe])),
      cues: totals.cues, corrected: totals.responses.count { $0 <= 200 })
  }
}
