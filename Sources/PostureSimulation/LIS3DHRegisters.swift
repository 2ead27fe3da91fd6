// SPDX-License-Identifier: MIT

/// Register addresses that mean something to the simulation, in the order and the words of the datasheet (LIS3DH,
/// DocID17530 rev 2, table 21).
enum LIS3DHRegister {
  static let statusRegAux: UInt8 = 0x07
  static let outADC3H: UInt8 = 0x0D
  static let whoAmI: UInt8 = 0x0F
  static let ctrlReg0: UInt8 = 0x1E
  static let ctrlReg1: UInt8 = 0x20
  static let ctrlReg4: UInt8 = 0x23
  static let ctrlReg5: UInt8 = 0x24
  static let statusReg: UInt8 = 0x27
  static let outXL: UInt8 = 0x28
  static let outZH: UInt8 = 0x2D
  static let fifoCtrlReg: UInt8 = 0x2E
  static let fifoSrcReg: UInt8 = 0x2F
  static let int1Src: UInt8 = 0x31
  static let int2Src: UInt8 = 0x35
  static let clickSrc: UInt8 = 0x39
  static let last: UInt8 = 0x3F
}

/// Bits within them.
enum LIS3DHBit {
  /// Of the address: the next byte is the next register's (6.1.1).
  static let autoIncrement: UInt8 = 0x80
  /// CTRL_REG1 (8.8).
  static let lowPower: UInt8 = 0x08
  /// CTRL_REG4 (8.11).
  static let blockDataUpdate: UInt8 = 0x80
  static let highResolution: UInt8 = 0x08
  /// CTRL_REG5 (8.12).
  static let boot: UInt8 = 0x80
  static let fifoEnable: UInt8 = 0x40
  /// STATUS_REG: of all axes, and of x; y and z stand left of x (8.15).
  static let newData: UInt8 = 0x08
  static let xNewData: UInt8 = 0x01
  static let overrun: UInt8 = 0x80
  static let xOverrun: UInt8 = 0x10
  /// FIFO_SRC_REG (8.20).
  static let watermark: UInt8 = 0x80
  static let fifoOverrun: UInt8 = 0x40
  static let fifoEmpty: UInt8 = 0x20
}
