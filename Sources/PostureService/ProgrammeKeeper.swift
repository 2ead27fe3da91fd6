// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureHistory
import PostureProgramme

/// The hub's part of the programme: whose day it is, what has been of it, and what is to be done next.
///
/// Everything changes at the end of a minute, because the history stores what whole minutes were for. The days before
/// come out of the history, whenever a new day begins and after a start: nothing else is kept.
struct ProgrammeKeeper: Sendable {
  enum Order: Sendable, Equatable {
    /// Read the days up to this one, and tell what was found.
    case read(CivilDate)
    /// A day's plan: seconds of training.
    case plan(Int)
    /// A block begins, in this mode.
    case set(Mode)
  }

  private(set) var settings: Configuration.Programme
  private(set) var runner: ProgrammeRunner?
  /// Of the runner, or the one that is being read for.
  private var day: Int?
  private var days: [ProgrammeDay] = []
  private(set) var isReading = false
  /// What has been read, until the minute is over.
  private var found: [ProgrammeDay]?
  /// Minutes that have ended since it was asked for.
  private var since: [ProgrammeMinute] = []
  /// The mode of the block before something was forgotten, and its day: it has been set, and whoever has changed it
  /// since is obeyed as before.
  private var set: (day: Int, mode: Mode)?
  /// Why the days could not be read; nil once they have been.
  private(set) var fault: String?

  init(_ settings: Configuration.Programme) { self.settings = settings }

  /// What the present minute is for.
  var part: Part { runner?.part ?? .plain }

  /// Between probes and training: silent about posture.
  var isIdle: Bool { runner?.isIdle ?? false }

  mutating func configure(_ settings: Configuration.Programme) {
    guard settings != self.settings else { return }
    self = ProgrammeKeeper(settings)
  }

  /// What was read before is no longer so.
  mutating func forget() {
    let before = runner.map { (day: $0.plan.day, mode: $0.mode) } ?? set
    self = ProgrammeKeeper(settings)
    set = before
  }

  /// A minute is over.
  ///
  /// - Parameters:
  ///   - date: the day that has come by now; nil while nobody knows.
  ///   - mode: the one that is set.
  mutating func take(_ minute: ProgrammeMinute, date: CivilDate?, mode: Mode) -> [Order] {
    guard settings.isEnabled, let date else { return [] }
    guard date.number == day else {
      let (fault, set) = (fault, set)
      self = ProgrammeKeeper(settings)
      (self.fault, self.set) = (fault, set)
      day = date.number
      isReading = true
      return [.read(date)]
    }
    if let found { return begin(found, minute, date) }
    guard runner != nil else {
      since.append(minute)
      return []
    }
    return runner?.take(minute, mode: mode).map { [.set($0)] } ?? []
  }

  /// The days have been read, or why they could not.
  mutating func take(_ days: Result<[ProgrammeDay], DatabaseError>, for date: CivilDate) {
    guard date.number == day, isReading else { return }
    isReading = false
    switch days {
    case .success(let days): (found, fault) = (days, nil)
    case .failure(let error):
      fault = error.message
      // Tried again with the next minute.
      day = nil
    }
  }

  private mutating func begin(
    _ found: [ProgrammeDay], _ minute: ProgrammeMinute, _ date: CivilDate
  ) -> [Order] {
    days = found.filter { $0.number < date.number }
    var today = found.last { $0.number == date.number } ?? ProgrammeDay(date.number)
    for minute in since + [minute] { today.add(minute) }
    (self.found, since) = (nil, [])
    let plan = Programme.plan(of: date.number, after: days, settings.rules)
    today.training.planned = plan.seconds
    var runner = ProgrammeRunner(plan, today: today)
    let mode = runner.begin()
    let isSet = set.map { $0.day == date.number && $0.mode == mode } ?? false
    (self.runner, set) = (runner, nil)
    return [.plan(plan.seconds)] + (isSet ? [] : [.set(mode)])
  }

  /// - Parameter hasHistory: something is stored at all.
  func message(hasHistory: Bool) -> ProgrammeMessage {
    guard settings.isEnabled else { return ProgrammeMessage(without: "The programme is off (programme.enabled).") }
    guard hasHistory else {
      return ProgrammeMessage(without: "There is no history, from which the programme plans (history.file).")
    }
    guard let runner else {
      return ProgrammeMessage(
        without: fault.map { "The days before cannot be read: \($0)." }
          ?? "There is no plan yet: it is made within two minutes of samples, once the date is known.")
    }
    return ProgrammeMessage(runner, Learning(days + [runner.today], on: runner.plan.day, settings.rules))
  }
}
