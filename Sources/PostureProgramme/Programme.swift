// SPDX-License-Identifier: MIT

/// How the training of each day follows from the days before it.
///
/// There is no state but the days: whoever shows it the same days gets the same plan, after a restart too. It cannot
/// swing: between a step up and a step down there is a week, between a step down and a step up there are two, so that
/// down, up and down again take three weeks (the article has the proof). Costs one step for each day.
package struct Programme: Sendable {
  private enum Move: Sendable {
    case none, up, down
  }

  package let rules: Rules
  private var rung: Int
  private var reason = Plan.Reason.start
  /// The last one that the wearer's days brought about.
  private var lastMove = Move.none
  /// Days since the last change.
  private var age = 0
  /// The last days that counted since then, in their order.
  private var counted: [DayKind] = []
  /// From each rung, because of poor days.
  private var falls: [Int]
  /// Days without training up to the last; nil before the first training.
  private var idle: Int?
  private var lastProbe: Int?
  /// The first day that has not been taken; nil before any has.
  private var next: Int?

  package init(_ rules: Rules = Rules()) {
    self.rules = rules
    rung = rules.ladder.start
    falls = [Int](repeating: 0, count: rules.ladder.minutes.count)
  }

  /// The plan of a day, from those before it.
  ///
  /// - Parameter days: in the order of their numbers. Days that are left out were missed; those from `day` on do not
  ///   count.
  package static func plan(of day: Int, after days: some Sequence<ProgrammeDay>, _ rules: Rules = Rules()) -> Plan {
    var programme = Programme(rules)
    for earlier in days where earlier.number < day { programme.take(earlier) }
    return programme.plan(of: day)
  }

  /// Takes a day that is over.
  ///
  /// - Precondition: it comes after those taken before.
  package mutating func take(_ day: ProgrammeDay) {
    // What was before the first day is not known, but what it came to is.
    if next == nil, let planned = day.training.planned {
      let shown = rules.ladder.rung(holding: planned / 60)
      if shown != rung { move(to: shown, .none, .before) }
    }
    skip(to: day.number)
    follow(day.training.planned)
    let planned = day.training.planned ?? rules.ladder.minutes[rung] * 60
    if day.probe.judged >= rules.shortestProbe { lastProbe = day.number }
    pass(DayKind(day, planned: planned, rules), hasTrained: day.training.done > 0)
    next = day.number + 1
  }

  /// - Precondition: the day comes after those taken.
  package func plan(of day: Int) -> Plan {
    var programme = self
    programme.skip(to: day)
    return Plan(
      day: day, minutes: rules.ladder.minutes[programme.rung], sessions: rules.ladder.sessions(programme.rung),
      goal: rules.goal, probe: lastProbe.map { day - $0 >= rules.probeEvery } ?? true ? rules.probe : nil,
      reason: programme.reason, outlook: programme.outlook)
  }

  /// Passes the days of which nothing is known.
  private mutating func skip(to day: Int) {
    guard let first = next else { return }
    precondition(day >= first, "days come in their order")
    let missed = day - first
    // Beyond a long pause each further day is like the one before.
    let told = min(missed, rules.longPause)
    for _ in 0..<told { pass(.missed, hasTrained: false) }
    age += missed - told
    if let days = idle { idle = days + missed - told }
    next = day
  }

  /// Whatever was planned that day was what the wearer had to do.
  private mutating func follow(_ planned: Int?) {
    guard let planned else { return }
    let shown = rules.ladder.rung(holding: planned / 60)
    if shown != rung { move(to: shown, .none, .settings) }
  }

  /// A day is over.
  private mutating func pass(_ kind: DayKind, hasTrained: Bool) {
    age += 1
    if hasTrained { idle = 0 } else if let days = idle { idle = days + 1 }
    if kind != .missed { count(kind) }
    if kind.isPoor, poorDays >= rules.poorDays, age >= (lastMove == .up ? rules.dwell : 0), rung > 0 {
      fall()
    } else if kind == .good, goodDays >= needed, age >= wait, rung < rules.ladder.top {
      move(to: rung + 1, .up, .longer(good: goodDays, of: min(counted.count, among)))
    } else if let idle {
      rest(idle)
    }
  }

  private mutating func count(_ kind: DayKind) {
    counted.append(kind)
    if counted.count > rules.among << rules.mostDoublings { counted.removeFirst() }
  }

  private var poorDays: Int { counted.suffix(rules.among).count(where: \.isPoor) }

  private mutating func fall() {
    let poor = counted.suffix(rules.among)
    let forTime = poor.count { $0 == .poorTime }
    falls[rung] += 1
    move(
      to: rung - 1, .down,
      forTime * 2 > poorDays ? .shorterForTime(days: forTime) : .shorterForPosture(days: poorDays - forTime))
  }

  /// How often the wait for the next step up is doubled.
  private var doublings: Int {
    let known = rung < rules.ladder.top ? falls[rung + 1] : 0
    return min(max(known, lastMove == .down ? 1 : 0), rules.mostDoublings)
  }

  private var needed: Int { rules.goodDays << doublings }
  private var among: Int { rules.among << doublings }
  private var wait: Int { rules.dwell << doublings }
  private var goodDays: Int { counted.suffix(among).count { $0 == .good } }

  private mutating func rest(_ idle: Int) {
    if idle == rules.longPause {
      falls = [Int](repeating: 0, count: falls.count)
      move(to: rules.ladder.start, .none, .anew(days: idle))
    } else if idle >= rules.pause, (idle - rules.pause) % 7 == 0, rung > rules.ladder.start {
      move(to: rung - 1, .down, .shorterAfterPause(days: idle))
    } else if idle >= rules.pause {
      counted = []
    }
  }

  private mutating func move(to rung: Int, _ move: Move, _ reason: Plan.Reason) {
    self.rung = rung
    self.reason = reason
    lastMove = move
    age = 0
    counted = []
  }

  private var outlook: Plan.Outlook {
    if rung == 0, poorDays >= rules.poorDays { return .noShorter }
    if rung == rules.ladder.top { return .longest }
    return .longer(good: min(goodDays, needed), needed: needed, days: max(0, wait - age))
  }
}
