// SPDX-License-Identifier: MIT

/// Register addresses of the MPU-6050, named and ordered as in the register map RM-MPU-6000A-00, revision 4.2. The
/// later chips of the family have them at the same places (RM-MPU-9250A-00 rev 1.4;
/// drivers/iio/imu/inv_mpu6050/inv_mpu_core.c), and ACCEL_CONFIG_2 besides.
enum MPU6050Register {
  /// Section 4.2.
  static let smplrtDiv: UInt8 = 0x19
  /// Section 4.3: DLPF_CFG in bits 2...0. On the later chips bit 6, FIFO_MODE, must be 0: a full FIFO then loses its
  /// oldest bytes (RM-MPU-9250A-00 rev 1.4, 4.5). The ICM-20602 has 1 in bit 7 after a reset, which must be 0 (PX4,
  /// InvenSense_ICM20602_registers.hpp).
  static let config: UInt8 = 0x1A
  /// Section 4.4: FS_SEL in bits 4...3.
  static let gyroConfig: UInt8 = 0x1B
  /// Section 4.5: AFS_SEL in bits 4...3.
  static let accelConfig: UInt8 = 0x1C
  /// Of the later chips only: A_DLPF_CFG in bits 2...0 (RM-MPU-9250A-00 rev 1.4, 4.8); on the ICM-20689 FIFO_SIZE in
  /// bits 7...6 (drivers/iio/imu/inv_mpu6050/inv_mpu_iio.h).
  static let accelConfig2: UInt8 = 0x1D
  /// Register 35: which sensors write into the FIFO.
  static let fifoEn: UInt8 = 0x23
  /// Register 56. The pin INT is driven both ways and active high, and gives pulses of 50 us: so INT_PIN_CFG (register
  /// 55) has it after a reset.
  static let intEnable: UInt8 = 0x38
  /// Register 58: DATA_RDY_INT is bit 0; reading clears it. Right behind it stand acceleration, temperature and angular
  /// velocity, 14 bytes, big-endian (registers 59 to 72); a burst reads them all of one sample.
  static let intStatus: UInt8 = 0x3A
  /// Register 106. I2C_IF_DIS, bit 4, must stay 0.
  static let userCtrl: UInt8 = 0x6A
  /// Register 107.
  static let pwrMgmt1: UInt8 = 0x6B
  /// Registers 114 and 115: bytes in the FIFO, big-endian.
  static let fifoCountH: UInt8 = 0x72
  /// Register 116.
  static let fifoRW: UInt8 = 0x74
  /// Register 117.
  static let whoAmI: UInt8 = 0x75
}

enum MPU6050Bits {
  /// FIFO_EN: the gyroscope's three axes and the accelerometer (register 35).
  static let motionToFIFO: UInt8 = 0x78
  /// FIFO_EN of the ICM-20602: the gyroscope in bit 4, the accelerometer in bit 3; the temperature comes along between
  /// them (PX4, InvenSense_ICM20602_registers.hpp).
  static let motionAndTemperatureToFIFO: UInt8 = 0x18
  static let dataReady: UInt8 = 0x01
  /// USER_CTRL (register 106): FIFO_EN, FIFO_RESET.
  static let fifoEnable: UInt8 = 0x40
  static let fifoReset: UInt8 = 0x04
  static let deviceReset: UInt8 = 0x80
  /// CLKSEL 1: the phase-locked loop on the x gyroscope, recommended over the internal oscillator (register 107).
  static let clockFromGyroscope: UInt8 = 0x01
}
