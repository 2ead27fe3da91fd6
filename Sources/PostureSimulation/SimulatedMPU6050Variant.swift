// SPDX-License-Identifier: MIT

/// The chips that `SimulatedMPU6050` can be: what differs from the MPU-6050 to a driver.
package enum SimulatedMPU6050Variant: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case mpu6050
  case mpu6500
  case mpu9250
  case mpu9255
  case icm20689
  case icm20602
  case icm20608
}

extension SimulatedMPU6050Variant {
  /// WHO_AM_I (drivers/iio/imu/inv_mpu6050/inv_mpu_iio.h).
  var identity: UInt8 {
    switch self {
    case .mpu6050: 0x68
    case .mpu6500: 0x70
    case .mpu9250: 0x71
    case .mpu9255: 0x73
    case .icm20689: 0x98
    case .icm20602: 0x12
    case .icm20608: 0xAF
    }
  }

  /// PWR_MGMT_1 after power-up and reset: asleep, or awake with the best clock (RM-MPU-6000A-00 rev 4.2, section 3; the
  /// others as PX4 expects them, src/drivers/imu/invensense, which cites RM-MPU-9250A-00 page 9, DS-000114 page 35,
  /// DS-000176 page 31 and RM-000030 page 5; the MPU-6500 and the MPU-9255 as the MPU-9250).
  var powerManagement: UInt8 {
    switch self {
    case .mpu6050, .icm20689, .icm20608: 0x40
    case .mpu6500, .mpu9250, .mpu9255: 0x01
    case .icm20602: 0x41
    }
  }

  /// CONFIG after power-up and reset (PX4, ICM20602.cpp, which cites DS-000176 page 31).
  var config: UInt8 { self == .icm20602 ? 0x80 : 0x00 }

  /// The later chips have a low-pass of the accelerometer's own (ACCEL_CONFIG_2), may keep the oldest bytes of a full
  /// FIFO (CONFIG, FIFO_MODE), and write into the FIFO as long as FIFO_EN says so, whatever USER_CTRL does
  /// (RM-MPU-9250A-00 rev 1.4, 4.5, 4.8 and 4.33).
  var isLater: Bool { self != .mpu6050 }

  /// Bytes (drivers/iio/imu/inv_mpu6050/inv_mpu_core.c, hw_info). The ICM-20689 has FIFO_SIZE in bits 7...6 of
  /// ACCEL_CONFIG_2: 512, 1024, 2048 or 4096 (there, INV_ICM20689_BITS_FIFO_SIZE_MAX; PX4, icm20689: 0 is 512).
  func fifoCapacity(accelConfig2: UInt8) -> Int {
    switch self {
    case .mpu6050: 1024
    case .mpu6500, .mpu9250, .mpu9255, .icm20608: 512
    case .icm20689: 512 << Int(accelConfig2 >> 6)
    case .icm20602: 1008
    }
  }

  /// FIFO_EN has one bit for the gyroscope and one for the accelerometer, and the temperature comes with either (PX4,
  /// InvenSense_ICM20602_registers.hpp).
  var sharesTemperature: Bool { self == .icm20602 }

  /// An empty FIFO repeats its last byte (RM-MPU-9250A-00 rev 1.4, 4.37) or reads 0xFF (DS-000178 rev 1.0 of the
  /// ICM-20690, 12.75; taken for the others' way).
  var readsOnesFromEmptyFIFO: Bool {
    switch self {
    case .mpu6050, .mpu6500, .mpu9250, .mpu9255: false
    case .icm20689, .icm20602, .icm20608: true
    }
  }

  /// LSB per degree Celsius, and the temperature of 0 (RM-MPU-6000A-00, registers 65 and 66; PX4's registers of the
  /// others).
  var temperature: (scale: Double, zero: Double) {
    switch self {
    case .mpu6050: (340, 36.53)
    case .mpu6500, .mpu9250, .mpu9255: (333.87, 21)
    case .icm20689, .icm20602, .icm20608: (326.8, 25)
    }
  }

  /// Until the gyroscope's first sample after sleep, microseconds (PS-MPU-6000A-00 rev 3.4, 6.1; of the others at most
  /// 35 ms: PX4, ICM20689.cpp).
  var gyroscopeStartUp: Int64 { self == .mpu6050 ? 30_000 : 35_000 }
}
