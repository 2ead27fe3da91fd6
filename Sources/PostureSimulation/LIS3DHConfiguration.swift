// SPDX-License-Identifier: MIT

/// What CTRL_REG1 and CTRL_REG4 ask of the measurement (LIS3DH, DocID17530 rev 2).
struct LIS3DHConfiguration: BitwiseCopyable, Sendable, Equatable {
  /// Samples a second (table 31); 0 powered down.
  let rate: Int64
  /// Its scale is in digits of `bits`.
  let accelerometer: SensorChannel
  /// Of a digit; it stands at the left end of a word of 16 bits (8.16).
  let bits: Int
  /// The first samples after a start or a change of mode are none (tables 10 and 11).
  let samplesToSettle: Int64

  /// g/sqrt(Hz) (table 4).
  private static var noise: Double { 220e-6 }
  /// mg for a digit of 12 bits at 2, 4, 8 and 16 g (table 4).
  private static var digits: InlineArray<4, Double> { [1, 2, 4, 12] }

  init(ctrlReg1: UInt8, ctrlReg4: UInt8) {
    let isLowPower = ctrlReg1 & LIS3DHBit.lowPower != 0
    let isHighResolution = !isLowPower && ctrlReg4 & LIS3DHBit.highResolution != 0
    rate =
      switch ctrlReg1 >> 4 {
      case 1: 1
      case 2: 10
      case 3: 25
      case 4: 50
      case 5: 100
      case 6: 200
      case 7: 400
      case 8: isLowPower ? 1600 : 0
      case 9: isLowPower ? 5376 : 1344
      default: 0
      }
    bits = isLowPower ? 8 : isHighResolution ? 12 : 10
    samplesToSettle = isHighResolution ? 7 : 1
    let bandwidth = Double(max(rate, 1)) / (isHighResolution ? 9 : 2)
    let half = Double(1 << (bits - 1))
    accelerometer = SensorChannel(
      // The delay of a first-order filter: the datasheet gives none.
      bandwidth: bandwidth, delay: Int64(1e6 / (2 * Double.pi * bandwidth)),
      scale: 1000 / Self.digits[Int(ctrlReg4 >> 4 & 3)] / Double(1 << (12 - bits)), noise: Self.noise,
      smallest: -half,
      largest: half - 1)
  }

  /// A digit as the data registers hold it.
  func leftJustified(_ digit: Int16) -> Int16 { digit << (16 - bits) }
}
