// SPDX-License-Identifier: MIT
import PostureFormats

/// A trace on its way to a client, part by part as the client reads.
struct Saving: Sendable {
  private var parts: [[UInt8]]
  private let samples: Int
  private var index = 0
  private(set) var isOver = false

  init(parts: [[UInt8]], samples: Int) {
    self.parts = parts
    self.samples = samples
  }

  /// The next message, the last of which says that it was the last; nil after that.
  mutating func next() -> String? {
    guard !isOver else { return nil }
    guard index < parts.count else {
      isOver = true
      return JSONLine.encode(SavedMessage(samples: samples))
    }
    defer {
      parts[index] = []
      index += 1
    }
    return JSONLine.encode(TracePartMessage(text: String(decoding: parts[index], as: UTF8.self)))
  }
}
