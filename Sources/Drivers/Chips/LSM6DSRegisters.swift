// SPDX-License-Identifier: MIT

/// Register addresses of the LSM6DS3, LSM6DS3TR-C and LSM6DSO, named and ordered as in the datasheet of the LSM6DS3TR-C
/// (DocID030071 rev 3, section 9). The other two have them at the same places where nothing else is said
/// (STMicroelectronics/lsm6ds3-pid, lsm6ds3_reg.h; for the LSM6DSO that of the LSM6DSO32, DocID032891 rev 1, section 9:
/// the same chip with twice the acceleration ranges).
enum LSM6DSRegister {
  /// DEC_FIFO_GYRO in bits 5...3, DEC_FIFO_XL in bits 2...0 (9.6).
  static let fifoCtrl3: UInt8 = 0x08
  /// ODR_FIFO in bits 6...3, FIFO_MODE in bits 2...0 (9.8).
  static let fifoCtrl5: UInt8 = 0x0A
  /// DRDY_PULSED is bit 7 (9.9); on the LSM6DSO this is COUNTER_BDR_REG1 with the same bit; the LSM6DS3 has none.
  static let drdyPulseCfgG: UInt8 = 0x0B
  /// INT1_DRDY_G is bit 1 (9.10).
  static let int1Ctrl: UInt8 = 0x0D
  /// 9.12.
  static let whoAmI: UInt8 = 0x0F
  /// ODR_XL in bits 7...4, FS_XL in bits 3...2, a choice of filter in bits 1...0 (9.13).
  static let ctrl1XL: UInt8 = 0x10
  /// ODR_G in bits 7...4, FS_G in bits 3...2 (9.14).
  static let ctrl2G: UInt8 = 0x11
  /// 9.15.
  static let ctrl3C: UInt8 = 0x12
  /// On the LSM6DS3, XL_BW_SCAL_ODR is bit 7 (lsm6ds3_reg.h).
  static let ctrl4C: UInt8 = 0x13
  /// GDA is bit 1, XLDA bit 0 (9.27). Two bytes on stands the temperature, then angular velocity and acceleration from
  /// OUTX_L_G, 0x22, to OUTZ_H_XL, 0x2D, little-endian (9.28 to 9.40).
  static let statusReg: UInt8 = 0x1E
  /// Unread words of 16 bits in the FIFO, with the flags in the second register (9.53 and 9.54).
  static let fifoStatus1: UInt8 = 0x3A
  /// 9.57. A burst goes from here to FIFO_DATA_OUT_H, 0x3F, and back again (AN5130 rev 1, 4.7.1; AN4650, 8.4).
  static let fifoDataOutL: UInt8 = 0x3E
}

/// Those of the LSM6DSO that differ (DocID032891 rev 1, section 9).
enum LSM6DSORegister {
  /// BDR_GY in bits 7...4, BDR_XL in bits 3...0: as the output rates (9.5).
  static let fifoCtrl3: UInt8 = 0x09
  /// FIFO_MODE in bits 2...0 (9.6).
  static let fifoCtrl4: UInt8 = 0x0A
  /// 9.20.
  static let ctrl9XL: UInt8 = 0x18
  /// Words of a tag byte and 6 bytes (9.56). A burst goes on to 0x7E and then back here (Linux reads four words in one,
  /// drivers/iio/imu/st_lsm6dsx/st_lsm6dsx_buffer.c; ArduPilot sixteen, AP_InertialSensor_LSM6DSO.cpp).
  static let fifoDataOutTag: UInt8 = 0x78
}

enum LSM6DSBits {
  /// CTRL3_C: BDU, IF_INC, SW_RESET.
  static let blockDataUpdate: UInt8 = 0x40
  static let addressIncrement: UInt8 = 0x04
  static let softwareReset: UInt8 = 0x01
  static let accelerationReady: UInt8 = 0x01
  /// INT1_CTRL: INT1_DRDY_G.
  static let angularVelocityReadyOnINT1: UInt8 = 0x02
  /// The data-ready line is a pulse of 75 us (9.9).
  static let pulsedDataReady: UInt8 = 0x80
  /// FIFO_CTRL3: both sensors, no decimation (9.6).
  static let bothInFIFO: UInt8 = 0x09
  /// FIFO_MODE: the oldest words are overwritten (9.8).
  static let continuous: UInt8 = 0x06
  /// FIFO_STATUS2 as the high byte: OVER_RUN (9.54; FIFO_OVR_IA on the LSM6DSO).
  static let overrun: UInt16 = 0x4000
  /// FIFO_OVR_LATCHED of the LSM6DSO (9.39).
  static let latchedOverrun: UInt16 = 0x0800
  /// CTRL4_C of the LSM6DS3: the accelerometer's bandwidth is BW_XL and not chosen by its output rate.
  static let ownBandwidth: UInt8 = 0x80
  /// CTRL1_XL: LPF1_BW_SEL of the LSM6DS3TR-C (9.20, table 73) and LPF2_XL_EN of the LSM6DSO (9.19, table 65) both
  /// take the accelerometer's bandwidth from half the output rate to a quarter.
  static let quarterRate: UInt8 = 0x02
  /// CTRL9_XL of the LSM6DSO: I3C_disable, recommended where that bus is not used, beside the reset value (9.20).
  static let withoutI3C: UInt8 = 0xE2
}

/// TAG_SENSOR, the upper five bits of the LSM6DSO's tag (drivers/iio/imu/st_lsm6dsx/st_lsm6dsx_buffer.c, enum
/// st_lsm6dsx_fifo_tag).
enum LSM6DSOTag {
  static let angularVelocity: UInt8 = 1
  static let acceleration: UInt8 = 2
}
