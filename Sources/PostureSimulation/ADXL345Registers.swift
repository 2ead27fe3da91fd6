// SPDX-License-Identifier: MIT

/// Register addresses that mean something to the simulation, in the order and the words of the datasheet (ADXL345, rev
/// G, table 19).
enum ADXL345Register {
  static let devid: UInt8 = 0x00
  static let threshTap: UInt8 = 0x1D
  static let ofsX: UInt8 = 0x1E
  static let ofsZ: UInt8 = 0x20
  static let actTapStatus: UInt8 = 0x2B
  static let bwRate: UInt8 = 0x2C
  static let powerCtl: UInt8 = 0x2D
  static let intSource: UInt8 = 0x30
  static let dataFormat: UInt8 = 0x31
  static let dataX0: UInt8 = 0x32
  static let dataZ1: UInt8 = 0x37
  static let fifoCtl: UInt8 = 0x38
  static let fifoStatus: UInt8 = 0x39
}

/// Bits within them.
enum ADXL345Bit {
  /// POWER_CTL.
  static let measure: UInt8 = 0x08
  static let sleep: UInt8 = 0x04
  /// INT_SOURCE.
  static let dataReady: UInt8 = 0x80
  static let watermark: UInt8 = 0x02
  static let overrun: UInt8 = 0x01
  /// DATA_FORMAT.
  static let fullResolution: UInt8 = 0x08
  static let justify: UInt8 = 0x04
}
