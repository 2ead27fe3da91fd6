// SPDX-License-Identifier: MIT
import Glibc

/// The environment variables of the process.
package enum Environment {
  /// Nil where the variable is not set. Nothing in the process may change the environment meanwhile (getenv(3)).
  package static func value(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
