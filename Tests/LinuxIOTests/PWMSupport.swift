// SPDX-License-Identifier: MIT
import LinuxIO
import TestSupport

extension TemporaryDirectory {
  /// A PWM chip of regular files, as sysfs shows one with two channels.
  func addChip(_ chip: String = "pwmchip0") throws {
    try write("2\n", to: "\(chip)/npwm")
    for attribute in ["export", "unexport"] { try write("", to: "\(chip)/\(attribute)") }
  }

  /// Channel 1, as it is after its export.
  func addChannel(
    _ chip: String = "pwmchip0", period: Int = 0, duty: Int = 0, polarity: String = "normal", enable: Int = 0
  ) throws {
    let attributes = ["period": "\(period)", "duty_cycle": "\(duty)", "polarity": polarity, "enable": "\(enable)"]
    for (attribute, value) in attributes { try write("\(value)\n", to: "\(chip)/pwm1/\(attribute)") }
  }

  func selector(_ text: String = "pwmchip0:1") -> PWMSelector { PWMSelector(text, classDirectory: path)! }

  /// Period, duty cycle, polarity and enable.
  func channel(_ chip: String = "pwmchip0") throws -> [String] {
    try ["period", "duty_cycle", "polarity", "enable"].map { try line("\(chip)/pwm1/\($0)") }
  }
}
