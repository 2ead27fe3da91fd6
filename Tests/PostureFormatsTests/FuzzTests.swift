// SPDX-License-Identifier: MIT
import PostureFormats
import Testing

/// Fifty thousand inputs that somebody has tampered with: none may crash, and every refusal says what and why.
struct FuzzTests {
  private static let rounds = 5000

  private static let configuration = """
    # posture
    socket.path: /run/postured/postured.sock
    sensor.rate: 100 Hz
    detector.enter: 15 deg # limit
    detector.hold: 10 s
    motor.line: GPIO17
    motor.strength: 60 %
    sensor.model: lsm6dso
    sensor.address: 0x6A
    sensor.batch: 50 ms
    detector.trigger: exposure
    detector.leave-sideways: 7.5 deg
    cues.quiet-hours: 22:00-07:00, 12:30-13:30
    cues.most-per-hour: 6
    context.off-body-after: never

    """
  private static let requestLines = [
    #"{"class":"watch","rate_hz":12.5}"#, #"{"class":"calibrate","reference":"car","bending":true}"#,
    #"{"class":"why","number":50}"#, #"{"class":"pause","for_s":1800}"#, #"{"class":"mode","mode":"tracking"}"#,
    #"{"class":"save","last_s":60}"#, "keep-reference",
  ]

  /// Pieces that readers have stumbled over before.
  private static let pieces: [[UInt8]] =
    [
      "\n", "\r\n", "\r", ",", ":", "#", "#! ", "=", "-", ".", "e", "nan", "inf", "1e999", "-0", " ", "\t", "'", "\"",
      "{",
      "}", "\\u0000", "null", "99999999999999999999", "9223372036854775807", "-9223372036854775808", "µ", "\u{FEFF}",
      "\u{301}",
      "# rate: 1 Hz\n", "time_us,ax,ay,az,gx,gy,gz\n", "\n#! 1 ", " us", " sitting", " bending",
      "24:00", "-", "never",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xED, 0xA0, 0x80]]

  private func mutated(_ seed: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.replaceSubrange(place..<end, with: Self.pieces.randomElement(using: &random) ?? [])
      case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      case 4: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random) }
      default: bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
      if Int.random(in: 0..<40, using: &random) == 0 { bytes.removeSubrange(min(place, bytes.count)...) }
    }
    return bytes
  }

  private func check(_ error: InputError) {
    #expect(!error.source.isEmpty && !error.found.isEmpty && !error.expected.isEmpty, "\(error)")
    #expect(error.description.utf8.count < 1000, "\(error)")
    #expect(!error.description.utf8.contains { $0 < 0x20 }, "\(error)")
  }

  /// One command of each kind.
  private static let commands =
    headerLines
    + [
      "calibrate sitting bending", "acceleration-calibration offset 1 -2 3 ug, scale 4 5 -6 ppm",
      "reference car up 0 0 1000000000 forward 1000000000 0 0 axis bend", "no-reference sitting",
      "use-reference standing", "keep-reference", "mode tracking", "quiet yes", "session yes",
      "play tense", "suggest-break 1800000000 us", "snooze 600000000 us",
      "pause 1800000000 us", "resume", "exposure 250000 ppm", "cue 600000000 us", "deviation 12000000 us 2",
    ].enumerated().map { "#! \($0) \($1)\n\($0)0000,1,2,3,4,5,6\n" }.joined()

  @Test func everyWordOfACommandIsTamperedWith() {
    for word in CommandWord.allCases { #expect(Self.commands.contains(" \(word.rawValue)"), "\(word)") }
  }

  @Test(arguments: [TraceReaderTests.ours, TraceReaderTests.foreign, commands]) func recordings(text: String) {
    var random = SeededRandom(4)
    var accepted = 0
    var refused = 0
    for _ in 0..<Self.rounds {
      let bytes = mutated(Array(text.utf8), &random)
      var options = Replay.Options()
      options.wantsEstimates = true
      var replay = Replay(source: "f", options)
      do {
        let cut = Int.random(in: 0...bytes.count, using: &random)
        try replay.read(bytes.span.extracting(0..<cut))
        try replay.read(bytes.span.extracting(cut..<bytes.count))
        try replay.finish()
        accepted += 1
      } catch {
        check(error)
        refused += 1
      }
    }
    #expect(accepted > 20 && refused > 1000, "\(accepted) of \(Self.rounds)")
  }

  @Test func configurations() {
    var random = SeededRandom(5)
    var accepted = 0
    var refused = 0
    for _ in 0..<Self.rounds {
      var reader = ConfigurationReader()
      reader.read(file: mutated(Array(Self.configuration.utf8), &random), named: "f")
      do {
        _ = try reader.result()
        accepted += 1
      } catch {
        #expect(!error.errors.isEmpty)
        for error in error.errors { check(error) }
        refused += 1
      }
    }
    #expect(accepted > 100 && refused > 1000)
  }

  @Test(arguments: requestLines) func requests(line: String) {
    var random = SeededRandom(6)
    var accepted = 0
    var refused = 0
    for _ in 0..<Self.rounds {
      switch Request.parse(String(decoding: mutated(Array(line.utf8), &random), as: UTF8.self)) {
      case .success: accepted += 1
      case .failure(let error):
        check(error)
        refused += 1
      }
    }
    #expect(accepted > 10 && refused > 1000)
  }
}
