// SPDX-License-Identifier: MIT

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
