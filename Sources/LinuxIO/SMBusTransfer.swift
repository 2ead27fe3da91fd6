// SPDX-License-Identifier: MIT
import CI2C

/// What an exchange becomes on an adapter that knows SMBus calls only.
///
/// The calls need a register, so an exchange that names none, or that writes data and reads in one go, has no equal
/// there.
package enum SMBusTransfer: Equatable {
  /// Reads registers upward from the first, in calls of at most `blockLength` bytes.
  case read(register: UInt8, count: Int)
  /// Writes the bytes after the first to the register that the first names, in one call.
  case write(register: UInt8, count: Int)

  /// The most that one call carries (SMBus 2.0, 5.5.7; linux/i2c.h, I2C_SMBUS_BLOCK_MAX).
  package static let blockLength = Int(I2C_SMBUS_BLOCK_MAX)

  /// Nil where SMBus calls cannot do it. A read of one call may begin at any register: where it goes from there is the
  /// device's affair, and a FIFO's register stays where it is.
  package init?(written: borrowing Span<UInt8>, readCount: Int) {
    let count = written.count
    guard count > 0 else { return nil }
    let register = written[0]
    if count == 1 && readCount > 0 && (readCount <= Self.blockLength || Int(register) + readCount <= 256) {
      self = .read(register: register, count: readCount)
    } else if readCount == 0 && count > 1 && count - 1 <= Self.blockLength {
      self = .write(register: register, count: count - 1)
    } else {
      return nil
    }
  }

  /// The call of a read that comes after so many bytes.
  package static func call(register: UInt8, count: Int, after done: Int) -> (register: UInt8, length: Int) {
    (register &+ UInt8(truncatingIfNeeded: done), min(count - done, blockLength))
  }
}
