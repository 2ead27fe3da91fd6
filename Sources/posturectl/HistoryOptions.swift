// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats
import PostureHistory

/// Options of every command that looks into the history.
struct HistoryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The history; the daemon's, or a copy of it.", valueName: "file"))
  var database = Configuration.History.usualPath

  /// The days of a range.
  func history(_ range: ClosedRange<CivilDate>) throws -> History {
    do throws(DatabaseError) { return try History(HistoryReader(path: database), range) } catch {
      throw ProgramError(error)
    }
  }
}

extension ProgramError {
  /// Why a history cannot be read.
  init(_ error: DatabaseError) {
    switch error.kind {
    case .absent:
      self.init(
        .noInput,
        "\(error.message); the daemon keeps one where history.file says so, and members of its group may read it")
    case .damaged, .newer: self.init(.badData, error.message)
    case .other: self.init(.noInput, error.message)
    }
  }
}

/// A day, as an argument: `2026-11-28`, `today` or `yesterday`.
struct DateArgument: ExpressibleByArgument {
  let date: CivilDate

  init?(argument: String) {
    switch argument {
    case "today": date = Self.today
    case "yesterday": date = Self.today - 1
    default:
      guard let date = CivilDate(argument) else { return nil }
      self.date = date
    }
  }

  static var today: CivilDate {
    let now = WallClock.local(at: WallClock.now())
    return now.map { CivilDate(year: $0.year, month: $0.month, day: $0.day) } ?? CivilDate(number: 0)
  }
}
