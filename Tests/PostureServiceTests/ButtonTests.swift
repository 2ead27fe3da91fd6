// SPDX-License-Identifier: MIT
import HAL
import Testing

@testable import PostureService

/// The edges that wait on a line, and what befalls it.
private final class Line {
  var edges: [InputEdge] = []
  var failure: PinError?
  var openings = 0
  private var taken = 0

  func edge(_ isRising: Bool, at seconds: Double) {
    edges.append(
      InputEdge(time: at(seconds).microseconds, isRising: isRising, sequence: UInt32(edges.count + taken + 1)))
  }

  /// Pressed and let go.
  func press(at seconds: Double, for length: Double = 0.2) {
    edge(true, at: seconds)
    edge(false, at: seconds + length)
  }

  func take() -> InputEdge? {
    guard !edges.isEmpty else { return nil }
    taken += 1
    return edges.removeFirst()
  }
}

private struct FakeEdges: InputEdges, ~Copyable {
  let line: Line

  mutating func next() throws(PinError) -> InputEdge? {
    if let failure = line.failure { throw failure }
    return line.take()
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

  private func look(at seconds: Double) -> [ButtonGesture] {
    button.gestures(at: at(seconds).microseconds, log.logger)
  }

  @Test func aPressIsSaidOnceNoOtherFollowsIt() {
    #expect(look(at: 0) == [])
    line.edge(true, at: 1)
    #expect(look(at: 1.1) == [])
    line.edge(false, at: 1.2)
    #expect(look(at: 1.3) == [] && look(at: 1.59) == [])
    #expect(look(at: 1.6) == [.press])
    #expect(look(at: 2) == [])
    #expect(line.openings == 1 && log.lines == [])
  }

  @Test func severalGesturesBetweenTwoLooksAreAllSaid() {
    line.press(at: 1)
    line.press(at: 2)
    line.press(at: 2.3)
    line.press(at: 4, for: 1.5)
    #expect(look(at: 10) == [.press, .doublePress, .longPress])
    #expect(look(at: 11) == [] && line.edges.isEmpty)
  }

  @Test func oneThatIsStuckIsSaidOnce() {
    line.edge(true, at: 1)
    #expect(look(at: 1.9) == [] && look(at: 2) == [.longPress])
    for tick in 3..<100 { #expect(look(at: Double(tick)) == []) }
    #expect(log.lines == ["error: button: held for 10 s: it is stuck, or wired wrongly"])
    line.edge(false, at: 100)
    line.press(at: 101)
    #expect(look(at: 102) == [.press] && log.lines.count == 1)
  }

  @Test func aLineThatIsNotThereIsTriedEveryFiveSecondsAndSaidOnce() {
    line.failure = .notFound
    for tick in 0..<100 { #expect(look(at: Double(tick) * 0.25) == []) }
    #expect(line.openings == 5)
    #expect(log.lines == ["error: button: \(PinError.notFound.text)"])
    line.failure = .busy
    #expect(look(at: 25) == [])
    #expect(log.lines.last == "error: button: \(PinError.busy.text)")
    line.failure = nil
    line.press(at: 28)
    #expect(look(at: 29.9) == [])
    #expect(look(at: 30) == [.press])
    #expect(log.lines.last == "notice: button: its line works again" && log.lines.count == 3)
  }

  /// One that has worked for a while is requested anew at once; what was held meanwhile says nothing.
  @Test func aLineThatGoesIsOpenedAnew() {
    line.edge(true, at: 19.5)
    #expect(look(at: 19.7) == [])
    line.failure = .gone
    #expect(look(at: 20) == [])
    #expect(log.lines == ["error: button: \(PinError.gone.text)"])
    line.failure = nil
    #expect(look(at: 22) == [])
    line.edge(false, at: 23)
    line.press(at: 24)
    #expect(look(at: 25) == [.press])
    #expect(line.openings == 2 && log.lines.count == 2)
  }
}
