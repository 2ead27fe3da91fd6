// SPDX-License-Identifier: MIT

/// Register addresses of the LIS3DH, named and ordered as in the datasheet DocID17530, revision 2, table 21.
enum LIS3DHRegister {
  /// Section 8.5.
  static let whoAmI: UInt8 = 0x0F
  /// Section 8.7: the auxiliary converter.
  static let tempCfgReg: UInt8 = 0x1F
  /// Section 8.8: ODR in bits 7...4, LPen in bit 3, the axes in bits 2...0.
  static let ctrlReg1: UInt8 = 0x20
  /// Section 8.9: the high-pass filter, which would take away the gravity.
  static let ctrlReg2: UInt8 = 0x21
  /// Section 8.10: what drives the pin INT1.
  static let ctrlReg3: UInt8 = 0x22
  /// Section 8.11: BDU in bit 7, FS in bits 5...4, HR in bit 3.
  static let ctrlReg4: UInt8 = 0x23
  /// Section 8.12.
  static let ctrlReg5: UInt8 = 0x24
  /// Section 8.13: what drives the pin INT2, and the polarity of both, 0 for active high.
  static let ctrlReg6: UInt8 = 0x25
  /// Section 8.15: ZYXDA is bit 3. Right behind it stands the acceleration.
  static let statusReg: UInt8 = 0x27
  /// Sections 8.16 to 8.18: x, y, z, each low byte first; with the FIFO, its oldest record (5.1.5).
  static let outXL: UInt8 = 0x28
  /// Section 8.19: FM in bits 7...6.
  static let fifoCtrlReg: UInt8 = 0x2E
  /// Section 8.20: OVRN_FIFO in bit 6, FSS in bits 4...0.
  static let fifoSrcReg: UInt8 = 0x2F
  /// Section 3.2.4: below this threshold the chip would fall back to 10 Hz; 0 keeps it awake.
  static let actThs: UInt8 = 0x3E
}

enum LIS3DHBits {
  /// In the address: every byte is the next register's (6.1.1).
  static let autoIncrement: UInt8 = 0x80
  /// CTRL_REG1: x, y and z.
  static let allAxes: UInt8 = 0x07
  /// CTRL_REG3: I1_ZYXDA.
  static let dataReadyOnINT1: UInt8 = 0x10
  /// CTRL_REG4.
  static let blockDataUpdate: UInt8 = 0x80
  static let highResolution: UInt8 = 0x08
  /// CTRL_REG5.
  static let boot: UInt8 = 0x80
  static let fifoEnable: UInt8 = 0x40
  /// STATUS_REG.
  static let dataReady: UInt8 = 0x08
  /// FIFO_CTRL_REG (table 50).
  static let stream: UInt8 = 0x80
  /// FIFO_SRC_REG.
  static let overrun: UInt8 = 0x40
}
