// SPDX-License-Identifier: MIT
import PostureFormats

/// Damages recordings as disks, editors and people do.
struct Tampering {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed) }

  /// Words and numbers that a reader may stumble over.
  private static let pieces: [[UInt8]] =
    [
      "99999999999999999999999999", "-9223372036854775808", "9223372036854775807", "9007199254740992", "-32769",
      "1e999",
      "-1e-999", "0x10", "nan", "inf", "+", "-", ".", ",,", ",", "\r", "\r\n", "\n", "\n\n", "#", "#! ",
      "\n#! 7 calibrate\n",
      "\n#! 5 mark false-cue\n", "\n#! -9223372036854775808 mark a 9 us\n", "\n#! 9 cue 5 us\n",
      "# continues: a after 5 us\n",
      "\n#! -1 mode tracking\n", "\n#! 99999999999999999999 resume\n", "\n#! 3 set detector.hold: 1e9 s\n", " ", "\t",
      "\u{FEFF}", "\u{301}", "# posture-trace: 1\n", "# rate: 0 Hz\n", "time_us,ax,ay,az,gx,gy,gz\n",
    ].map { Array($0.utf8) } + [[0], [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [UInt8](repeating: 0, count: 512)]

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  private mutating func place(in bytes: [UInt8]) -> Int { below(bytes.count + 1) }

  /// One to five damages: flips, cuts, splices, long lines, huge numbers.
  ///
  /// - Parameter others: recordings of which pieces may get into this one.
  mutating func damaged(_ original: [UInt8], with others: [[UInt8]]) -> [UInt8] {
    var bytes = original
    for _ in 0...below(5) {
      let start = place(in: bytes)
      let end = min(bytes.count, start + below(40))
      switch below(9) {
      case 0: if start < bytes.count { bytes[start] ^= 1 << UInt8(below(8)) }
      case 1: if start < bytes.count { bytes[start] = UInt8(below(256)) }
      case 2: bytes.removeSubrange(start..<end)
      case 3: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)], at: start)
      case 4: bytes.replaceSubrange(start..<end, with: Self.pieces[below(Self.pieces.count)])
      case 5: bytes.insert(contentsOf: bytes[start..<end], at: place(in: bytes))
      case 6:
        let other = others[below(others.count)]
        bytes.replaceSubrange(start..<end, with: other[min(other.count, below(other.count + 1))...].prefix(below(300)))
      case 7 where below(10) == 0:
        let byte: UInt8 = below(2) == 0 ? UInt8(ascii: "9") : UInt8(below(256))
        bytes.insert(contentsOf: repeatElement(byte, count: TraceReader.longestLine - 20 + below(40)), at: start)
      case 8 where below(4) == 0: bytes.removeSubrange(start...)
      default: bytes.swapAt(min(start, bytes.count - 1), below(max(1, bytes.count)))
      }
      if bytes.isEmpty { bytes = [UInt8(ascii: "#")] }
    }
    return bytes
  }
}
