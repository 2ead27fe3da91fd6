// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// What a finger says with one button.
package enum ButtonGesture: Sendable, Equatable, CaseIterable {
  case press, doublePress, longPress
}

/// Tells gestures from the edges of a button's line, by the edges' own times: however seldom somebody looks.
///
/// Presses with less than 0.4 s between them belong together: one short press is a press, two are a double press, and
/// one that is held for a second is a long press, said while the finger is still on it. Everything else, such as three
/// presses, one that is neither short nor long, or one whose edges are not all there, is no gesture.
package struct ButtonGestures: Sendable {
  package enum Finding: Sendable, Equatable {
    case gesture(ButtonGesture)
    /// Held for longer than anybody holds it.
    case stuck
  }

  /// Longest press that is a short one.
  package static var longestShort: Interval { .milliseconds(800) }
  /// Held for so long it is a long one; a press between the two could have been meant as either.
  package static var shortestLong: Interval { .seconds(1) }
  /// So long after the last release nothing more belongs to it. People let 0.1 to 0.3 s pass within a double press.
  package static var pause: Interval { .milliseconds(400) }
  package static var stuckAfter: Interval { .seconds(10) }
  /// Shorter is a contact that bounces, 6.2 ms at most on common switches (Ganssle, "A Guide to Debouncing"), where
  /// the kernel lets it through.
  package static var bounce: Interval { .milliseconds(10) }

  private enum State {
    /// Nothing is going on, or it is held since before the start.
    case idle
    /// Since a time in microseconds.
    case pressed(Int64)
    /// From and to.
    case released(Int64, Int64)
  }

  private var state = State.idle
  /// Short ones that belong together, before the one that is going on.
  private var presses = 0
  /// What belongs together is no gesture, or has been said.
  private var isOver = false
  private var isStuck = false
  private var sequence: UInt32?

  package init() {}

  /// Takes the next edge; returns what has been going on before it.
  package mutating func take(_ edge: InputEdge) -> [Finding] {
    let findings = advance(to: edge.time)
    // One was lost.
    if let sequence, edge.sequence != sequence &+ 1 { isOver = true }
    sequence = edge.sequence
    switch (state, edge.isRising) {
    case (.idle, true): state = .pressed(edge.time)
    case (.pressed(let start), false): state = .released(start, edge.time)
    case (.released(let start, let end), true) where edge.time &- end < Self.bounce.microseconds:
      state = .pressed(start)
    case (.released(let start, let end), true):
      count(from: start, to: end)
      state = .pressed(edge.time)
    // The edge between is not there: it was lost, or was before the start.
    case (.pressed, true):
      isOver = true
      state = .pressed(edge.time)
    case (.idle, false), (.released, false):
      isOver = true
      state = .released(edge.time, edge.time)
    }
    return findings
  }

  /// Time has passed without an edge, up to `now`, in microseconds.
  package mutating func advance(to now: Int64) -> [Finding] {
    switch state {
    case .idle: return []
    case .pressed(let start):
      var findings: [Finding] = []
      if now &- start >= Self.shortestLong.microseconds, presses == 0, !isOver {
        isOver = true
        findings.append(.gesture(.longPress))
      }
      if now &- start >= Self.stuckAfter.microseconds, !isStuck {
        isStuck = true
        findings.append(.stuck)
      }
      return findings
    case .released(let start, let end):
      guard now &- end >= Self.pause.microseconds else { return [] }
      count(from: start, to: end)
      let gesture: ButtonGesture? = isOver ? nil : presses == 1 ? .press : presses == 2 ? .doublePress : nil
      (state, presses, isOver, isStuck) = (.idle, 0, false, false)
      return gesture.map { [.gesture($0)] } ?? []
    }
  }

  private mutating func count(from start: Int64, to end: Int64) {
    let length = Interval(microseconds: end &- start)
    if length > Self.longestShort { isOver = true } else if length >= Self.bounce { presses += 1 }
  }
}
