// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PostureProgramme

/// What the programme has to know of each day, out of a history.
package enum ProgrammeDays {
  /// Days that the programme looks back: what was half a year ago says nothing of tomorrow.
  package static let window = 182
  /// Tenths of a second; one that is corrected later may have been for another reason.
  private static let promptly = 200
  private static let secondsOfDay = 86_400

  /// The days of the window up to this one, as far as it is stored; days of which nothing is known are left out.
  ///
  /// - Parameter local: what a clock on the wall shows at a time in seconds since 1970.
  package static func read(
    _ reader: borrowing HistoryReader, through last: CivilDate,
    local: @escaping @Sendable (Int) -> LocalTime? = { WallClock.local(at: $0) }
  ) throws(DatabaseError) -> [ProgrammeDay] {
    let first = last - (window - 1)
    var days = (0..<window).map { ProgrammeDay((first + $0).number) }
    // A day wider on either side: no place is further from universal time.
    let span = (first.number - 1) * secondsOfDay..<(last.number + 2) * secondsOfDay
    for run in try reader.runs() {
      guard let began = run.began, began < span.upperBound else { continue }
      var clock = ClockOnTheWall(local, first: first, count: window)
      let minutes = max(0, (span.lowerBound - began) / 60)..<max(0, (span.upperBound - began) / 60 + 1)
      try reader.minutes(of: run.id, minutes) { record in
        guard let place = clock.place(of: began + record.minute * 60) else { return }
        days[place.day].add(ProgrammeMinute(record))
      }
      for cue in try reader.cues(of: run.id) where cue.kind != .suppressed {
        guard let place = clock.place(of: began + cue.at / 10) else { continue }
        days[place.day].cues += 1
        if cue.outcome == .corrected, let response = cue.response, response <= promptly {
          days[place.day].corrected += 1
        }
      }
      for happening in try reader.happenings(of: run.id) where happening.event == HappeningRecord.planned {
        guard let place = clock.place(of: began + happening.at / 10) else { continue }
        // More than a day of it nobody has planned.
        days[place.day].training.planned = happening.seconds.map { min($0, Self.secondsOfDay) }
      }
    }
    return days.filter { $0.worn > 0 || $0.training.planned != nil }
  }
}

extension HappeningRecord {
  /// So many seconds of training are planned for the day.
  package static let planned = "planned"
  /// So many seconds after a break was suggested, the wearer had moved enough for one.
  package static let breakTaken = "break-taken"
}

extension ProgrammeMinute {
  package init(_ record: MinuteRecord) {
    let part: Part =
      switch record.block {
      case .plain: .plain
      case .probe: .probe
      case .training: .training
      }
    self.init(
      part, worn: record.contexts.worn, judged: record.postures.judged, upright: record.postures.upright,
      silent: record.silent)
  }
}

extension Block {
  package init(_ part: Part) {
    self =
      switch part {
      case .plain: .plain
      case .probe: .probe
      case .training: .training
      }
  }
}
