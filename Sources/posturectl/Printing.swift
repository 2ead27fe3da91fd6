// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// Prints whole lines at once and learns of it when nobody reads them.
func printLine(_ line: String) throws {
  var output = try FileWriter(path: "-")
  try output.write(line + "\n")
  try output.close()
}

/// `12.3 deg`, signed, or a dash where there is none.
func degrees(_ value: Double?) -> String {
  guard let value else { return "-" }
  return (value >= 0 ? "+" : "") + Decimal.text(value, places: 1) + " deg"
}

/// `1 cue`, `2 cues`.
func counted(_ number: UInt64, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

extension String {
  /// Filled with blanks up to a width, in characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
