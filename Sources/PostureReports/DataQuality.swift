// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory

/// What is missing from a report's figures, and what makes them doubtful.
package struct DataQuality: Sendable {
  /// Nothing is known of them.
  package let daysWithoutData: [CivilDate]
  /// Known, and not worn.
  package let daysNotWorn: [CivilDate]
  package let daysWithUnconfirmedClock: [CivilDate]
  /// Tenths of a second without data, in minutes of which something is known.
  package let missing: Int
  /// Tenths of a second in a vehicle, where nobody can tell whether it was worn.
  package let transport: Int
  /// Minutes of which something is known.
  package let knownMinutes: Int
  package let undatedRuns: Int
  /// Tenths of a second.
  package let undatedWorn: Int
  package let faults: [String: Int]
  /// Something but a sensor on a wearer gave the data.
  package let isSimulated: Bool
  package let isReplayed: Bool

  init(_ history: History) {
    let days = history.days
    daysWithoutData = days.filter { $0.knownMinutes == 0 }.map(\.date)
    daysNotWorn = days.filter { $0.knownMinutes > 0 && $0.totals.contexts.worn == 0 }.map(\.date)
    daysWithUnconfirmedClock = days.filter(\.isUnconfirmed).map(\.date)
    let totals = history.totals
    missing = totals.missing
    transport = totals.contexts.transport
    faults = totals.faults
    knownMinutes = days.reduce(0) { $0 + $1.knownMinutes }
    undatedRuns = history.undated.runs
    undatedWorn = history.undated.totals.contexts.worn
    isSimulated = history.sources.contains("simulated")
    isReplayed = history.sources.contains("trace")
  }
}
