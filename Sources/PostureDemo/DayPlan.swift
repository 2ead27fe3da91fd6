// SPDX-License-Identifier: MIT
import PostureFormats
import PostureSimulation

/// What a simulated wearer is about through a day, in the order of the day.
struct DayPlan: Sendable {
  enum Activity: Sendable, Equatable {
    case desk, about, walking, lying, riding, off
  }

  struct Part: Sendable {
    let activity: Activity
    var minutes: Int
  }

  /// What is unlike other days.
  enum Trouble: Sendable, Equatable {
    /// Left in a drawer.
    case notWorn
    /// Ends before noon has passed.
    case emptyBattery
    /// The morning's start never learns the date; the device is started again at noon.
    case undated
    /// Nothing confirms the clock.
    case unconfirmed
  }

  /// Minutes after midnight at which the device is switched on.
  private(set) var start = 0
  private(set) var parts: [Part] = []
  private(set) var trouble: Trouble?
  /// A paced session after the day's work.
  private(set) var hasSession = false

  /// A day as people have them: a weekend is lighter, and now and then something goes wrong.
  ///
  /// - Parameter day: from 0, to which troubles come at set distances, so that four weeks show each.
  init(_ date: CivilDate, day: Int, _ draw: inout Draw) {
    trouble = Self.trouble(of: day)
    guard trouble != .notWorn else { return }
    let isWeekend = date.weekday == .saturday || date.weekday == .sunday
    hasSession = draw.chance(isWeekend ? 0.25 : 0.45)
    if isWeekend {
      start = 540 + draw.whole(90)
      addLightDay(&draw)
    } else {
      start = 440 + draw.whole(70)
      addWorkingDay(&draw)
    }
    if trouble == .emptyBattery { cut(after: 200 + draw.whole(60)) }
  }

  /// Worn so many hours without an end, for measurements: every day is the same, and full.
  init(hours: Int, _ draw: inout Draw) {
    start = 480
    while length < hours * 60 {
      add(.desk, 50 + draw.whole(30))
      add(draw.chance(0.5) ? .walking : .about, 4 + draw.whole(8))
    }
    cut(after: hours * 60)
  }

  var length: Int { parts.reduce(0) { $0 + $1.minutes } }

  private static func trouble(of day: Int) -> Trouble? {
    switch day % 28 {
    case 12: .notWorn
    case 9: .emptyBattery
    case 17: .undated
    case 22: .unconfirmed
    default: nil
    }
  }

  private mutating func add(_ activity: Activity, _ minutes: Int) {
    parts.append(Part(activity: activity, minutes: minutes))
  }

  private mutating func addWorkingDay(_ draw: inout Draw) {
    add(.off, 3 + draw.whole(6))
    if draw.chance(0.4) { add(.riding, 12 + draw.whole(10)) } else { add(.walking, 8 + draw.whole(10)) }
    addDesk(until: 730 + draw.whole(30) - start, &draw)
    add(.walking, 8 + draw.whole(8))
    add(.desk, 18 + draw.whole(10))
    add(.walking, 5 + draw.whole(12))
    if draw.chance(0.3) { add(.off, 20 + draw.whole(30)) }
    addDesk(until: 1000 + draw.whole(90) - start, &draw)
    if draw.chance(0.25) { add(.lying, 15 + draw.whole(25)) }
    add(.off, 5 + draw.whole(25))
  }

  private mutating func addLightDay(_ draw: inout Draw) {
    add(.off, 5 + draw.whole(20))
    addDesk(until: 60 + draw.whole(60), &draw)
    add(.walking, 20 + draw.whole(40))
    add(.about, 20 + draw.whole(40))
    addDesk(until: length + 30 + draw.whole(90), &draw)
    if draw.chance(0.4) { add(.lying, 20 + draw.whole(40)) }
    add(.off, 5 + draw.whole(40))
  }

  /// - Parameter minute: of the plan.
  private mutating func addDesk(until minute: Int, _ draw: inout Draw) {
    while length < minute {
      add(.desk, min(35 + draw.whole(60), max(10, minute - length)))
      add(draw.chance(0.35) ? .walking : .about, 3 + draw.whole(7))
    }
  }

  private mutating func cut(after minutes: Int) {
    var left = minutes
    parts = parts.compactMap { part in
      let length = min(part.minutes, left)
      left -= length
      return length > 0 ? Part(activity: part.activity, minutes: length) : nil
    }
  }
}
