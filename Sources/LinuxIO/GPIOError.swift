// SPDX-License-Identifier: MIT

/// Why a GPIO line could not be had.
package enum GPIOError: DescribedError, Equatable, Sendable {
  /// The path exists and is something else.
  case notAChip(path: String)
  /// There is no GPIO chip at all.
  case noChips(directory: String)
  case noChip(label: String, found: [String])
  /// None of the chips that were searched has a line of that name.
  case noLine(name: String, chips: [String])
  case offsetOutOfRange(UInt32, lines: UInt32, path: String)
  /// An offset says nothing without the chip it belongs to.
  case offsetWithoutChip(UInt32)
  case busy(line: String, consumer: String)
  /// The line has no interrupt.
  case noEdges(line: String)
  case notPermitted(path: String)
  case system(SystemError)

  package var message: String {
    switch self {
    case .notAChip(let path): "\(path) is not a GPIO chip"
    case .noChips(let directory): "there is no GPIO chip in \(directory)"
    case .noChip(let label, let found):
      "there is no GPIO chip labelled \(label); found: \(found.joined(separator: ", "))"
    case .noLine(let name, let chips): "no GPIO line is named \(name) on \(chips.joined(separator: ", "))"
    case .offsetOutOfRange(let offset, let lines, let path):
      "\(path) has no GPIO line \(offset): its \(lines) lines count from 0"
    case .offsetWithoutChip(let offset): "GPIO line \(offset) needs a chip: name one, or name the line (GPIO\(offset))"
    case .busy(let line, let consumer):
      "GPIO line \(line) is in use by \(consumer.isEmpty ? "another program or driver" : consumer)"
    case .noEdges(let line): "GPIO line \(line) cannot report edges"
    case .notPermitted(let path): "\(path) may not be opened: add the user to group gpio"
    case .system(let error): error.message
    }
  }
}
