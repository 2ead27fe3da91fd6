// SPDX-License-Identifier: MIT
import Glibc

/// Where both programs say what went wrong.
package enum StandardError {
  /// Writes without a buffer. A standard error that takes nothing leaves nobody to tell.
  package static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
