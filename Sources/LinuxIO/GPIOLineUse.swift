// SPDX-License-Identifier: MIT
import CLinux

/// Which changes of an input are edges; rising is towards the active level.
package enum GPIOEdges: Equatable, Sendable {
  case rising
  case falling
  case both
}

/// The resistor that the chip puts on an input.
package enum GPIOBias: Equatable, Sendable {
  /// As it was before: set by the device tree, or by nobody.
  case asIs
  case pullUp
  case pullDown
}

/// What a line is requested for, as the kernel takes it (linux/gpio.h, struct gpio_v2_line_config).
package struct GPIOLineUse: Equatable, Sendable {
  package let flags: UInt64
  /// 0 where every edge counts.
  package let debounceMicroseconds: UInt32

  package static func output(activeLow: Bool) -> GPIOLineUse {
    GPIOLineUse(GPIO_V2_LINE_FLAG_OUTPUT, activeLow, [], 0)
  }

  package static func input(
    _ edges: GPIOEdges, bias: GPIOBias, activeLow: Bool, debounceMicroseconds: UInt32
  ) -> GPIOLineUse {
    let watched: [gpio_v2_line_flag] =
      switch edges {
      case .rising: [GPIO_V2_LINE_FLAG_EDGE_RISING]
      case .falling: [GPIO_V2_LINE_FLAG_EDGE_FALLING]
      case .both: [GPIO_V2_LINE_FLAG_EDGE_RISING, GPIO_V2_LINE_FLAG_EDGE_FALLING]
      }
    let pull: [gpio_v2_line_flag] =
      switch bias {
      case .asIs: []
      case .pullUp: [GPIO_V2_LINE_FLAG_BIAS_PULL_UP]
      case .pullDown: [GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN]
      }
    return GPIOLineUse(GPIO_V2_LINE_FLAG_INPUT, activeLow, watched + pull, debounceMicroseconds)
  }

  private init(
    _ direction: gpio_v2_line_flag, _ activeLow: Bool, _ others: [gpio_v2_line_flag], _ debounceMicroseconds: UInt32
  ) {
    let all = [direction] + others + (activeLow ? [GPIO_V2_LINE_FLAG_ACTIVE_LOW] : [])
    flags = all.reduce(0) { $0 | UInt64($1.rawValue) }
    self.debounceMicroseconds = debounceMicroseconds
  }
}
