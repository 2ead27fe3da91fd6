// SPDX-License-Identifier: MIT
import Glibc
import HAL

extension PinError {
  /// What an error number of a GPIO line or a PWM channel means; the only place where one is translated.
  ///
  /// A line whose chip is gone answers ENODEV to everything (gpiolib-cdev.c, linereq_ioctl), and so does an attribute
  /// of sysfs whose device is (fs/kernfs/file.c, kernfs_fop_write_iter). EIO is no such sign: an expander behind a
  /// disturbed I2C bus answers it too.
  package init(errorNumber number: Int32) {
    self =
      switch number {
      case ENOENT: .notFound
      case EBUSY: .busy
      case ENODEV, ESHUTDOWN: .gone
      case EACCES, EPERM: .notPermitted
      default: .system(number)
      }
  }

  /// What is left of a failed request for those who cannot show a text.
  package init(_ error: GPIOError) {
    self =
      switch error {
      case .notAChip, .noChips, .noChip, .noLine, .offsetOutOfRange, .offsetWithoutChip: .notFound
      case .busy: .busy
      case .noEdges: .system(ENXIO)
      case .notPermitted: .notPermitted
      case .system(let error): PinError(errorNumber: error.number)
      }
  }

  /// What is left of a failure to open for those who cannot show a text.
  package init(_ error: PWMError) {
    self =
      switch error {
      case .noChip, .noChannel: .notFound
      case .busy: .busy
      case .notPermitted: .notPermitted
      case .system(let error): PinError(errorNumber: error.number)
      }
  }
}
