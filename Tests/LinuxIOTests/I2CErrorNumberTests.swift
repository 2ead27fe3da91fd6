// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import Testing

/// The numbers are those of asm-generic/errno.h, restated.
@Test(
  arguments: [
    (121, I2CError.noAcknowledge),  // EREMOTEIO
    (6, .noAcknowledge),  // ENXIO
    (110, .timeout),  // ETIMEDOUT
    (11, .arbitrationLost),  // EAGAIN
    (5, .busFault),  // EIO
    (71, .busFault),  // EPROTO
    (16, .busy),  // EBUSY
    (19, .adapterGone),  // ENODEV
    (108, .adapterGone),  // ESHUTDOWN
    (13, .notPermitted),  // EACCES
    (1, .notPermitted),  // EPERM
    (95, .unsupported),  // EOPNOTSUPP
    (22, .unsupported),  // EINVAL
    (25, .unsupported),  // ENOTTY
    (9, .system(9)),  // EBADF: a mistake of ours, not of the bus
    (12, .system(12)),  // ENOMEM
  ] as [(Int32, I2CError)])
func errorNumbersOfATransferAreTranslated(number: Int32, error: I2CError) {
  #expect(I2CError(errorNumber: number) == error)
}
