// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// What follows from a fault, and how the sensor is: one machine for all of them.
///
/// A fault that the next transfer may be free of is tolerated a few times in a row; every other one, and one too many
/// of these, loses the sensor: it is left alone for a pause that doubles from try to try, up to a limit, and started
/// anew.
struct SensorHealth: BitwiseCopyable, Sendable {
  private static var toleratedFaults: Int { 2 }
  private static var shortestPause: Interval { .milliseconds(100) }
  private static var longestPause: Interval { .seconds(5) }
  /// So long without a fault, and the sensor is no longer called degraded.
  private static var probation: Interval { .seconds(1) }
  /// So long with samples, and the next pause is the shortest again: a sensor that is lost as soon as it is back has
  /// its pauses grow.
  private static var trial: Interval { .seconds(1) }

  private(set) var state = SensorState.starting
  /// When to try again after a fault.
  private(set) var retry = Timestamp(microseconds: 0)
  private var hasSampled = false
  private var faultsInARow = 0
  private var lastFault: Timestamp?
  private var pause = SensorHealth.shortestPause
  private var sampledSince: Timestamp?

  /// The start is tried (again).
  mutating func begin() {
    state = hasSampled ? .recovering : .starting
    sampledSince = nil
  }

  /// A transfer brought samples.
  mutating func sampled(at now: Timestamp) {
    hasSampled = true
    faultsInARow = 0
    let since = sampledSince ?? now
    sampledSince = since
    if now - since >= Self.trial { pause = Self.shortestPause }
    if state == .degraded, let lastFault, now - lastFault < Self.probation { return }
    state = .running
  }

  /// Returns whether the sensor stays in use: the next try is then at `soon`.
  mutating func tolerates(_ fault: SensorFault, at now: Timestamp, soon: Timestamp) -> Bool {
    lastFault = now
    if state.isTrusted, Self.isPassing(fault) {
      faultsInARow += 1
      if faultsInARow <= Self.toleratedFaults {
        state = .degraded
        retry = soon
        return true
      }
    }
    state = .lost
    faultsInARow = 0
    retry = now + pause
    pause = min(pause + pause, Self.longestPause)
    return false
  }

  private static func isPassing(_ fault: SensorFault) -> Bool {
    switch fault {
    case .bus(.adapterGone), .bus(.noAdapter), .bus(.notAnAdapter): false
    case .bus, .implausibleData, .overrun: true
    default: false
    }
  }
}
