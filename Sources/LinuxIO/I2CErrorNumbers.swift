// SPDX-License-Identifier: MIT
import Glibc
import HAL

extension I2CError {
  /// What an error number of a transfer means; the only place where one is translated.
  ///
  /// Sources: kernel `Documentation/i2c/fault-codes.rst`; `drivers/i2c/busses/i2c-bcm2835.c`, in which a missing
  /// acknowledge is EREMOTEIO and a stretched clock or a wrong length EIO; `drivers/i2c/i2c-dev.c`.
  package init(errorNumber number: Int32) {
    self =
      switch number {
      case EREMOTEIO, ENXIO: .noAcknowledge
      case ETIMEDOUT: .timeout
      case EAGAIN: .arbitrationLost
      case EIO, EPROTO: .busFault
      case EBUSY: .busy
      case ENODEV, ESHUTDOWN: .adapterGone
      case EACCES, EPERM: .notPermitted
      case EOPNOTSUPP, EINVAL, ENOTTY: .unsupported
      default: .system(number)
      }
  }
}

extension I2CError {
  /// What is left of a failure to open for those who cannot show a text.
  package init(_ error: I2COpenError) {
    self =
      switch error.cause {
      case .notFound, .noSuchName, .ambiguousName: .noAdapter
      case .notPermitted: .notPermitted
      case .notAnAdapter: .notAnAdapter
      case .noUsableTransfers: .unsupported
      case .system(let error): I2CError(errorNumber: error.number)
      }
  }
}
