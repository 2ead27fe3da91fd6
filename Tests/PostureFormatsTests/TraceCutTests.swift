// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// A recording that was killed, or whose machine lost its power, ends anywhere.
struct TraceCutTests {
  /// Three seconds, with remarks of every kind between the rows.
  private static let whole: [UInt8] = {
    let lines = slouch(quiet: 2, bent: 1).split(separator: "\n", omittingEmptySubsequences: false)
    let remarks = [
      "#! 5 calibrate", "#! 5 lost 3 late", "#! 5 fault no-acknowledge", "#! 5 set detector.hold: 5 s", "# for people",
      "#! 5 mode tracking",
    ]
    var text: [Substring] = []
    for (index, line) in lines.enumerated() {
      if index > 10, index < lines.count - 1, index % 20 == 0 { text.append(Substring(remarks[index / 20 % 6])) }
      text.append(line)
    }
    return Array(text.joined(separator: "\n").utf8)
  }()

  private static func rows(_ bytes: ArraySlice<UInt8>) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    return lines.dropFirst(6).count { $0.first != UInt8(ascii: "#") }
  }

  /// A thousand places, and the first ones of a trace, where the header is cut.
  @Test func whereverATraceIsCutAllWholeRowsAreRead() {
    var random = SeededRandom(31)
    let places = (0..<1000).map { _ in Int.random(in: 0..<Self.whole.count, using: &random) } + Array(0..<300)
    let complete = reading(Self.whole)
    #expect(complete.error == nil && complete.cut == nil && complete.samples.count == 300)
    for place in places {
      let bytes = Self.whole[..<place]
      let result = reading(Array(bytes), chunk: Int.random(in: 1...5000, using: &random))
      let expected = Self.rows(bytes)
      #expect(result.raws == Array(complete.raws.prefix(expected)), "\(place)")
      #expect(result.commands == Array(complete.commands.prefix(expected)), "\(place)")
      // Within the header, or before the first row is whole, it is no recording.
      #expect((result.error != nil) == (expected == 0), "\(place): \(result.error.map(\.description) ?? "no error")")
      guard expected > 0 else { continue }
      let tail = bytes[((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)...]
      #expect(result.cut?.text == (tail.isEmpty ? nil : String(decoding: tail, as: UTF8.self)), "\(place)")
      if let cut = result.cut { #expect(cut.line == bytes.count { $0 == UInt8(ascii: "\n") } + 1, "\(place)") }
    }
  }

  @Test func aReplayOfACutTraceDecidesAsThatOfItsWholeLines() throws {
    func replay(_ bytes: ArraySlice<UInt8>) throws -> Replay {
      var replay = Replay(source: "t", Replay.Options())
      try replay.read(Array(bytes).span)
      try replay.finish()
      return replay
    }
    var random = SeededRandom(32)
    var cuts = 0
    for _ in 0..<20 {
      let bytes = Self.whole[..<Int.random(in: Self.whole.count / 2..<Self.whole.count, using: &random)]
      let end = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      let (cut, whole) = (try replay(bytes), try replay(bytes[..<end]))
      #expect(cut.events == whole.events && cut.summary == whole.summary && whole.cut == nil)
      #expect((cut.cut == nil) == (end == bytes.endIndex))
      if cut.cut != nil { cuts += 1 }
    }
    #expect(cuts > 10)
  }

  @Test func theNoticeNamesTheLineAndWhatThereIsOfIt() {
    let cut = reading(trace("0,1,2,3,4,5,6") + "10000,1,2\u{1B}").cut
    let found = "t:8: found '10000,1,2\\u{1b}' and then the end of the file, expected a whole line"
    #expect(cut?.error.description == found)
    #expect(cut?.notice == found + ": left out, all lines before it were read")
  }
}
