// SPDX-License-Identifier: MIT
import CLinux
import HAL

/// One GPIO output, through the kernel's character device, uAPI v2 (linux/gpio.h, kernel 5.10 and later); opened when
/// it is first asked for, and anew when it was busy or gone.
///
/// It starts inactive and is driven inactive before it is let go; what the kernel does with a line after that is not
/// guaranteed, so the wiring needs a pull-down too.
package struct GPIOLine: ~Copyable, Sendable, OutputPin {
  private let request: GPIOLineRequest
  private let shared = SharedDescriptor()
  /// Why the line is not open, where it is not.
  private var absence = PinError.gone

  /// Requests nothing yet: until `open` or `reopen` has succeeded, nothing can be set.
  /// - Parameters:
  ///   - chip: nil searches every chip for the name.
  ///   - activeLow: the active level is the low one.
  ///   - consumer: what `gpioinfo` shows as the line's user; the kernel keeps 31 bytes.
  ///   - directory: where the chips are.
  package init(
    chip: GPIOChipSelector?, line: GPIOLineSelector, activeLow: Bool = false, consumer: String = "postured",
    directory: String = "/dev"
  ) {
    request = GPIOLineRequest(
      chip: chip, line: line, use: .output(activeLow: activeLow), consumer: consumer, directory: directory)
  }

  /// Requests the line, or says in words why that is not possible. One that is open is let go before.
  package mutating func open() throws(GPIOError) {
    close()
    do throws(GPIOError) {
      shared.replace(with: try request.open())
    } catch {
      absence = PinError(error)
      throw error
    }
  }

  /// The same for those who cannot show a text.
  package mutating func reopen() throws(PinError) {
    do throws(GPIOError) { try open() } catch { throw PinError(error) }
  }

  /// Nothing is allocated and nothing waited for but the chip.
  package func set(percent: UInt8) throws(PinError) {
    let raw = shared.raw
    guard raw >= 0 else { throw absence }
    let result = clinux_gpio_set(raw, percent > 0 ? 1 : 0)
    guard result == 0 else { throw PinError(errorNumber: -result) }
  }

  /// Drives this line off from another thread, as long as it is open.
  package var cutoff: MotorCutoff { MotorCutoff(shared, .line) }

  deinit { close() }

  private func close() {
    guard shared.raw >= 0 else { return }
    // Where the line cannot be driven any more, there is nothing left to do, and nobody to tell.
    _ = clinux_gpio_set(shared.raw, 0)
    shared.replace(with: nil)
  }
}
