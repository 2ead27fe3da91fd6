// SPDX-License-Identifier: MIT

/// Which line is wanted, what for and under which name: all that is needed to request it again.
struct GPIOLineRequest: Sendable {
  /// Nil searches every chip for the name.
  let chip: GPIOChipSelector?
  let line: GPIOLineSelector
  let use: GPIOLineUse
  /// What `gpioinfo` shows as the line's user; the kernel keeps 31 bytes.
  let consumer: String
  /// Where the chips are.
  let directory: String

  /// Finds the line and requests it.
  func open() throws(GPIOError) -> FileDescriptor {
    if chip == nil, case .offset(let offset) = line { throw .offsetWithoutChip(offset) }
    var paths = try GPIOChip.paths(in: directory)
    if case .path(let path) = chip { paths = [path] }
    guard !paths.isEmpty else { throw .noChips(directory: directory) }

    var failure: GPIOError?
    var labels: [String] = []
    var searched: [String] = []
    for path in paths {
      do throws(GPIOError) {
        let chip = try GPIOChip(path: path)
        labels.append(chip.label)
        if case .label(let label) = self.chip, label != chip.label { continue }
        searched.append("\(path) (\(chip.label))")
        guard let offset = try offset(on: chip) else { continue }
        return try chip.request(offset, for: use, consumer: consumer)
      } catch {
        failure = failure ?? error
      }
    }
    // A chip that could not be asked may be the one that was meant, so its failure tells more than "not found".
    if let failure { throw failure }
    if searched.isEmpty, case .label(let label) = chip { throw .noChip(label: label, found: labels) }
    guard case .name(let name) = line else { preconditionFailure("an offset is either found or out of range") }
    throw .noLine(name: name, chips: searched)
  }

  private func offset(on chip: borrowing GPIOChip) throws(GPIOError) -> UInt32? {
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
