// SPDX-License-Identifier: MIT

/// Which GPIO chip is meant. A label survives a change of kernel, a path need not: on the Pi 5 the header moved from
/// gpiochip4 to gpiochip0.
package enum GPIOChipSelector: Equatable, Sendable {
  case path(String)
  /// `pinctrl-rp1` on a Pi 5, `pinctrl-bcm2711` on a Pi 4, `pinctrl-bcm2835` before.
  case label(String)

  /// What begins with a slash is a path, all else a label.
  package init(_ text: String) {
    self = text.hasPrefix("/") ? .path(text) : .label(text)
  }
}

/// Which line of a chip is meant.
package enum GPIOLineSelector: Equatable, Sendable {
  /// `GPIO17`, as `gpioinfo` shows it.
  case name(String)
  /// Counted from 0 on its chip.
  case offset(UInt32)

  /// A whole number is an offset, all else a name.
  package init(_ text: String) {
    self = UInt32(text).map { .offset($0) } ?? .name(text)
  }
}
