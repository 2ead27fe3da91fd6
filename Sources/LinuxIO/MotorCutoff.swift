// SPDX-License-Identifier: MIT
import CLinux
import HAL

/// Drives an output off from another thread, for a watchdog that finds the output's own thread hanging.
///
/// It follows the output: one that was opened anew is reached too, and one that is closed is left alone. It keeps
/// nobody from driving the output on again. Where the thread hangs in the driver of this very output, it hangs too.
package struct MotorCutoff: Sendable {
  package enum Kind: Sendable {
    case line
    case channel
  }

  private let shared: SharedDescriptor
  private let kind: Kind

  package init(_ shared: SharedDescriptor, _ kind: Kind) {
    self.shared = shared
    self.kind = kind
  }

  /// - Throws: `.gone` where the output is not open.
  package func cut() throws(PinError) {
    let kind = kind
    let result = shared.use { raw in
      switch kind {
      case .line: clinux_gpio_set(raw, 0)
      case .channel: DecimalLine(0).write(to: raw)
      }
    }
    guard let result else { throw .gone }
    guard result == 0 else { throw PinError(errorNumber: -result) }
  }
}
