// SPDX-License-Identifier: MIT

/// Register addresses of the ADXL345, named and ordered as in the datasheet, revision G, table 19.
enum ADXL345Register {
  static let devid: UInt8 = 0x00
  /// Added to x, y and z.
  static let ofsX: UInt8 = 0x1E
  static let ofsY: UInt8 = 0x1F
  static let ofsZ: UInt8 = 0x20
  /// LOW_POWER in bit 4, the rate's code in bits 3...0.
  static let bwRate: UInt8 = 0x2C
  static let powerCtl: UInt8 = 0x2D
  static let intEnable: UInt8 = 0x2E
  /// 0 for the pin INT1.
  static let intMap: UInt8 = 0x2F
  /// DATA_READY is bit 7. Behind it stand DATA_FORMAT and the acceleration.
  static let intSource: UInt8 = 0x30
  /// INT_INVERT in bit 5, 0 for active high; FULL_RES in bit 3, Justify in bit 2, the range in bits 1...0.
  static let dataFormat: UInt8 = 0x31
  /// x, y, z, each low byte first, to 0x37; with the FIFO, its oldest record.
  static let dataX0: UInt8 = 0x32
  /// FIFO_MODE in bits 7...6.
  static let fifoCtl: UInt8 = 0x38
  /// Entries in bits 5...0.
  static let fifoStatus: UInt8 = 0x39
}

enum ADXL345Bits {
  /// POWER_CTL: without it the chip stands by.
  static let measure: UInt8 = 0x08
  /// INT_ENABLE and INT_SOURCE.
  static let dataReady: UInt8 = 0x80
  /// DATA_FORMAT.
  static let fullResolution: UInt8 = 0x08
  /// FIFO_CTL (table 37).
  static let stream: UInt8 = 0x80
}
