// SPDX-License-Identifier: MIT
import Glibc

/// Why an I2C adapter could not be opened.
package struct I2COpenError: DescribedError, Equatable, Sendable {
  package enum Cause: Equatable, Sendable {
    case notFound
    case notPermitted
    /// The path is something else than an I2C adapter.
    case notAnAdapter
    /// An adapter, but with neither plain transfers nor SMBus block transfers.
    case noUsableTransfers
    case system(SystemError)
  }

  package let path: String
  package let cause: Cause

  init(path: String, cause: Cause) {
    self.path = path
    self.cause = cause
  }

  /// A directory and a socket cannot be opened to read and write; what is no adapter does not know I2C_FUNCS.
  init(path: String, failure: SystemError) {
    self.path = path
    cause =
      switch failure.number {
      case ENOENT, ENODEV: .notFound
      case EACCES, EPERM: .notPermitted
      case EISDIR, ENXIO, ENOTTY: .notAnAdapter
      default: .system(failure)
      }
  }

  package var message: String {
    switch cause {
    case .notFound:
      "\(path) does not exist: enable I2C with dtparam=i2c_arm=on in /boot/firmware/config.txt, load the module i2c-dev, "
        + "and see ls /dev/i2c-*"
    case .notPermitted: "\(path) may not be opened: add the user to group i2c"
    case .notAnAdapter: "\(path) is not an I2C adapter"
    case .noUsableTransfers: "\(path) offers neither plain I2C transfers nor SMBus block transfers"
    case .system(let error): error.message
    }
  }
}
