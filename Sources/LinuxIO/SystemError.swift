// SPDX-License-Identifier: MIT
import Glibc

/// A system call that failed.
package struct SystemError: DescribedError, Equatable, Sendable {
  /// The call and what it was applied to: `open /dev/i2c-1`.
  package let call: String
  /// The error number (`errno`).
  package let number: Int32

  package init(call: String, number: Int32) {
    self.call = call
    self.number = number
  }

  /// The last failure of the calling thread; read before anything else can change `errno`.
  static func last(_ call: @autoclosure () -> String) -> SystemError {
    let number = errno
    return SystemError(call: call(), number: number)
  }

  package var message: String { "\(call): \(Self.text(of: number))" }

  /// The C library's words for an error number, in the C locale unless the program has set another.
  package static func text(of number: Int32) -> String {
    // 256 bytes hold the longest text of any locale; a longer one would be cut, not refused.
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      unsafe buffer.initialize(repeating: 0)
      guard let start = buffer.baseAddress, unsafe strerror_r(number, start, buffer.count) == 0 else {
        return "error \(number)"
      }
      return unsafe String(cString: start)
    }
  }
}
