// SPDX-License-Identifier: MIT
import Logging
import PostureFormats
import Synchronization
import Testing

@testable import PostureService

/// Lines for the journal and for people.
struct LogOutputTests {
  /// What is written, on a clock that a test turns.
  private final class Sink: Sendable {
    private let text = Mutex("")
    private let time = Mutex<Int64>(0)

    var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
    func advance(_ seconds: Double) { time.withLock { $0 += Int64(seconds * 1e6) } }

    func output(_ style: LogOutput.Style, level: Logger.Level = .trace) -> LogOutput {
      LogOutput(
        style, level: level, now: { self.time.withLock { $0 } }, write: { line in self.text.withLock { $0 += line } })
    }
  }

  @Test func theJournalGetsPrioritiesAndNoTimes() {
    let sink = Sink()
    let logger = sink.output(.journal).logger
    for level in Logger.Level.allCases { logger.log(level: level, "a message") }
    #expect(sink.lines == [7, 7, 6, 5, 4, 3, 2].map { "<\($0)>a message" })
  }

  @Test func peopleGetTheTimeAndTheLevel() {
    let sink = Sink()
    sink.output(.people).logger.warning("wires")
    #expect(sink.lines.count == 1)
    #expect(sink.lines[0].wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ warning wires/) != nil)
  }

  /// A client's name for something, or a path, can hold anything.
  @Test(arguments: [LogOutput.Style.journal, .people]) func aMessageIsOneLineOfPlainText(style: LogOutput.Style) {
    let sink = Sink()
    sink.output(style).logger.info("a\nb\u{1B}[31m\tc\r\n<0>d\u{7F}ü\u{9B}2J\u{2028}e\u{202E}")
    #expect(sink.lines.count == 1)
    #expect(sink.lines[0].hasSuffix("a\\nb\\u{1b}[31m c\\u{d}\\n<0>d\\u{7f}ü\\u{9b}2J\\u{2028}e\\u{202e}"))
  }

  @Test func whatIsBelowTheLevelIsNotLoggedByAnyLoggerFromThenOn() {
    let sink = Sink()
    let output = sink.output(.journal, level: .notice)
    let (one, other) = (output.logger, output.logger)
    one.info("no")
    other.notice("yes")
    output.leastLevel = .error
    one.warning("no")
    other.error("too")
    output.leastLevel = .debug
    one.debug("again")
    #expect(sink.lines == ["<5>yes", "<3>too", "<7>again"])
  }

  @Test func whatComesTooFastIsHeldBackAndCounted() {
    let sink = Sink()
    let logger = sink.output(.journal).logger
    for index in 0..<250 { logger.info("\(index)") }
    #expect(sink.lines.count == 100 && sink.lines.last == "<6>99")
    // Two a second.
    sink.advance(0.4)
    logger.info("still not")
    #expect(sink.lines.count == 100)
    sink.advance(0.2)
    logger.info("now")
    #expect(sink.lines.suffix(2) == ["<4>151 messages came too fast and are not here", "<6>now"])
    sink.advance(2)
    for index in 0..<10 { logger.info("\(index)") }
    #expect(sink.lines.count == 106)
    // After a quiet time a burst again, and not more than that.
    sink.advance(86_400)
    for index in 0..<250 { logger.info("\(index)") }
    #expect(sink.lines.count == 106 + 1 + 100)
  }

  /// Whoever can open the socket can make warnings: they must not hide what matters.
  @Test func aFloodOfOneLevelHoldsBackNoOther() {
    let sink = Sink()
    let logger = sink.output(.journal).logger
    for index in 0..<500 { logger.warning("a client was turned away \(index)") }
    #expect(sink.lines.count == 100)
    logger.error("motor: on for too long")
    logger.notice("ended")
    #expect(
      sink.lines.suffix(3) == [
        "<4>400 messages came too fast and are not here", "<3>motor: on for too long", "<5>ended",
      ])
  }

  @Test func whatALibraryAddsToItsMessageIsThere() {
    let sink = Sink()
    var logger = sink.output(.journal).logger
    logger[metadataKey: "service"] = "one"
    logger.debug("threw", metadata: ["error": "no\ndisk", "b": "2"])
    #expect(sink.lines == ["<7>threw b=2 error=no\\ndisk service=one"])
  }

  /// A simulation runs fast, and whoever looks at it wants all of it.
  @Test func fromPeopleNothingIsHeldBack() {
    let sink = Sink()
    let logger = sink.output(.people).logger
    for index in 0..<1000 { logger.info("\(index)") }
    #expect(sink.lines.count == 1000)
  }

  /// Nothing here is the journal's stream.
  @Test func standardErrorIsForPeopleUnlessItIsTheJournals() {
    #expect(LogOutput.Style.ofStandardError() == .people)
  }
}
