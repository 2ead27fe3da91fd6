// SPDX-License-Identifier: MIT

/// Register addresses that mean something to the simulation, in the order and the words of the register map
/// (RM-MPU-6000A-00 rev 4.2, section 3; ACCEL_CONFIG_2: RM-MPU-9250A-00 rev 1.4, 4.8).
enum MPU6050Register {
  static let smplrtDiv: UInt8 = 0x19
  static let config: UInt8 = 0x1A
  static let gyroConfig: UInt8 = 0x1B
  static let accelConfig: UInt8 = 0x1C
  static let accelConfig2: UInt8 = 0x1D
  static let fifoEn: UInt8 = 0x23
  static let intStatus: UInt8 = 0x3A
  static let accelXOutH: UInt8 = 0x3B
  static let tempOutH: UInt8 = 0x41
  static let gyroXOutH: UInt8 = 0x43
  static let gyroZOutL: UInt8 = 0x48
  static let extSensData23: UInt8 = 0x60
  static let signalPathReset: UInt8 = 0x68
  static let userCtrl: UInt8 = 0x6A
  static let pwrMgmt1: UInt8 = 0x6B
  static let fifoCountH: UInt8 = 0x72
  static let fifoRW: UInt8 = 0x74
  static let whoAmI: UInt8 = 0x75
}

/// Bits within them.
enum MPU6050Bit {
  /// CONFIG of the later chips (RM-MPU-9250A-00 rev 1.4, 4.5).
  static let fifoMode: UInt8 = 0x40
  /// FIFO_EN: TEMP 7, XG 6, YG 5, ZG 4, ACCEL 3 (4.6).
  static let tempFIFOEn: UInt8 = 0x80
  static let xgFIFOEn: UInt8 = 0x40
  static let ygFIFOEn: UInt8 = 0x20
  static let zgFIFOEn: UInt8 = 0x10
  static let accelFIFOEn: UInt8 = 0x08
  /// INT_STATUS (register 58).
  static let fifoOflowInt: UInt8 = 0x10
  static let dataRdyInt: UInt8 = 0x01
  /// USER_CTRL (register 106).
  static let fifoEn: UInt8 = 0x40
  static let fifoReset: UInt8 = 0x04
  static let i2cMstReset: UInt8 = 0x02
  static let sigCondReset: UInt8 = 0x01
  /// PWR_MGMT_1 (register 107).
  static let deviceReset: UInt8 = 0x80
  static let sleep: UInt8 = 0x40
}
