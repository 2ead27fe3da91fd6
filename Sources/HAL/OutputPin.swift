// SPDX-License-Identifier: MIT

/// Why a pin could not be driven: the system's error number.
package struct PinError: Error, BitwiseCopyable, Sendable, Equatable {
  package let number: Int32

  package init(number: Int32) { self.number = number }
}

/// One digital output.
package protocol OutputPin: ~Copyable {
  /// Drives the pin to its active level, or to the other. Not mutating, so that a deinit may call it.
  func set(active: Bool) throws(PinError)
}
