// SPDX-License-Identifier: MIT

/// Why a pin could not be used.
package enum PinError: Error, BitwiseCopyable, Sendable, Equatable {
  /// There is no such line, chip or channel.
  case notFound
  /// Another program or driver has the line.
  case busy
  /// The chip was there and is gone.
  case gone
  /// This process may not use it.
  case notPermitted
  /// Any other error number of the system.
  case system(Int32)
}

/// One output that something is driven with, such as a transistor's gate.
package protocol OutputPin: ~Copyable {
  /// Whether the pin holds a level between off and fully on by itself, as a PWM channel does.
  var isGraded: Bool { get }

  /// Drives the pin: 0 is off, 100 fully on. A pin that is not graded is on with every level above 0. Not mutating, so
  /// that a deinit may call it.
  func set(percent: UInt8) throws(PinError)

  /// Lets the line go and requests it anew, where that is how one comes back that was busy or had vanished.
  mutating func reopen() throws(PinError)
}

extension OutputPin where Self: ~Copyable {
  package var isGraded: Bool { false }
  package mutating func reopen() throws(PinError) {}
}
