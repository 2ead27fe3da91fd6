// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// A change of a pin's level.
package struct PinEdge: BitwiseCopyable, Sendable, Equatable {
  /// Of the pin's clock.
  package var time: Timestamp
  /// The level from then on.
  package var isActive: Bool

  package init(time: Timestamp, isActive: Bool) {
    self.time = time
    self.isActive = isActive
  }
}

/// What happened on a simulated pin, shared by the pin and whoever looks; one thread at a time, nothing guards it.
package final class PinLog {
  /// The latest edges, oldest first; more than a test's minutes have.
  package private(set) var edges = RingBuffer<256, PinEdge>(
    filler: PinEdge(time: Timestamp(microseconds: 0), isActive: false))
  package private(set) var isActive = false

  package init() {}

  fileprivate func record(_ active: Bool, at time: Int64) {
    guard active != isActive else { return }
    isActive = active
    edges.append(PinEdge(time: Timestamp(microseconds: time), isActive: active))
  }
}

/// An output pin that is not there: it starts inactive and writes its edges into a log.
package struct SimulatedPin<C: MonotonicClock>: OutputPin {
  private let clock: C
  package let log: PinLog
  private let motor: SimulatedMotor?

  /// - Parameter motor: what it switches, where that matters to anybody.
  package init(clock: C, log: PinLog = PinLog(), motor: SimulatedMotor? = nil) {
    self.clock = clock
    self.log = log
    self.motor = motor
  }

  /// It is not graded.
  package func set(percent: UInt8) throws(PinError) {
    let now = clock.now()
    log.record(percent > 0, at: now)
    motor?.drive(percent: percent > 0 ? 100 : 0, at: Timestamp(microseconds: now))
  }
}
