// SPDX-License-Identifier: MIT

/// The chips of the family that are simulated.
package enum LSM6DSVariant: Sendable, CaseIterable {
  case lsm6ds3
  case lsm6ds3trc
  case lsm6dso
}

/// Register addresses that mean something to the simulation, in the words of the LSM6DS3TR-C (DocID030071 rev 3,
/// section 8), and of the LSM6DSO where it has others (section 8 of DocID032891 rev 1, the LSM6DSO32).
enum LSM6DSRegister {
  static let funcCfgAccess: UInt8 = 0x01
  static let pinCtrl: UInt8 = 0x02
  static let fifoCtrl1: UInt8 = 0x06
  static let fifoCtrl2: UInt8 = 0x07
  static let fifoCtrl3: UInt8 = 0x08
  static let fifoCtrl4: UInt8 = 0x09
  /// The LSM6DSO has FIFO_CTRL1 to FIFO_CTRL4 one address higher.
  static let fifoCtrl5: UInt8 = 0x0A
  static let int2Ctrl: UInt8 = 0x0E
  static let whoAmI: UInt8 = 0x0F
  static let ctrl1XL: UInt8 = 0x10
  static let ctrl2G: UInt8 = 0x11
  static let ctrl3C: UInt8 = 0x12
  static let ctrl4C: UInt8 = 0x13
  static let ctrl8XL: UInt8 = 0x17
  static let ctrl9XL: UInt8 = 0x18
  static let ctrl10C: UInt8 = 0x19
  static let statusReg: UInt8 = 0x1E
  static let outTempL: UInt8 = 0x20
  static let outXLG: UInt8 = 0x22
  static let outXLXL: UInt8 = 0x28
  static let outZHXL: UInt8 = 0x2D
  static let fifoStatus1: UInt8 = 0x3A
  static let fifoStatus2: UInt8 = 0x3B
  static let fifoStatus3: UInt8 = 0x3C
  static let fifoDataOutL: UInt8 = 0x3E
  static let fifoDataOutH: UInt8 = 0x3F
  static let tapCfg: UInt8 = 0x56
  static let md2Cfg: UInt8 = 0x5F
  static let xOfsUsr: UInt8 = 0x73
  static let zOfsUsr: UInt8 = 0x75
  static let fifoDataOutTag: UInt8 = 0x78
  static let fifoDataOutZH: UInt8 = 0x7E
}

enum LSM6DSBit {
  /// CTRL3_C (9.15).
  static let boot: UInt8 = 0x80
  static let bdu: UInt8 = 0x40
  static let ifInc: UInt8 = 0x04
  static let swReset: UInt8 = 0x01
  /// STATUS_REG (9.27).
  static let gda: UInt8 = 0x02
  static let xlda: UInt8 = 0x01
  /// FIFO_STATUS2 (9.54): the level has reached the threshold, something was overwritten, the next set does not fit, it
  /// is empty. On the LSM6DSO instead of the last one: overwritten since this was read last.
  static let waterM: UInt8 = 0x80
  static let overRun: UInt8 = 0x40
  static let fifoFull: UInt8 = 0x20
  static let fifoEmpty: UInt8 = 0x10
  static let fifoOvrLatched: UInt8 = 0x08
}
