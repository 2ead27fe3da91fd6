// SPDX-License-Identifier: MIT
import CI2C
import Glibc
import HAL

/// An I2C adapter of the kernel, `/dev/i2c-N`.
///
/// Where the adapter has plain transfers, an exchange is one I2C_RDWR with a repeated start; elsewhere it is made of libi2c's
/// SMBus calls, as far as these reach (`isSMBusOnly`). An exchange allocates nothing.
///
/// The bargain: timeout and retries belong to the adapter, not to this descriptor, so they hold for its other users too.
package struct I2CDevice: ~Copyable, I2CBus {
  /// The most bytes of one message that the kernel takes (drivers/i2c/i2c-dev.c, i2cdev_ioctl_rdwr).
  package static let maximumLength = 8192
  /// Long enough for 1024 bytes at 100 kHz, 92 ms, twice over; short enough that a stuck bus is noticed.
  package static let defaultTimeoutMilliseconds = 200

  /// True where only SMBus calls work: a read then needs a register, and one of more than 32 bytes is made of several calls
  /// that advance the register, which is wrong for a FIFO behind a single register.
  package let isSMBusOnly: Bool
  private let descriptor: FileDescriptor
  private var selected: I2CAddress?

  /// - Parameters:
  ///   - path: `/dev/i2c-1`, usually; the number may change from boot to boot.
  ///   - timeoutMilliseconds: of one transfer; the kernel counts in steps of 10 ms, so it is rounded up.
  ///   - retries: how often the kernel repeats a transfer that lost the bus to another master.
  package init(path: String, timeoutMilliseconds: Int = defaultTimeoutMilliseconds, retries: Int = 1)
    throws(I2COpenError)
  {
    precondition(timeoutMilliseconds > 0 && retries >= 0, "a bus needs a timeout")
    do {
      descriptor = try FileDescriptor.open(path: path, flags: O_RDWR | O_NOCTTY | O_NONBLOCK)
      guard try descriptor.kind() == S_IFCHR else { throw I2COpenError(path: path, cause: .notAnAdapter) }
      isSMBusOnly = try Self.isSMBusOnly(descriptor, path: path)
      try Self.control(descriptor, I2C_TIMEOUT, (timeoutMilliseconds + 9) / 10, "set the timeout of \(path)")
      try Self.control(descriptor, I2C_RETRIES, retries, "set the retries of \(path)")
    } catch let error as SystemError {
      throw I2COpenError(path: path, cause: .init(error))
    } catch let error as I2COpenError {
      throw error
    } catch {
      fatalError("unreachable: \(error)")
    }
  }
}
