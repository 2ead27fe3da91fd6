// SPDX-License-Identifier: MIT

/// Register addresses of the BMI160, named and ordered as in the datasheet BST-BMI160-DS000, section 2.11.
enum BMI160Register {
  static let chipID: UInt8 = 0x00
  /// Angular velocity x, y, z, then acceleration x, y, z from DATA_14, 0x12; 12 bytes, little-endian.
  static let data8: UInt8 = 0x0C
  /// drdy_acc is bit 7, drdy_gyr bit 6; reading a data register of the sensor clears it (Bosch's first driver,
  /// bmi160.c, bmi160_get_accel_data_rdy_stat), so it cannot be read in one burst with the data before it.
  static let status: UInt8 = 0x1B
  /// fifo_byte_counter, 11 bits (2.11.9).
  static let fifoLength0: UInt8 = 0x22
  /// A burst stays here (2.5).
  static let fifoData: UInt8 = 0x24
  /// acc_us in bit 7, acc_bwp in bits 6...4, acc_odr in bits 3...0 (drivers/iio/imu/bmi160/bmi160_core.c).
  static let accConf: UInt8 = 0x40
  static let accRange: UInt8 = 0x41
  /// gyr_bwp in bits 5...4, gyr_odr in bits 3...0.
  static let gyrConf: UInt8 = 0x42
  static let gyrRange: UInt8 = 0x43
  /// fifo_gyr_en in bit 7, fifo_acc_en in bit 6, fifo_header_en in bit 4.
  static let fifoConfig1: UInt8 = 0x47
  /// drdy_en is bit 4.
  static let intEn1: UInt8 = 0x51
  /// Of INT1: output_en in bit 3, od in bit 2, lvl in bit 1, edge_ctrl in bit 0.
  static let intOutCtrl: UInt8 = 0x53
  /// int1_drdy is bit 7.
  static let intMap1: UInt8 = 0x56
  static let cmd: UInt8 = 0x7E
}

/// From drivers/iio/imu/bmi160/bmi160_core.c and Bosch's bmi160_defs.h (boschsensortec/BMI160_SensorAPI, v3.8.1).
enum BMI160Bits {
  static let accelerationReady: UInt8 = 0x80
  /// acc_bwp or gyr_bwp: the normal filter, and the one of twice the oversampling and half the bandwidth.
  static let normalFilter: UInt8 = 0x20
  static let narrowFilter: UInt8 = 0x10
  /// Both sensors and no headers.
  static let bothInFIFO: UInt8 = 0xC0
  static let dataReadyInterrupt: UInt8 = 0x10
  /// INT1 is an output, push-pull and active high.
  static let pushPullActiveHigh: UInt8 = 0x0A
  static let dataReadyOnINT1: UInt8 = 0x80
}

enum BMI160Command {
  static let accelerometerNormal: UInt8 = 0x11
  static let gyroscopeNormal: UInt8 = 0x15
  /// Bosch's driver, BMI160_FIFO_FLUSH_VALUE.
  static let fifoFlush: UInt8 = 0xB0
  static let softReset: UInt8 = 0xB6
}
