// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing
import Testing

struct BreakReminderTests {
  private typealias Activity = BreakReminder.Moment.Activity

  /// Ten samples a second, and when a break is suggested, in whole seconds.
  private struct Day {
    var reminder: BreakReminder
    var tick: Int64 = 0
    var suggested: [(at: Int64, sitting: Interval)] = []
    /// How long after the last suggestion, each.
    var taken: [Interval] = []

    init(_ change: (inout BreakReminder.Parameters) -> Void = { _ in }) {
      var parameters = BreakReminder.Parameters()
      change(&parameters)
      reminder = BreakReminder(parameters)
    }

    mutating func spend(_ seconds: Int64, _ activity: Activity, held: Bool = false) {
      for _ in 0..<seconds * 10 {
        let time = Timestamp(microseconds: tick * 100_000)
        switch reminder.take(BreakReminder.Moment(activity, isHeld: held, at: time)) {
        case .due(let sitting)?: suggested.append((tick / 10, sitting))
        case .taken(let after)?: taken.append(after)
        case nil: break
        }
        tick += 1
      }
    }

    var times: [Int64] { suggested.map(\.at) }
  }

  @Test func whoSitsIsToldTwiceAndThenNoMore() {
    var day = Day()
    day.spend(3 * 3600, .sitting)
    #expect(day.times == [1800, 2700])
    #expect(day.suggested.map(\.sitting) == [.seconds(1800), .seconds(2700)])
    #expect(day.reminder.sitting > .seconds(10_790))
  }

  @Test func neverIsNever() {
    var day = Day { $0.after = nil }
    day.spend(5 * 3600, .sitting)
    #expect(day.times == [] && day.reminder.sitting > .seconds(17_900))
  }

  @Test func enoughMovementBeginsAnew() {
    var day = Day()
    day.spend(1700, .sitting)
    day.spend(121, .up)
    #expect(day.reminder.sitting == .zero)
    day.spend(1700, .sitting)
    #expect(day.times == [])
    day.spend(200, .sitting)
    #expect(day.times.count == 1)
  }

  /// Told once, counted from the last suggestion; nothing is told where none was suggested, or the wearer takes it off.
  @Test func aBreakThatWasSuggestedIsTaken() {
    var day = Day()
    day.spend(2000, .sitting)
    day.spend(300, .up)
    #expect(day.times == [1800] && day.taken.map { Int($0.seconds.rounded()) } == [320])
    day.spend(2760, .sitting)
    day.spend(119, .up)
    #expect(day.times.count == 3 && day.taken.count == 1)
    day.spend(2, .up)
    #expect(day.taken.count == 2 && (Interval.seconds(175)...Interval.seconds(185)).contains(day.taken[1]))
    day.spend(1000, .sitting)
    day.spend(200, .up)
    day.spend(1900, .sitting)
    day.spend(1, .off)
    day.spend(200, .up)
    #expect(day.times.count == 4 && day.taken.count == 2)
  }

  /// Who moved a little before it, and a little after it, has not done what was suggested.
  @Test func whatComesOfAForgottenSuggestionIsNotTold() {
    var day = Day()
    day.spend(1900, .sitting)
    #expect(day.suggested.count == 1)
    day.reminder.forget()
    #expect(day.reminder.sitting > .seconds(1890))
    day.spend(200, .up)
    #expect(day.taken.isEmpty && day.reminder.sitting == .zero)
    // The next one is another.
    day.spend(1900, .sitting)
    day.spend(200, .up)
    #expect(day.suggested.count == 2 && day.taken.count == 1)
  }

  @Test func whatWasMovedBeforeASuggestionIsNotOfIt() {
    var day = Day()
    day.spend(1700, .sitting)
    day.spend(110, .up)
    day.spend(110, .sitting)
    #expect(day.times.count == 1)
    day.spend(110, .up)
    #expect(day.taken.isEmpty)
    day.spend(20, .up)
    #expect(day.taken.count == 1)
  }

  /// In pieces, as long as they are within five minutes.
  @Test func movementAddsUp() {
    var day = Day()
    day.spend(1700, .sitting)
    for _ in 0..<4 {
      day.spend(31, .up)
      day.spend(20, .sitting)
    }
    #expect(day.reminder.sitting <= .seconds(21))
    var scattered = Day()
    for _ in 0..<20 {
      scattered.spend(30, .up)
      scattered.spend(150, .sitting)
    }
    #expect(scattered.times.count == 2)
  }

  @Test func takingItOffBeginsAnew() {
    var day = Day()
    day.spend(1790, .sitting)
    day.spend(1, .off)
    day.spend(1790, .sitting)
    #expect(day.times == [])
  }

  /// A snooze, quiet hours, a session: counted on, and told of a minute after they are over.
  @Test func whatKeepsItSilentPostponesIt() {
    var day = Day()
    day.spend(1500, .sitting)
    day.spend(900, .sitting, held: true)
    #expect(day.times == [])
    day.spend(100, .sitting)
    #expect(day.times.count == 1 && (2459...2461).contains(day.times[0]))
  }

  /// What cannot be told counts neither way, until it has lasted too long.
  @Test func aRideIsNotSitting() {
    var day = Day()
    day.spend(1000, .sitting)
    day.spend(290, .other)
    #expect(day.reminder.sitting > .seconds(999))
    day.spend(799, .sitting)
    #expect(day.times == [])
    day.spend(10, .sitting)
    #expect(day.times.count == 1)
    day.spend(301, .other)
    #expect(day.reminder.sitting == .zero)
    day.spend(7200, .other)
    #expect(day.times.count == 1)
  }

  @Test func aLongGapBeginsAnew() {
    var day = Day()
    day.spend(1700, .sitting)
    day.tick += 200 * 10
    day.spend(10, .sitting)
    // Of the gap nothing is known, and it is not counted.
    #expect(day.reminder.sitting > .seconds(1700) && day.reminder.sitting < .seconds(1711))
    day.tick += 301 * 10
    day.spend(10, .sitting)
    #expect(day.reminder.sitting < .seconds(11) && day.times == [])
  }

  @Test func otherTimesAreInForceAtOnce() {
    var day = Day()
    day.spend(700, .sitting)
    var parameters = BreakReminder.Parameters()
    parameters.after = .seconds(600)
    parameters.again = .seconds(60)
    parameters.most = 3
    day.reminder.configure(parameters)
    day.spend(600, .sitting)
    #expect(day.times == [700, 760, 820])
  }

  /// Whatever somebody does: the next one comes only after so much more sitting, so many until there was movement, and
  /// none while it is held.
  @Test(arguments: 0..<60 as Range<UInt64>) func itNeverNags(seed: UInt64) {
    var random = SeededRandom(seed)
    var reminder = BreakReminder()
    var (time, sat, since, told) = (0.0, 0.0, 0.0, 0)
    for _ in 0..<150 {
      let activity = [Activity.sitting, .sitting, .sitting, .up, .other, .off].randomElement(using: &random)!
      let isHeld = Int.random(in: 0..<6, using: &random) == 0
      let length = Double.random(in: 5...(activity == .sitting ? 1500 : 200), using: &random)
      for _ in 0..<Int(length) {
        time += 1
        let before = reminder.sitting
        let notice = reminder.take(BreakReminder.Moment(activity, isHeld: isHeld, at: at(time)))
        if case .taken? = notice { #expect(activity == .up && told > 0) }
        if reminder.sitting < before { (sat, since, told) = (0, 0, 0) }
        if activity == .sitting { (sat, since) = (sat + 1, since + 1) }
        guard case .due? = notice else { continue }
        #expect(activity == .sitting && !isHeld)
        #expect(sat >= 1800 - 1 && (told == 0 || since >= 900 - 1))
        told += 1
        since = 0
        #expect(told <= 2)
      }
    }
  }
}
