// SPDX-License-Identifier: MIT
import HAL
import Logging
import PostureCore

/// A push button, looked at now and then: the kernel keeps its edges meanwhile.
///
/// Used by the hub alone, on its event loop. A line that fails is requested anew, and each kind of failure is said
/// once.
package final class Button<Input: InputEdges & ~Copyable> {
  /// Between two tries to open the line, in microseconds.
  private static var retryPause: Int64 { 5_000_000 }

  private var input: Input
  private var machine = ButtonGestures()
  private var isOpen = false
  private var nextTry: Int64 = .min
  private var saidError: PinError?

  /// - Parameter input: of both edges, debounced; opened by the first look.
  package init(_ input: consuming Input) { self.input = input }

  /// The gestures since the last look.
  ///
  /// - Parameter now: monotonic, in microseconds.
  package func gestures(at now: Int64, _ logger: Logger) -> [ButtonGesture] {
    var findings: [ButtonGestures.Finding] = []
    do {
      if !isOpen {
        guard now >= nextTry else { return [] }
        nextTry = now + Self.retryPause
        try input.reopen()
        isOpen = true
        machine = ButtonGestures()
        if saidError != nil { logger.notice("button: its line works again") }
        saidError = nil
      }
      while let edge = try input.next() { findings += machine.take(edge) }
      findings += machine.advance(to: now)
    } catch {
      if saidError != error { logger.error("button: \(error.text)") }
      saidError = error
      isOpen = false
    }
    return findings.compactMap { finding in
      switch finding {
      case .gesture(let gesture): return gesture
      case .stuck:
        logger.error("button: held for \(Int(ButtonGestures.stuckAfter.seconds)) s: it is stuck, or wired wrongly")
        return nil
      }
    }
  }
}
