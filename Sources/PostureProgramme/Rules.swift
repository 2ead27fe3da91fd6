// SPDX-License-Identifier: MIT

/// The programme's numbers; the article says where each comes from.
package struct Rules: Sendable, Equatable {
  /// Minutes of training a day.
  package static let possibleMinutes = 5...120

  package var ladder: Ladder
  /// Percent of a training's judged time that is to be upright.
  package var goal = 80
  /// Points below the goal; what lies between neither raises nor lowers the training.
  package var clearMiss = 15

  /// Percent of the planned training that must be done for a good day.
  package var mostlyDone = 75
  /// Percent; a day on which less was done is a poor one, however upright.
  package var hardlyDone = 50

  /// A step up takes so many good days among the last that counted, since the last change.
  package var goodDays = 5
  /// A step down takes so many poor ones.
  package var poorDays = 4
  package var among = 7
  /// Days from a step up to the next step of either kind, at least.
  package var dwell = 7
  /// Each fall from a rung doubles what leads back to it, good days and wait, up to so many times; a step down from
  /// whatever cause doubles it once.
  package var mostDoublings = 2

  /// Days without any training; each further week lowers the training by another rung, not below the first day's.
  package var pause = 14
  /// After so many the programme begins anew.
  package var longPause = 70

  /// Seconds of judged wear.
  package var probe = 900
  /// From one probe to the day of the next.
  package var probeEvery = 2
  /// A shorter one tells too little, and is due again.
  package var shortestProbe = 450

  /// - Precondition: `minutes` lies in `possibleMinutes`.
  package init(minutes: ClosedRange<Int> = 5...60) { ladder = Ladder(minutes) }
}

/// The lengths that a day's training may have, in minutes.
package struct Ladder: Sendable, Equatable {
  private static let usual = [5, 10, 15, 20, 30, 40, 60, 80, 100]
  private static let firstDay = 10
  /// Minutes; sitting rigidly for more than twenty cramps muscles.
  private static let longestSession = 20

  package let minutes: [Int]

  init(_ range: ClosedRange<Int>) {
    precondition(
      Rules.possibleMinutes.contains(range.lowerBound) && Rules.possibleMinutes.contains(range.upperBound),
      "training takes 5 to 120 minutes a day")
    let between = Self.usual.filter { $0 > range.lowerBound && $0 < range.upperBound }
    minutes = [range.lowerBound] + between + (range.lowerBound == range.upperBound ? [] : [range.upperBound])
  }

  package var top: Int { minutes.count - 1 }
  /// The rung of the first day.
  package var start: Int { rung(holding: Self.firstDay) }

  /// The highest that is no longer than so many minutes, or the lowest.
  func rung(holding wanted: Int) -> Int { minutes.lastIndex { $0 <= wanted } ?? 0 }

  /// Equally long sessions, as few as may be.
  func sessions(_ rung: Int) -> Int { (minutes[rung] + Self.longestSession - 1) / Self.longestSession }
}
