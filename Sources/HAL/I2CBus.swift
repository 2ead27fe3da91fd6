// SPDX-License-Identifier: MIT

/// A seven-bit I2C address.
package struct I2CAddress: BitwiseCopyable, Sendable, Equatable {
  package let value: UInt8

  /// Nil outside 0x08...0x77, the addresses that a device may have (UM10204, table 4).
  package init?(_ value: UInt8) {
    guard (0x08...0x77).contains(value) else { return nil }
    self.value = value
  }

  private init(lowest value: UInt8) { self.value = value }
  package static var lowest: I2CAddress { I2CAddress(lowest: 0x08) }
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
  /// There is no such adapter.
  case noAdapter
  /// What bears the adapter's name is something else.
  case notAnAdapter
  /// The adapter is gone.
  case adapterGone
  /// This process may not use the adapter.
  case notPermitted
  /// The adapter cannot do this kind or length of transfer.
  case unsupported
  /// Any other error number of the system.
  case system(Int32)
}

/// A bus to which devices are attached; one operation is required.
package protocol I2CBus: ~Copyable {
  /// Writes bytes to a device, then, after a repeated start, reads as many as `reading` holds. Either may be empty, not
  /// both.
  @_lifetime(reading: copy reading)
  mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError)

  /// The most bytes that one exchange may read from a register that does not advance, such as a FIFO's.
  var longestRead: Int { get }

  /// Lets the adapter go and opens it anew, where that is how one comes back that had vanished. Not for the way of a
  /// sample: it may take its time.
  mutating func reopen() throws(I2CError)
}

extension I2CBus where Self: ~Copyable {
  package var longestRead: Int { 8192 }
  package mutating func reopen() throws(I2CError) {}
}
