// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct ScheduleTests {
  private func schedule(training: String? = nil, quiet: String? = nil) -> Schedule {
    var hours = Configuration.Cues()
    hours.trainingHours = training.flatMap { DayHours(text: $0) }
    hours.quietHours = quiet.flatMap { DayHours(text: $0) }
    return Schedule(hours)
  }

  /// What is said at each of these minutes of the day.
  private func said(_ schedule: inout Schedule, _ minutes: Int?...) -> [[Command]] {
    minutes.map { minute in
      var commands: [Command] = []
      schedule.tell(minute: minute) {
        commands.append($0)
        return true
      }
      return commands
    }
  }

  /// What is said while the minutes of a day pass by, and when.
  private func passing(_ minutes: Range<Int>, _ schedule: inout Schedule) -> (minutes: [Int], commands: [Command]) {
    var (told, commands): ([Int], [Command]) = ([], [])
    for minute in minutes {
      for command in said(&schedule, minute % 1440)[0] {
        told.append(minute % 1440)
        commands.append(command)
      }
    }
    return (told, commands)
  }

  @Test func withoutHoursNothingIsSaid() {
    var schedule = schedule()
    #expect(passing(0..<1440, &schedule).commands == [])
  }

  /// At their ends alone, and over midnight.
  @Test func quietHoursBeginAndEnd() {
    var schedule = schedule(quiet: "22:00-07:00")
    let days = passing(720..<720 + 2880, &schedule)
    #expect(days.minutes == [1320, 420, 1320, 420])
    #expect(days.commands == [.setQuiet(true), .setQuiet(false), .setQuiet(true), .setQuiet(false)])
  }

  @Test func whoStartsWithinQuietHoursIsTold() {
    var schedule = schedule(quiet: "22:00-07:00")
    #expect(said(&schedule, 5, 6, 419, 420, 421) == [[.setQuiet(true)], [], [], [.setQuiet(false)], []])
  }

  /// The mode of now is said at the start, whichever it is; after that the wearer may choose another until the next end.
  @Test func trainingHoursChangeTheModeAtTheirEndsAlone() {
    var schedule = schedule(training: "09:00-12:00, 13:00-17:00")
    #expect(said(&schedule, 500) == [[.setMode(.tracking)]])
    let day = passing(501..<1440, &schedule)
    #expect(day.minutes == [540, 720, 780, 1020])
    #expect(
      day.commands == [.setMode(.training), .setMode(.tracking), .setMode(.training), .setMode(.tracking)])
  }

  @Test func bothMayChangeInTheSameMinute() {
    var schedule = schedule(training: "07:00-22:00", quiet: "22:00-07:00")
    #expect(said(&schedule, 419) == [[.setQuiet(true), .setMode(.tracking)]])
    #expect(said(&schedule, 420) == [[.setQuiet(false), .setMode(.training)]])
  }

  /// What the clock says is not known: everything stays as it is.
  @Test func anUnknownMinuteChangesNothing() {
    var schedule = schedule(training: "09:00-12:00", quiet: "22:00-07:00")
    #expect(
      said(&schedule, nil, 600, nil, 601, nil, 720) == [[], [.setMode(.training)], [], [], [], [.setMode(.tracking)]])
  }

  /// A clock that is set leaves out an end, or comes to it twice.
  @Test func aClockThatIsSetIsFollowed() {
    var schedule = schedule(quiet: "22:00-07:00")
    #expect(
      said(&schedule, 1300, 1330, 1310, 1320, 600) == [
        [], [.setQuiet(true)], [.setQuiet(false)], [.setQuiet(true)], [.setQuiet(false)],
      ])
  }

  @Test func whatFindsNoRoomIsSaidAgain() {
    var schedule = schedule(training: "09:00-12:00", quiet: "22:00-07:00")
    var offered: [Command] = []
    for _ in 0..<2 {
      schedule.tell(minute: 1330) {
        offered.append($0)
        return false
      }
    }
    #expect(offered == [.setQuiet(true), .setMode(.tracking), .setQuiet(true), .setMode(.tracking)])
    #expect(said(&schedule, 1331, 1332) == [[.setQuiet(true), .setMode(.tracking)], []])
  }
}
