// SPDX-License-Identifier: MIT
import Glibc

/// Signals that end a program unless somebody waits for them.
package enum Signals {
  /// A hangup before anybody waits for it is nothing; whoever waits later sees those to come all the same.
  package static func ignoreHangup() { _ = signal(SIGHUP, SIG_IGN) }
}

/// The environment variables of the process.
package enum Environment {
  /// Nil where the variable is not set. Nothing in the process may change the environment meanwhile (getenv(3)).
  package static func value(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
