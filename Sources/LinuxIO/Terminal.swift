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

  /// Whether Ctrl-C clears the line that the cursor is on, on standard output, before it ends the program.
  package static func clearLineAtInterrupt(_ does: Bool) {
    guard does else {
      _ = signal(SIGINT, SIG_DFL)
      return
    }
    _ = signal(SIGINT) { number in
      // Nothing here but what signal-safety(7) allows; the text lies in the program's image.
      let text: StaticString = "\r\u{1B}[K"
      _ = unsafe Glibc.write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      _ = signal(number, SIG_DFL)
      raise(number)
    }
  }
}
