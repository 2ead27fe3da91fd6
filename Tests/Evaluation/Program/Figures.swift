// SPDX-License-Identifier: MIT

/// With so many digits after the point.
func fixed(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let whole = Int64((value.magnitude * scale).rounded())
  let sign = value < 0 && whole > 0 ? "-" : ""
  guard digits > 0 else { return sign + "\(whole)" }
  let text = "\(whole)"
  let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
}

/// A dash where there is nothing to say.
func fixed(_ value: Double?, _ digits: Int) -> String { value.map { fixed($0, digits) } ?? "-" }
