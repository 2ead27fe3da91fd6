// SPDX-License-Identifier: MIT
import CLinux
import Glibc

/// What is known about the terminal behind a descriptor.
package enum Terminal {
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The width in columns; nil where there is no terminal, or it does not say (a serial line reports 0).
  package static func width(_ descriptor: Int32) -> Int? {
    let columns = clinux_terminal_columns(descriptor)
    return columns > 0 ? Int(columns) : nil
  }
}
