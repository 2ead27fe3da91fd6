// SPDX-License-Identifier: MIT

/// One sample of an accelerometer as the chip holds it.
struct AccelerationWords: BitwiseCopyable, Sendable, Equatable {
  var x: Int16
  var y: Int16
  var z: Int16

  static var zero: AccelerationWords { AccelerationWords(x: 0, y: 0, z: 0) }

  /// Bytes 0...5 in the order of the data registers: x, y, z, each low byte first.
  func byte(_ index: Int) -> UInt8 {
    let word = index < 2 ? x : index < 4 ? y : z
    return UInt8(truncatingIfNeeded: index % 2 == 0 ? word : word >> 8)
  }

  func map(_ transform: (Int16) -> Int16) -> AccelerationWords {
    AccelerationWords(x: transform(x), y: transform(y), z: transform(z))
  }
}
