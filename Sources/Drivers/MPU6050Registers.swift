// SPDX-License-Identifier: MIT

/// Register addresses and bits of the MPU-6050, named and ordered as in the register map RM-MPU-6000A-00, revision 4.2.
enum MPU6050Register {
  /// Section 4.2.
  static let smplrtDiv: UInt8 = 0x19
  /// Section 4.3: DLPF_CFG in bits 2...0.
  static let config: UInt8 = 0x1A
  /// Section 4.4: FS_SEL in bits 4...3.
  static let gyroConfig: UInt8 = 0x1B
  /// Section 4.5: AFS_SEL in bits 4...3.
  static let accelConfig: UInt8 = 0x1C
  /// Register 58: DATA_RDY_INT is bit 0; reading clears it. Right behind it stand acceleration, temperature and angular
  /// velocity, 14 bytes, big-endian (registers 59 to 72); a burst reads them all of one sample.
  static let intStatus: UInt8 = 0x3A
  /// Register 107.
  static let pwrMgmt1: UInt8 = 0x6B
  /// Register 117.
  static let whoAmI: UInt8 = 0x75
}

enum MPU6050Bits {
  static let dataReady: UInt8 = 0x01
  static let deviceReset: UInt8 = 0x80
  /// CLKSEL 1: the phase-locked loop on the x gyroscope, recommended over the internal oscillator (register 107).
  static let clockFromGyroscope: UInt8 = 0x01
  /// Upper six bits of the I2C address, whatever pin AD0 says (register 117).
  static let identity: UInt8 = 0x68
}
