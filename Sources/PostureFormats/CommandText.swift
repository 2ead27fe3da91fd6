// SPDX-License-Identifier: MIT
import PostureCore

extension Command {
  /// In place of a calibration: there is none from now on.
  private static let none = "none"
  private static let bending = "bending"
  private static let (yes, no) = ("yes", "no")
  /// A year; what lasts longer has no end.
  package static let longestSilence = Interval.seconds(31_536_000)

  /// As a trace writes it: all there is to it, so that it reads back the same.
  package var text: String {
    ([word.rawValue] + arguments).joined(separator: " ")
  }

  private var word: CommandWord {
    switch self {
    case .takeReference: .calibrate
    case .setReference(_, nil): .noReference
    case .setReference: .reference
    case .useReference: .useReference
    case .keepReference: .keepReference
    case .calibrateAccelerometer: .accelerometer
    case .setMode: .mode
    case .setQuiet: .quiet
    case .setSession: .session
    case .play: .play
    case .suggestBreak: .suggestBreak
    case .silence(.snooze, for: _): .snooze
    case .silence(.pause, for: _): .pause
    case .resume: .resume
    case .assumeExposure: .exposure
    case .assumeCue: .cue
    case .assumeDeviation: .deviation
    }
  }

  private var arguments: [String] {
    switch self {
    case .takeReference(let name, let isBending): (name.map { [$0.name] } ?? []) + (isBending ? [Self.bending] : [])
    case .setReference(let name, let kept): [name.name] + (kept.map { [$0.text] } ?? [])
    case .useReference(let name): [name.name]
    case .calibrateAccelerometer(.identity): [Self.none]
    case .calibrateAccelerometer(let calibration): [calibration.text]
    case .setMode(let mode): [mode.name]
    case .setQuiet(let isSet), .setSession(let isSet): [isSet ? Self.yes : Self.no]
    case .play(let kind): [kind.name]
    case .silence(_, for: let length), .suggestBreak(sitting: let length): [String(length.microseconds), "us"]
    case .assumeExposure(let millionths): [String(millionths), "ppm"]
    case .assumeCue(let since): [String(since.microseconds), "us"]
    case .assumeDeviation(let sinceCue, let reminders): [String(sinceCue.microseconds), "us", String(reminders)]
    case .keepReference, .resume: []
    }
  }

  /// Nil where the text is no command.
  package init?(text: some StringProtocol) {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard let word = CommandWord(rawValue: String(parts[0])) else { return nil }
    let command =
      parts.count == 2
      ? Command(word, String(parts[1]))
      : Command(word)
    guard let command else { return nil }
    self = command
  }

  /// Of a word alone.
  private init?(_ word: CommandWord) {
    switch word {
    case .calibrate: self = .calibrate
    case .keepReference: self = .keepReference
    case .resume: self = .resume
    default: return nil
    }
  }

  /// Of a word and what follows it.
  private init?(_ word: CommandWord, _ rest: String) {
    let command: Command? =
      switch word {
      case .calibrate: Self.takingReference(rest)
      case .accelerometer where rest == Self.none: .calibrateAccelerometer(.identity)
      case .accelerometer: AccelerometerCalibration(text: rest).map { .calibrateAccelerometer($0) }
      case .reference: Self.settingReference(rest)
      case .noReference: ReferenceName(name: rest).map { .setReference($0, nil) }
      case .useReference: ReferenceName(name: rest).map { .useReference($0) }
      case .mode: Mode(name: rest).map { .setMode($0) }
      case .quiet: Self.yesOrNo(rest).map { .setQuiet($0) }
      case .session: Self.yesOrNo(rest).map { .setSession($0) }
      case .play: Cue.Kind(name: rest).map { .play($0) }
      case .suggestBreak: Self.length(rest).map { .suggestBreak(sitting: $0) }
      case .snooze: Self.length(rest).map { .silence(.snooze, for: $0) }
      case .pause: Self.length(rest).map { .silence(.pause, for: $0) }
      case .exposure:
        Decimal.whole(rest, unit: "ppm").flatMap { Int32(exactly: $0) }.flatMap { $0 < 0 ? nil : .assumeExposure($0) }
      case .cue: Self.length(rest).map { .assumeCue(since: $0) }
      case .deviation: Self.assumingDeviation(rest)
      case .keepReference, .resume: nil
      }
    guard let command else { return nil }
    self = command
  }

  private static func yesOrNo(_ text: String) -> Bool? { text == yes ? true : text == no ? false : nil }

  private static func takingReference(_ text: String) -> Command? {
    var words = text.split(separator: " ", omittingEmptySubsequences: false)
    let isBending = words.last.map { $0 == bending } ?? false
    if isBending { words.removeLast() }
    guard let word = words.first else { return .takeReference(nil, isBending: isBending) }
    guard words.count == 1, let name = ReferenceName(name: word) else { return nil }
    return .takeReference(name, isBending: isBending)
  }

  private static func settingReference(_ text: String) -> Command? {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = ReferenceName(name: parts[0]), let kept = KeptReference(text: parts[1]) else {
      return nil
    }
    return .setReference(name, kept)
  }

  private static func assumingDeviation(_ text: String) -> Command? {
    guard let space = text.lastIndex(of: " "), let sinceCue = length(String(text[..<space])),
      let reminders = Decimal.whole(String(text[text.index(after: space)...])), let count = UInt8(exactly: reminders)
    else { return nil }
    return .assumeDeviation(sinceCue: sinceCue, reminders: count)
  }

  private static func length(_ text: String) -> Interval? {
    guard let microseconds = Decimal.whole(text, unit: "us"), (0...longestSilence.microseconds).contains(microseconds)
    else { return nil }
    return Interval(microseconds: microseconds)
  }
}
