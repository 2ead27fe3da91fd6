// SPDX-License-Identifier: MIT

/// Which PWM channel is meant: `pwmchip0:1`, or `/sys/class/pwm/pwmchip0:1`. The chip's number may change with the
/// kernel; a path through its device, `/sys/devices/platform/.../pwm/pwmchip0`, changes less.
package struct PWMSelector: Equatable, Sendable {
  /// The directory of the chip.
  package let chip: String
  /// Counted from 0 on its chip.
  package let channel: UInt32

  /// Nil where the text names no chip and channel.
  /// - Parameter classDirectory: where a chip without a path is.
  package init?(_ text: String, classDirectory: String = "/sys/class/pwm") {
    guard let colon = text.lastIndex(of: ":"), let channel = UInt32(text[text.index(after: colon)...]) else {
      return nil
    }
    let chip = String(text[..<colon])
    guard chip.hasPrefix("/") || chip.hasPrefix("pwmchip") && !chip.contains("/") else { return nil }
    self.chip = chip.hasPrefix("/") ? chip : "\(classDirectory)/\(chip)"
    self.channel = channel
  }
}
