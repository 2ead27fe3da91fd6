// SPDX-License-Identifier: MIT
import LinuxIO
import Logging

/// Tells the service manager how the sampling thread is: ready with the first sample, alive as long as it comes back
/// from its sleeps.
///
/// A thread that hangs in the kernel misses its deadline, the watchdog is not fed, and the manager restarts the
/// service; one that knowingly waits to try a lost sensor again keeps its deadlines and is fed.
final class WatchdogFeeder {
  private let notifier: ServiceNotifier
  private let logger: Logger
  private var hasFailed = false
  private var isReady = false
  private var lastStatus = ""
  private var nextFeed: Int64 = .min

  init(_ notifier: ServiceNotifier, _ logger: Logger) {
    self.notifier = notifier
    self.logger = logger
  }

  func feed(_ state: ServiceState, isOverdue: Bool) {
    let status = Self.text(state, isOverdue: isOverdue)
    if !isReady && state.samples > 0 {
      isReady = notify { () throws(SystemError) in try notifier.ready(status: status) }
    } else if status != lastStatus {
      notify { () throws(SystemError) in try notifier.status(status) }
    }
    lastStatus = status
    guard let interval = notifier.watchdogInterval, !isOverdue else { return }
    let now = SystemClock().now()
    guard now >= nextFeed else { return }
    nextFeed = now + interval / 3
    notify { () throws(SystemError) in try notifier.watchdog() }
  }

  func stopping() { notify { () throws(SystemError) in try notifier.stopping() } }

  /// False where the manager does not listen; that is said once, and the service goes on.
  @discardableResult
  private func notify(_ body: () throws(SystemError) -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      if !hasFailed { logger.error("service manager: \(error.message)") }
      hasFailed = true
      return false
    }
  }

  private static func text(_ state: ServiceState, isOverdue: Bool) -> String {
    if isOverdue { return "The sampling thread hangs" }
    switch state.state {
    case .starting: return "Starting, source \(state.facts.source)"
    case .running, .degraded: return "Sampling \(state.sensor ?? "a recording"), source \(state.facts.source)"
    case .lost, .recovering: return "Sensor lost: \(state.fault?.text(bus: state.facts.bus) ?? "unknown")"
    case .ended: return "The source has ended"
    }
  }
}
