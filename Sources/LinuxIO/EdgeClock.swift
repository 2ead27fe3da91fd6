// SPDX-License-Identifier: MIT
import HAL

/// The system's clock, whose sleep ends early when an input has an edge.
///
/// It follows an input that is opened anew. Whoever sleeps must look for the edges in between, one at least: edges that
/// nobody takes do not end the next sleep. To be used on the thread of its input.
package struct EdgeClock: MonotonicClock, Sendable {
  private let clock = SystemClock()
  private let signal: EdgeSignal?

  /// Sleeps as `SystemClock` does.
  package init() { signal = nil }

  package init(waitingFor input: borrowing GPIOInput) { signal = input.signal }

  package func now() -> Int64 { clock.now() }

  package func sleep(until deadline: Int64) {
    if let signal, signal.isArmed {
      let now = clock.now()
      guard deadline > now, !signal.wait(microseconds: deadline - now) else { return }
    }
    clock.sleep(until: deadline)
  }
}
