// SPDX-License-Identifier: MIT
import Glibc

/// What is wrong with the sensor or its bus; one thing at a time.
enum Fault: Equatable {
  /// The next transfers fail with an error number.
  case refused(Int32, transfers: Int)
  /// The next transfers are not answered: the adapter gives them up after its timeout.
  case unanswered(transfers: Int)
  /// The next reads give this byte only, as from a data line that is held.
  case constant(UInt8, reads: Int)
  /// The data registers keep their values; new data are announced all the same.
  case frozen
  /// The chip answers and measures no more.
  case stopped
  /// Another chip answers.
  case identity(UInt8)
}

/// What the control file takes: a word a line, with its numbers. Where a count is left out it is until `heal`.
enum ControlCommand: Equatable {
  case begin(Fault)
  /// The supply drops for a moment: the registers have their reset values again.
  case reset
  /// The next transfer is served so many milliseconds late.
  case stall(Int)
  case heal
  /// The adapter vanishes.
  case quit

  /// Nil where the line is no command.
  init?(_ line: String) {
    let words = line.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Self.number($0) }
    guard let word = words.first, numbers.count == words.count - 1 else { return nil }
    let count = numbers.last ?? .max
    switch (word, numbers.count) {
    case ("nack", 0...1): self = .begin(.refused(EREMOTEIO, transfers: count))
    case ("errno", 2): self = .begin(.refused(Int32(truncatingIfNeeded: numbers[0]), transfers: count))
    case ("timeout", 0...1): self = .begin(.unanswered(transfers: count))
    case ("zeros", 0...1): self = .begin(.constant(0x00, reads: count))
    case ("ones", 0...1): self = .begin(.constant(0xFF, reads: count))
    case ("frozen", 0): self = .begin(.frozen)
    case ("stopped", 0): self = .begin(.stopped)
    case ("identity", 1): self = .begin(.identity(UInt8(truncatingIfNeeded: numbers[0])))
    case ("reset", 0): self = .reset
    case ("stall", 1): self = .stall(numbers[0])
    case ("heal", 0): self = .heal
    case ("quit", 0): self = .quit
    default: return nil
    }
  }

  private static func number(_ text: Substring) -> Int? {
    text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
  }
}
