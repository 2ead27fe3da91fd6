// SPDX-License-Identifier: MIT

/// Slots' values as few bytes: the difference to the value before, and runs of equal values as their length. The page's
/// script reads them (`decode` in `data.js`).
///
/// | first byte | means |
/// |---|---|
/// | 0 to 199 | one value; the difference d as 2d, or -2d - 1 where it is negative |
/// | 200 to 253 | 2 to 55 values like the one before |
/// | 254 | more of them: their number in the next three bytes, the least first |
/// | 255 | one value, whole, in the next two bytes |
enum SlotCode {
  private static let shortRuns = 2...55
  private static let longestRun = 1 << 24 - 1

  static func encode(_ values: [Int16]) -> [UInt8] {
    var bytes: [UInt8] = []
    var last = 0
    var run = 0
    for value in values.lazy.map(Int.init) {
      if value == last && run < longestRun {
        run += 1
        continue
      }
      append(run: run, to: &bytes)
      run = value == last ? 1 : 0
      if value != last { append(value, after: last, to: &bytes) }
      last = value
    }
    append(run: run, to: &bytes)
    return bytes
  }

  private static func append(_ value: Int, after last: Int, to bytes: inout [UInt8]) {
    let difference = value - last
    let folded = difference >= 0 ? 2 * difference : -2 * difference - 1
    if folded < 200 {
      bytes.append(UInt8(folded))
    } else {
      bytes += [255, UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
  }

  private static func append(run: Int, to bytes: inout [UInt8]) {
    switch run {
    case 0: break
    case 1: bytes.append(0)
    case shortRuns: bytes.append(UInt8(200 + run - shortRuns.lowerBound))
    default: bytes += [254] + (0..<3).map { UInt8(truncatingIfNeeded: run >> (8 * $0)) }
    }
  }
}
