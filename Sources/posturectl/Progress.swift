// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// How much of a long file has been read, on a terminal, where somebody waits for it.
struct Progress {
  /// Bytes; a shorter file is read before anybody wonders.
  private static let least = 32 << 20
  /// Microseconds between two looks.
  private static let period: Int64 = 200_000
  private static let width = 40

  private let size: Int?
  private var next: Int64
  private var hasShown = false

  init(of paths: [String]) {
    next = SystemClock().now() + Self.period
    let size = paths.reduce(0) { $0 + (FileAttributes.size(of: $1) ?? 0) }
    self.size = Terminal.isTerminal(2) && size >= Self.least ? size : nil
  }

  mutating func advance(to read: Int) {
    guard let size else { return }
    let now = SystemClock().now()
    guard now >= next else { return }
    next = now + Self.period
    hasShown = true
    let share = min(Double(read) / Double(size), 1)
    let bar = String(repeating: "#", count: Int(share * Double(Self.width))).padded(to: Self.width)
    StandardError.write("\r[\(bar)] \(Int(share * 100)) %")
  }

  /// Leaves nothing behind.
  func end() { if hasShown { StandardError.write("\r\u{1B}[K") } }
}
