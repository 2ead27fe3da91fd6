// SPDX-License-Identifier: MIT
import Glibc

/// Ctrl-C, and what else asks a program to end, kept until it is looked for: something is to be finished first.
package struct Interruption: ~Copyable {
  private let signals: sigset_t

  /// From now on SIGINT, SIGTERM and SIGHUP wait; in this thread and those that it makes.
  ///
  /// - Parameter hangup: false leaves SIGHUP alone: a terminal that goes away ends the program at once.
  package init(hangup: Bool = true) {
    signals = hangup ? Self.signals : SignalSet.of(SIGINT, SIGTERM)
    var signals = signals
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// One has come since it was last looked for.
  package mutating func hasCome() -> Bool {
    var signals = signals
    var now = timespec(tv_sec: 0, tv_nsec: 0)
    return unsafe sigtimedwait(&signals, nil, &now) > 0
  }

  /// From now on a SIGINT or SIGTERM ends the program at once, and what has come is forgotten; a SIGHUP still waits,
  /// because a terminal that goes away says so more than once.
  package mutating func becomeImpatient() { allow(SignalSet.of(SIGINT, SIGTERM)) }

  /// Nothing more is to be finished: from now on each of them ends the program. What has come is forgotten.
  package consuming func end() { allow(signals) }

  private mutating func allow(_ signals: sigset_t) {
    while hasCome() {}
    var signals = signals
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Those that wait.
  static var signals: sigset_t { SignalSet.of(SIGINT, SIGTERM, SIGHUP) }
}
