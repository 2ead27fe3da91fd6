// SPDX-License-Identifier: MIT
import HAL
import Testing

@testable import PostureService

/// The edges that wait on a line, and what befalls it.
private final class Line {
  var edges: [InputEdge] = []
  var failure: PinError?
  var openings = 0

  func edge(isRising: Bool) { edges.append(InputEdge(time: 1, isRising: isRising, sequence: UInt32(edges.count + 1))) }
}

private struct FakeEdges: InputEdges, ~Copyable {
  let line: Line

  mutating func next() throws(PinError) -> InputEdge? {
    if let failure = line.failure { throw failure }
    return line.edges.isEmpty ? nil : line.edges.removeFirst()
  }

  mutating func reopen() throws(PinError) {
    line.openings += 1
    if let failure = line.failure { throw failure }
  }
}

struct ButtonTests {
  private let line = Line()
  private let log = LogLines()
  private let button: Button<FakeEdges>

  init() { button = Button(FakeEdges(line: line)) }

  private func look(at seconds: Double) -> Bool { button.wasPressed(at: at(seconds).microseconds, log.logger) }

  @Test func aPressIsSeenOnceAndALettingGoIsNone() {
    #expect(!look(at: 0))
    line.edge(isRising: true)
    #expect(look(at: 1))
    #expect(!look(at: 2))
    line.edge(isRising: false)
    #expect(!look(at: 3))
    line.edge(isRising: true)
    line.edge(isRising: false)
    #expect(look(at: 4))
    #expect(!look(at: 5))
    #expect(line.openings == 1 && log.lines == [])
  }

  @Test func severalPressesBetweenTwoLooksAreOne() {
    for _ in 0..<5 {
      line.edge(isRising: true)
      line.edge(isRising: false)
    }
    #expect(look(at: 0))
    #expect(!look(at: 1) && line.edges.isEmpty)
  }

  @Test func aLineThatIsNotThereIsTriedEveryFiveSecondsAndSaidOnce() {
    line.failure = .notFound
    for tick in 0..<100 { #expect(!look(at: Double(tick) * 0.25)) }
    #expect(line.openings == 5)
    #expect(log.lines == ["error: button: \(PinError.notFound.text)"])
    line.failure = .busy
    #expect(!look(at: 25))
    #expect(log.lines.last == "error: button: \(PinError.busy.text)")
    line.failure = nil
    line.edge(isRising: true)
    #expect(!look(at: 29.9))
    #expect(look(at: 30))
    #expect(log.lines.last == "notice: button: its line works again" && log.lines.count == 3)
  }

  /// One that has worked for a while is requested anew at once.
  @Test func aLineThatGoesIsOpenedAnew() {
    #expect(!look(at: 0))
    line.failure = .gone
    #expect(!look(at: 20))
    #expect(log.lines == ["error: button: \(PinError.gone.text)"])
    line.failure = nil
    line.edge(isRising: true)
    #expect(look(at: 20.25))
    #expect(line.openings == 2 && log.lines.count == 2)
  }
}
