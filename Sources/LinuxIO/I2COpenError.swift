// SPDX-License-Identifier: MIT
import Glibc

/// Why an I2C adapter could not be opened.
package struct I2COpenError: DescribedError, Equatable, Sendable {
  package enum Cause: Equatable, Sendable {
    case notFound
    /// No adapter bears the name; `found` are those there are.
    case noSuchName(found: [String])
    /// More than one bears it.
    case ambiguousName(found: [String])
    case notPermitted
    /// The path is something else than an I2C adapter.
    case notAnAdapter
    /// An adapter, but with neither plain transfers nor SMBus block transfers.
    case noUsableTransfers
    case system(SystemError)
  }

  /// The path of the adapter, or the name that was looked for.
  package let bus: String
  package let cause: Cause

  package init(bus: String, cause: Cause) {
    self.bus = bus
    self.cause = cause
  }

  /// A directory and a socket cannot be opened to read and write; what is no adapter does not know I2C_FUNCS.
  init(path: String, failure: SystemError) {
    bus = path
    cause =
      switch failure.number {
      case ENOENT, ENODEV: .notFound
      case EACCES, EPERM: .notPermitted
      case EISDIR, ENXIO, ENOTTY: .notAnAdapter
      default: .system(failure)
      }
  }

  private static let remedy =
    "enable I2C with dtparam=i2c_arm=on in /boot/firmware/config.txt, load the module i2c-dev, and see ls /dev/i2c-*"

  package var message: String {
    switch cause {
    case .notFound: "\(bus) does not exist: \(Self.remedy)"
    case .noSuchName(found: []): "there is no I2C adapter named \(bus), nor any other: \(Self.remedy)"
    case .noSuchName(let found): "there is no I2C adapter named \(bus); found: \(found.joined(separator: ", "))"
    case .ambiguousName(let found):
      "more than one I2C adapter is named \(bus): choose one of \(found.joined(separator: ", "))"
    case .notPermitted: "\(bus) may not be opened: add the user to group i2c"
    case .notAnAdapter: "\(bus) is not an I2C adapter"
    case .noUsableTransfers: "\(bus) offers neither plain I2C transfers nor SMBus block transfers"
    case .system(let error): error.message
    }
  }
}
