// SPDX-License-Identifier: MIT
import Glibc

/// A number as an attribute of sysfs takes it: decimal digits and a newline, made and written without allocation.
package struct DecimalLine {
  /// The 20 digits of the largest number, and the newline.
  private var bytes = InlineArray<21, UInt8>(repeating: UInt8(ascii: "\n"))
  private var start = 20

  package init(_ value: UInt64) {
    var rest = value
    repeat {
      start -= 1
      bytes[start] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
  }

  /// Writes it in one call at the start of the file, as sysfs wants it (kernel `Documentation/filesystems/sysfs.rst`).
  /// - Returns: 0 or -errno.
  package func write(to raw: Int32) -> Int32 {
    let line = bytes.span.extracting(start...)
    while true {
      let count = unsafe line.withUnsafeBytes { unsafe pwrite(raw, $0.baseAddress, $0.count, 0) }
      if count >= 0 { return 0 }
      let number = errno
      guard number == EINTR else { return -number }
    }
  }
}
