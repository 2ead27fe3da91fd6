// SPDX-License-Identifier: MIT
// Members of the message are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore

/// What a replay amounts to.
package struct ReplaySummary: Sendable, Equatable {
  package var samples: UInt64 = 0
  /// From the first sample to the last, seconds.
  package var duration = 0.0
  package var deviations: UInt64 = 0
  package var reminders: UInt64 = 0
  /// FNV-1a, 64 bits, over the bits of every estimate of up: equal only where every one is the same to the last bit.
  package var checksum: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func include(_ up: Direction?) {
    for component in [up?.x, up?.y, up?.z] {
      var bits = component?.bitPattern ?? 0
      for _ in 0..<8 {
        checksum = (checksum ^ (bits & 0xFF)) &* 0x100_0000_01b3
        bits >>= 8
      }
    }
  }

  /// The last line of a golden file.
  package var checksumLine: String {
    let digits = String(checksum, radix: 16)
    return "# \(samples) samples, checksum of up \(String(repeating: "0", count: 16 - digits.count))\(digits)\n"
  }
}

/// What a replay with JSON says at its end.
package struct SummaryMessage: Message, Equatable {
  package static let messageClass = "summary"
  package var samples: UInt64
  package var duration_s: Double
  package var deviations: UInt64
  package var reminders: UInt64

  package init(_ summary: ReplaySummary) {
    samples = summary.samples
    duration_s = summary.duration.rounded(places: 1)
    deviations = summary.deviations
    reminders = summary.reminders
  }
}
