// SPDX-License-Identifier: MIT

/// A seven-bit I2C address.
package struct I2CAddress: BitwiseCopyable, Sendable, Equatable {
  package let value: UInt8

  /// Nil outside 0x08...0x77, the addresses that a device may have (UM10204, table 4).
  package init?(_ value: UInt8) {
    guard (0x08...0x77).contains(value) else { return nil }
    self.value = value
  }
}

/// Why a transfer on the bus failed.
package enum I2CError: Error, BitwiseCopyable, Sendable, Equatable {
  /// Nothing answered at that address, or it refused a byte.
  case noAcknowledge
  /// The bus or the device held the clock for too long.
  case timeout
  /// Another master won the bus.
  case arbitrationLost
  /// The transfer was garbled, or ended short.
  case busFault
  /// A kernel driver holds the address, or the bus.
  case busy
  /// The adapter is gone.
  case adapterGone
  /// This process may not use the adapter.
  case notPermitted
  /// The adapter cannot do this kind or length of transfer.
  case unsupported
  /// Any other error number of the system.
  case system(Int32)
}

/// A bus to which devices are attached: one required operation.
package protocol I2CBus: ~Copyable {
  /// Writes bytes to a device, then, after a repeated start, reads as many as `reading` holds. Either may be empty, not
  /// both.
  mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError)
}
