// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory

/// How posture was by weekday and hour.
package struct WeekRhythm: Sendable {
  /// Tenths of a second; of less, a share would be an accident.
  package static let leastJudged = 6000

  package struct Cell: Sendable, Equatable {
    /// Tenths of a second.
    package var judged = 0
    package var beyond = 0

    /// Percent of the judged time beyond a limit; nil where too little was judged.
    package var share: Double? { judged >= leastJudged ? Double(beyond) * 100 / Double(judged) : nil }
  }

  /// By weekday from Monday, and hour.
  package private(set) var cells = [[Cell]](repeating: [Cell](repeating: Cell(), count: 24), count: 7)

  init(_ days: [History.Day]) {
    for day in days {
      for (hour, totals) in day.hours.enumerated() {
        cells[day.date.weekday.rawValue][hour].judged += totals.postures.judged
        cells[day.date.weekday.rawValue][hour].beyond += totals.postures.beyond
      }
    }
  }

  /// Hours in which something was judged on any day, with what lies between them; nil where there is none.
  package var hours: ClosedRange<Int>? {
    let used = (0..<24).filter { hour in cells.contains { $0[hour].judged > 0 } }
    guard let first = used.first, let last = used.last else { return nil }
    return first...last
  }
}
