// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory

/// What each figure means.
enum Reading {
  static let terms: [(String, String)] = [
    (
      "Worn",
      "Time in which the sensor showed signs of a wearer: sitting or standing still, bending, moving, walking, lying. "
        + "Time in a vehicle is not counted, because nobody can tell whether it was worn."
    ),
    (
      "Judged",
      "Worn time in which posture counts and was known: still, after a reference posture had been taken. All shares of "
        + "posture are of this time."
    ),
    (
      "Upright",
      "Within the limits of the wearer's own reference posture. Beyond them it is forward, backward, left or right, "
        + "whichever limit is passed the furthest. It says nothing of what posture would be good."
    ),
    (
      "Cue", "A vibration after leaning for too long: a nudge, then reminders. The further the lean, the sooner."
    ),
    (
      "Corrected",
      "The wearer came upright after the cue, in seconds from the cue. Ignored: the wearer leaned on until the next "
        + "cue. Ended by something else: the wearer got up or took it off."
    ),
    (
      "Change",
      "The median of the slopes between all pairs of days, in points of percent a week (Theil, Sen), and the interval "
        + "that holds the true one in 95 of 100 cases if days are independent; where they hang together it is too narrow. "
        + "Where it holds zero, no change can be told."
    ),
    ("Probe", "A block of judged time without cues before the day's training: what remains without reminders."),
  ]
}

extension Report {
  /// In plain words, each a sentence.
  var qualityLines: [String] {
    var lines: [String] = []
    if quality.isSimulated || quality.isReplayed {
      lines.append(
        quality.isSimulated ? "The data are simulated: of no person." : "The data are of recordings played again.")
    }
    lines += dayLines
    if quality.missing > 0 {
      lines.append("Within known minutes, \(Words.duration(tenths: quality.missing)) without samples.")
    }
    if quality.undatedRuns > 0 {
      lines.append(
        "\(Words.counted(quality.undatedRuns, "start")) of the device without a date, worn "
          + "\(Words.duration(tenths: quality.undatedWorn)): left out, because nobody knows when it was.")
    }
    if !quality.daysWithUnconfirmedClock.isEmpty {
      lines.append(
        "Dated by a clock that nothing confirmed: \(Words.dates(quality.daysWithUnconfirmedClock)).")
    }
    if quality.transport > 0 {
      lines.append(
        "In a vehicle for \(Words.duration(tenths: quality.transport)): not counted as worn.")
    }
    let faults = quality.faults.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if faults.isEmpty {
      if quality.knownMinutes > 0 { lines.append("No fault of the sensor.") }
    } else {
      let shown = faults.prefix(5).map { "\($0.value) \u{D7} \(Words.cut($0.key, to: 40))" }.joined(separator: ", ")
      lines.append("Faults of the sensor: \(shown)\(faults.count > 5 ? " and others" : "").")
    }
    if totals.silent > 0 {
      lines.append(
        "For \(Words.duration(tenths: totals.silent)) of the judged time no cue could be given: quiet hours, snoozes, "
          + "tracking, probes.")
    }
    return lines
  }

  private var dayLines: [String] {
    var lines: [String] = []
    let known = history.days.count - quality.daysWithoutData.count
    lines.append(
      quality.daysWithoutData.isEmpty
        ? "Something is known of every day."
        : "Nothing is known of \(Words.counted(quality.daysWithoutData.count, "day")): "
          + "\(Words.dates(quality.daysWithoutData)).")
    if known > 0 {
      let minutes = Double(quality.knownMinutes) * 60 / Double(known)
      lines.append(
        (known == history.days.count ? "The" : "On the others the")
          + " device ran for \(Words.duration(minutes)) a day; of the rest of the day nothing is known.")
    }
    if !quality.daysNotWorn.isEmpty {
      lines.append("Switched on and not worn: \(Words.dates(quality.daysNotWorn)).")
    }
    return lines
  }
}
