// SPDX-License-Identifier: MIT
import HAL
import PostureCore

extension ChipProfile {
  /// The MPU-6050 (also the MPU-6000 over I2C) and the chips that followed it, which modules sold as MPU-6050 bear too.
  ///
  /// 1 kHz behind the low-pass, divided by a whole number in the modes in which the chip sets the pace; polled, it is
  /// not divided, so that a sample is at most 1 ms old. The low-pass is the widest below half of the rate asked for,
  /// but no wider than what a trunk needs, at
  ///
  ///     Hz asked for                 90 and more   42    20   less
  ///     acceleration, MPU-6050                44   21    10      5
  ///       MPU-6500, 9250, 9255                41   20    10      5
  ///       ICM-20689, 20602, 20608           44.8   21  10.2    5.1
  ///     angular velocity, MPU-6050            42   20    10      5
  ///       the others                          41   20    10      5
  ///
  /// (RM-MPU-6000A-00 rev 4.2, 4.3; RM-MPU-9250A-00 rev 1.4, 4.5 and 4.8; of the ICM chips as drivers have it, for
  /// example M5Stack's for the MPU-6886).
  static func mpu6000Family(_ model: SensorModel, _ settings: SensorSettings) -> ChipProfile {
    var wake = RegisterSettings()
    wake.append(MPU6050Register.pwrMgmt1, MPU6050Bits.clockFromGyroscope)

    let divider = settings.mode == .polled ? 0 : MPU6050.divider(for: settings.period)
    let lowPass = MPU6050.lowPass(for: settings.period)
    var configuration = RegisterSettings()
    configuration.append(MPU6050Register.smplrtDiv, divider)
    configuration.append(MPU6050Register.config, lowPass)
    configuration.append(MPU6050Register.gyroConfig, doublings(of: 250, to: settings.angularVelocityRange) << 3)
    configuration.append(MPU6050Register.accelConfig, doublings(of: 2, to: settings.accelerationRange) << 3)
    // FIFO_SIZE 0: see `capacity`.
    if model != .mpu6050 { configuration.append(MPU6050Register.accelConfig2, lowPass, mask: 0x0F) }
    if model == .mpu6050 && settings.mode == .fifo {
      configuration.append(MPU6050Register.fifoEn, MPU6050Bits.motionToFIFO)
    }
    if settings.mode == .dataReady { configuration.append(MPU6050Register.intEnable, MPU6050Bits.dataReady) }

    return ChipProfile(
      model: model, identity: RegisterSetting(MPU6050Register.whoAmI, MPU6050.identity(model)),
      reset: RegisterSetting(MPU6050Register.pwrMgmt1, MPU6050Bits.deviceReset), resetTime: MPU6050.resetTime,
      wake: wake, wakeTime: MPU6050.wakeTime(model), configuration: configuration,
      data: DataLayout(
        first: MPU6050Register.intStatus, length: 15, ready: .inBurst(offset: 0, mask: MPU6050Bits.dataReady),
        words: WordLayout(isBigEndian: true, acceleration: 1, angularVelocity: 9)),
      fifo: settings.mode == .fifo ? MPU6050.fifo(model) : nil,
      outputPeriod: .milliseconds(1 + Int64(divider)), scale: MPU6050.scale(settings), hasGyroscope: true)
  }
}

/// What the chips of the family have in common, and where they differ.
enum MPU6050 {
  /// After a reset, before the registers are used: what Linux waits (drivers/iio/imu/inv_mpu6050/inv_mpu_iio.h,
  /// INV_MPU6050_POWER_UP_TIME).
  static var resetTime: Interval { .milliseconds(100) }

  /// WHO_AM_I (drivers/iio/imu/inv_mpu6050/inv_mpu_iio.h): of the MPU-6050 the upper six bits of its I2C address,
  /// whatever pin AD0 says (register 117).
  static func identity(_ model: SensorModel) -> UInt8 {
    switch model {
    case .mpu6500: 0x70
    case .mpu9250: 0x71
    case .mpu9255: 0x73
    case .icm20689: 0x98
    case .icm20602: 0x12
    case .icm20608: 0xAF
    default: 0x68
    }
  }

  /// From sleep to settled rates: of the MPU-6050 twice the gyroscope's start-up time from power-on, 30 ms to within 1
  /// deg/s (PS-MPU-6000A-00, 6.1); of the others what Linux waits (drivers/iio/imu/inv_mpu6050/inv_mpu_iio.h,
  /// INV_MPU6500_GYRO_STARTUP_TIME, INV_ICM20602_GYRO_STARTUP_TIME).
  static func wakeTime(_ model: SensorModel) -> Interval {
    switch model {
    case .mpu6050: .milliseconds(60)
    case .icm20602: .milliseconds(100)
    default: .milliseconds(70)
    }
  }

  /// SMPLRT_DIV: the rate of 1 kHz is divided by one more than this (section 4.2). The nearest period, unless that were
  /// more than 5 % too long.
  static func divider(for period: Interval) -> UInt8 {
    let nearest = (period.microseconds + 500) / 1000
    let isSlow = nearest * 1000 * 95 > period.microseconds * 100
    return UInt8(clamping: nearest - (isSlow ? 2 : 1))
  }

  /// DLPF_CFG and A_DLPF_CFG, which have the same codes.
  static func lowPass(for period: Interval) -> UInt8 {
    switch period.microseconds {
    case ...11_112: 3
    case ...23_810: 4
    case ...50_000: 5
    default: 6
    }
  }

  /// 32768 LSB over the range (register map, sections 4.4 and 4.5, rounds 131.072 LSB/dps to 131).
  static func scale(_ settings: SensorSettings) -> SensorScale {
    let perDegree: Double =
      switch settings.angularVelocityRange {
      case 250: 131
      case 500: 65.5
      case 1000: 32.8
      default: 16.4
      }
    return SensorScale(acceleration: 32768 / Double(settings.accelerationRange), angularVelocity: perDegree)
  }

  /// Of the FIFO, bytes (drivers/iio/imu/inv_mpu6050/inv_mpu_core.c, hw_info).
  ///
  /// The ICM-20689 has 512, 1024, 2048 or 4096, as FIFO_SIZE chooses, which its datasheet is said to call reserved.
  /// Left at 512, as PX4 leaves it (icm20689): a FIFO that is larger than believed loses nothing, one that is smaller
  /// does.
  private static func capacity(_ model: SensorModel) -> Int {
    switch model {
    case .mpu6050: 1024
    case .icm20602: 1008
    default: 512
    }
  }

  /// Acceleration and angular velocity in the order of the data registers (register 116), on the ICM-20602 with the
  /// temperature between them.
  ///
  /// On the MPU-6050 USER_CTRL ends the writing into the FIFO (register 106); on the later chips it ends the reading
  /// alone and FIFO_EN the writing (RM-MPU-9250A-00 rev 1.4, 4.33), which has to have ended, or a reset cuts a record.
  static func fifo(_ model: SensorModel) -> FIFOLayout {
    let isFirst = model == .mpu6050
    let hasTemperature = model == .icm20602
    var stop = RegisterSettings()
    if !isFirst { stop.append(MPU6050Register.fifoEn, 0, mask: 0) }
    stop.append(MPU6050Register.userCtrl, 0, mask: 0)
    stop.append(MPU6050Register.userCtrl, MPU6050Bits.fifoReset, mask: 0)
    var start = RegisterSettings()
    start.append(MPU6050Register.userCtrl, MPU6050Bits.fifoEnable)
    if !isFirst {
      start.append(
        MPU6050Register.fifoEn,
        hasTemperature ? MPU6050Bits.motionAndTemperatureToFIFO : MPU6050Bits.motionToFIFO)
    }
    let recordLength = hasTemperature ? 14 : 12
    return FIFOLayout(
      // Read from its high byte on, which latches both (registers 114 and 115).
      level: MPU6050Register.fifoCountH, levelLength: 2, isLevelBigEndian: true, levelMask: 0x1FFF, bytesPerCount: 1,
      overrunMask: 0, data: MPU6050Register.fifoRW, recordLength: recordLength, capacity: capacity(model),
      recordsPerTransfer: 480 / recordLength,
      framing: .records(
        WordLayout(isBigEndian: true, acceleration: 0, angularVelocity: hasTemperature ? 8 : 6)),
      stop: stop, start: start)
  }
}

/// How often `lowest` has to be doubled to reach `range`: the code of a range in most chips.
func doublings(of lowest: Int, to range: Int) -> UInt8 {
  var count: UInt8 = 0
  var reached = lowest
  while reached < range {
    reached *= 2
    count += 1
  }
  return count
}
