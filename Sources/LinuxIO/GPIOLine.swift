// SPDX-License-Identifier: MIT
import CLinux
import Glibc
import HAL

/// One GPIO output, through the kernel's character device, uAPI v2 (linux/gpio.h, kernel 5.10 and later).
///
/// It starts inactive and is driven inactive at the end of its life; what the kernel does with a line after that is not
/// guaranteed, so the wiring needs a pull-down too.
package struct GPIOLine: ~Copyable, OutputPin {
  private let descriptor: FileDescriptor

  /// - Parameters:
  ///   - chip: nil searches every chip for the name.
  ///   - activeLow: the active level is the low one.
  ///   - consumer: what `gpioinfo` shows as the line's user; the kernel keeps 31 bytes.
  ///   - directory: where the chips are.
  package init(
    chip selector: GPIOChipSelector?, line: GPIOLineSelector, activeLow: Bool = false, consumer: String = "postured",
    directory: String = "/dev"
  ) throws(GPIOError) {
    if selector == nil, case .offset(let offset) = line { throw .offsetWithoutChip(offset) }
    var paths = try GPIOChip.paths(in: directory)
    if case .path(let path) = selector { paths = [path] }
    guard !paths.isEmpty else { throw .noChips(directory: directory) }

    var failure: GPIOError?
    var labels: [String] = []
    var searched: [String] = []
    for path in paths {
      do throws(GPIOError) {
        let chip = try GPIOChip(path: path)
        labels.append(chip.label)
        if case .label(let label) = selector, label != chip.label { continue }
        searched.append("\(path) (\(chip.label))")
        guard let offset = try Self.offset(of: line, on: chip) else { continue }
        descriptor = try chip.requestOutput(offset, activeLow: activeLow, consumer: consumer)
        return
      } catch {
        failure = failure ?? error
      }
    }
    // A chip that could not be asked may be the one that was meant, so its failure tells more than "not found".
    if let failure { throw failure }
    if searched.isEmpty, case .label(let label) = selector { throw .noChip(label: label, found: labels) }
    guard case .name(let name) = line else { preconditionFailure("an offset is either found or out of range") }
    throw .noLine(name: name, chips: searched)
  }

  /// Nothing is allocated.
  package func set(active: Bool) throws(PinError) {
    let result = clinux_gpio_set(descriptor.raw, active ? 1 : 0)
    guard result == 0 else { throw PinError(number: -result) }
  }

  deinit { _ = clinux_gpio_set(descriptor.raw, 0) }

  private static func offset(of line: GPIOLineSelector, on chip: borrowing GPIOChip) throws(GPIOError) -> UInt32? {
    switch line {
    case .name(let name): return try chip.offset(named: name)
    case .offset(let offset):
      guard offset < chip.lineCount else {
        throw .offsetOutOfRange(offset, lines: chip.lineCount, path: chip.path)
      }
      return offset
    }
  }
}
