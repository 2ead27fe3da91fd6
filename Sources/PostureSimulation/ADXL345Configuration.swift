// SPDX-License-Identifier: MIT

/// What BW_RATE and DATA_FORMAT ask of the measurement (ADXL345, rev G).
struct ADXL345Configuration: BitwiseCopyable, Sendable, Equatable {
  /// 3200 Hz, halved for each step below 15 (table 7).
  let rateCode: UInt8
  let accelerometer: SensorChannel
  private let bits: Int
  private let isLeftJustified: Bool

  /// LSB per g in full resolution, and in 10 bits at 2 g (table 1).
  private static var scale: Double { 256 }
  /// 0.75 LSB rms on x and y at 100 Hz, which is a bandwidth of 50 Hz (table 1), g/sqrt(Hz); z has 1.1 LSB.
  private static var noise: Double { 0.75 / scale / 50.0.squareRoot() }
  /// An LSB of OFSX, OFSY, OFSZ in g: 15.6 mg (register 0x1E), four of the data's.
  private static var offset: Double { 4 / scale }

  init(bwRate: UInt8, dataFormat: UInt8) {
    rateCode = bwRate & 0x0F
    let range = Int(dataFormat & 3)
    let isFull = dataFormat & ADXL345Bit.fullResolution != 0
    bits = isFull ? 10 + range : 10
    isLeftJustified = dataFormat & ADXL345Bit.justify != 0
    let bandwidth = 1600 / Double(1 << (15 - Int(rateCode)))
    let half = Double(1 << (bits - 1))
    accelerometer = SensorChannel(
      // The delay of a first-order filter: the datasheet gives none.
      bandwidth: bandwidth, delay: Int64(1e6 / (2 * Double.pi * bandwidth)),
      scale: isFull ? Self.scale : Self.scale / Double(1 << range), noise: Self.noise, smallest: -half,
      largest: half - 1)
  }

  /// Microseconds of the chip for two samples.
  var twoPeriods: Int64 { 625 << Int64(15 - rateCode) }

  /// A word with the offset of its axis added, as the data registers hold it.
  func output(_ word: Int16, offset register: UInt8) -> Int16 {
    let offset = Double(Int8(bitPattern: register)) * Self.offset * accelerometer.scale
    let sum = min(max(Double(word) + offset, accelerometer.smallest), accelerometer.largest)
    let value = Int16(roundedHalfEven(sum))
    return isLeftJustified ? value << (16 - bits) : value
  }
}
