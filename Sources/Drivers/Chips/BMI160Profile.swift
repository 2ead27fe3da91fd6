// SPDX-License-Identifier: MIT
import HAL
import PostureCore

extension ChipProfile {
  /// The BMI160.
  ///
  /// The output rate is 25 Hz times a power of two. Low-pass filters at the output rates of
  ///
  ///     Hz                 25    50   100   200   400   800  1600
  ///     acceleration     10.1  20.3  40.5    80   162   324   684
  ///     angular velocity 10.7  20.8  39.9  74.6   137   255   524
  ///
  /// (the tables of BST-BMI160-DS000, 2.4, as Intel's BMI160.cpp for the Arduino 101 gives them). Polled, the chip runs
  /// at twice the rate or more with half these bandwidths, so that 100 Hz get about 40 either way.
  static func bmi160(_ settings: SensorSettings) -> ChipProfile {
    let rate = BMI160.rate(for: settings)
    let period = BMI160.period(rate)
    var configuration = RegisterSettings()
    if settings.mode == .dataReady {
      // As it is after a reset, the interrupt is a pulse.
      configuration.append(BMI160Register.intEn1, BMI160Bits.dataReadyInterrupt)
      configuration.append(BMI160Register.intOutCtrl, BMI160Bits.pushPullActiveHigh)
      configuration.append(BMI160Register.intMap1, BMI160Bits.dataReadyOnINT1)
    }
    return ChipProfile(
      model: .bmi160,
      // drivers/iio/imu/bmi160/bmi160_core.c.
      identity: RegisterSetting(BMI160Register.chipID, 0xD1),
      reset: RegisterSetting(BMI160Register.cmd, BMI160Command.softReset, mask: 0), resetTime: BMI160.resetTime,
      wake: BMI160.wake(rate, settings), wakePause: BMI160.wakePause, wakeTime: BMI160.wakeTime(period),
      configuration: configuration,
      data: DataLayout(
        first: BMI160Register.data8, length: 12,
        ready: .register(BMI160Register.status, mask: BMI160Bits.accelerationReady), words: BMI160.words),
      fifo: settings.mode == .fifo ? BMI160.fifo : nil, outputPeriod: period, scale: BMI160.scale(settings),
      hasGyroscope: true)
  }
}

enum BMI160 {
  /// Linux waits 1 ms (BMI160_SOFTRESET_USLEEP), Bosch's driver at times 15 ms (BMI160_SOFT_RESET_DELAY_MS).
  static var resetTime: Interval { .milliseconds(15) }
  /// In suspend mode 450 us after every write; for the accelerometer to leave it 3.8 ms, before which another command
  /// is lost (drivers/iio/imu/bmi160/bmi160_core.c, BMI160_SUSPENDED_WRITE_USLEEP and BMI160_ACCEL_PMU_MIN_USLEEP).
  static var wakePause: Interval { .milliseconds(5) }

  /// 80 ms until the gyroscope is in normal mode (BMI160_GYRO_PMU_MIN_USLEEP), and four samples for the filters.
  static func wakeTime(_ period: Interval) -> Interval { .milliseconds(80) + period * 4 }

  /// The code of an output rate of both sensors, 6 for 25 Hz to 12 for 1600 Hz (bmi160_core.c).
  static func rate(for settings: SensorSettings) -> UInt8 {
    for rate in 6..<12 as Range<UInt8> where settings.areMet(by: period(rate)) { return rate }
    return 12
  }

  static func period(_ rate: UInt8) -> Interval { Interval(microseconds: 40_000 >> Int64(rate - 6)) }

  /// The filters are set before the sensors start, so that they have settled when the waiting is over.
  static func wake(_ rate: UInt8, _ settings: SensorSettings) -> RegisterSettings {
    let filter = settings.mode == .polled ? BMI160Bits.narrowFilter : BMI160Bits.normalFilter
    var wake = RegisterSettings()
    wake.append(BMI160Register.accConf, filter | rate)
    wake.append(BMI160Register.accRange, accelerationCode(settings.accelerationRange))
    wake.append(BMI160Register.gyrConf, filter | rate)
    // gyr_range: 0 for 2000 deg/s, one more for each half (bmi160_core.c).
    wake.append(BMI160Register.gyrRange, doublings(of: settings.angularVelocityRange, to: 2000))
    wake.append(BMI160Register.cmd, BMI160Command.accelerometerNormal, mask: 0)
    wake.append(BMI160Register.cmd, BMI160Command.gyroscopeNormal, mask: 0)
    return wake
  }

  /// acc_range (bmi160_core.c).
  private static func accelerationCode(_ range: Int) -> UInt8 {
    switch range {
    case 2: 0x03
    case 4: 0x05
    case 8: 0x08
    default: 0x0C
    }
  }

  /// 16384 LSB/g at 2 g; 16.4 LSB/dps at 2000 deg/s, where Linux has 1065e-6 rad/s for an LSB (BST-BMI160-DS000,
  /// tables 2 and 3; bmi160_core.c).
  static func scale(_ settings: SensorSettings) -> SensorScale {
    SensorScale(
      acceleration: 32768 / Double(settings.accelerationRange),
      angularVelocity: 16.4 * 2000 / Double(settings.angularVelocityRange))
  }

  static var words: WordLayout { WordLayout(isBigEndian: false, acceleration: 6, angularVelocity: 0) }

  /// Frames without a header, in the order of the data registers (2.5.1.4), dropped whole when the 1024 bytes are full.
  /// A burst stays at FIFO_DATA; what it reads of a frame in part is given again.
  static var fifo: FIFOLayout {
    var stop = RegisterSettings()
    stop.append(BMI160Register.fifoConfig1, 0, mask: 0)
    stop.append(BMI160Register.cmd, BMI160Command.fifoFlush, mask: 0)
    var start = RegisterSettings()
    start.append(BMI160Register.fifoConfig1, BMI160Bits.bothInFIFO)
    return FIFOLayout(
      level: BMI160Register.fifoLength0, levelLength: 2, isLevelBigEndian: false, levelMask: 0x07FF, bytesPerCount: 1,
      overrunMask: 0, data: BMI160Register.fifoData, recordLength: 12, capacity: 1024, recordsPerTransfer: 40,
      framing: .records(words), stop: stop, start: start)
  }
}
