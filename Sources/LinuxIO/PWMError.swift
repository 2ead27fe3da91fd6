// SPDX-License-Identifier: MIT
import Glibc

/// Why a PWM channel could not be had.
package enum PWMError: DescribedError, Equatable, Sendable {
  /// There is no such chip; `found` are those there are.
  case noChip(path: String, found: [String])
  case noChannel(UInt32, channels: UInt32, chip: String)
  /// A driver of the kernel has the channel.
  case busy(UInt32, chip: String)
  case notPermitted(SystemError)
  case system(SystemError)

  init(_ error: SystemError) {
    self = [EACCES, EPERM, EROFS].contains(error.number) ? .notPermitted(error) : .system(error)
  }

  package var message: String {
    switch self {
    case .noChip(let path, found: []):
      "there is no PWM chip \(path), nor any other: enable one with dtoverlay=pwm in /boot/firmware/config.txt"
    case .noChip(let path, let found): "there is no PWM chip \(path); found: \(found.joined(separator: ", "))"
    case .noChannel(let channel, let channels, let chip):
      "\(chip) has no PWM channel \(channel): its \(channels) channels count from 0"
    case .busy(let channel, let chip): "PWM channel \(channel) of \(chip) is in use by a driver"
    case .notPermitted(let error): "\(error.message): add the user to group gpio"
    case .system(let error): error.message
    }
  }
}
