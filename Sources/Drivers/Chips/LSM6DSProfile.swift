// SPDX-License-Identifier: MIT
import HAL
import PostureCore

extension ChipProfile {
  /// The LSM6DS3, the LSM6DS3TR-C (which is also the LSM6DSL) and the LSM6DSO (also the LSM6DSOX).
  ///
  /// The output rate is 13 Hz times a power of two: 104 Hz for 100. Low-pass filters at the output rates of
  ///
  ///     Hz                26   52  104  208  416  833  1667
  ///     acceleration      13   26   52  104  208  416   833
  ///       of the LSM6DS3  50   50   50  100  200  400   400
  ///     angular velocity   8   17   33   67  137  300  1000
  ///
  /// (DocID030071 rev 3, table 73; AN5130 rev 1, table 11; DocID032891 rev 1, table 18). Polled, the chip runs at twice
  /// the rate or more, and the accelerometer's low-pass is set to half of that: what 100 Hz of output would let
  /// through. The gyroscope's cannot be set so low.
  static func lsm6ds(_ model: SensorModel, _ settings: SensorSettings) -> ChipProfile {
    let rate = LSM6DS.rate(for: settings)
    let period = LSM6DS.period(rate)
    var configuration = RegisterSettings()
    configuration.append(LSM6DSRegister.ctrl3C, LSM6DSBits.blockDataUpdate | LSM6DSBits.addressIncrement)
    if model == .lsm6dso { configuration.append(LSM6DSORegister.ctrl9XL, LSM6DSBits.withoutI3C) }
    switch settings.mode {
    case .polled: break
    case .fifo:
      if model == .lsm6dso {
        configuration.append(LSM6DSORegister.fifoCtrl3, rate << 4 | rate)
      } else {
        configuration.append(LSM6DSRegister.fifoCtrl3, LSM6DSBits.bothInFIFO)
      }
    case .dataReady:
      configuration.append(LSM6DSRegister.int1Ctrl, LSM6DSBits.angularVelocityReadyOnINT1)
      // Then an edge that nobody reads after does not keep the next one away.
      if model != .lsm6ds3 { configuration.append(LSM6DSRegister.drdyPulseCfgG, LSM6DSBits.pulsedDataReady) }
    }
    return ChipProfile(
      model: model, identity: RegisterSetting(LSM6DSRegister.whoAmI, LSM6DS.identity(model)),
      reset: RegisterSetting(
        LSM6DSRegister.ctrl3C, LSM6DSBits.addressIncrement | LSM6DSBits.softwareReset, mask: 0),
      resetTime: LSM6DS.resetTime, wake: LSM6DS.wake(model, rate, settings), wakeTime: LSM6DS.wakeTime(period),
      configuration: configuration,
      data: DataLayout(
        first: LSM6DSRegister.statusReg, length: 16, ready: .inBurst(offset: 0, mask: LSM6DSBits.accelerationReady),
        words: WordLayout(isBigEndian: false, acceleration: 10, angularVelocity: 4)),
      fifo: settings.mode == .fifo ? LSM6DS.fifo(model, rate) : nil,
      outputPeriod: period, scale: LSM6DS.scale(settings), hasGyroscope: true)
  }
}

enum LSM6DS {
  /// What Linux waits after a software reset (drivers/iio/imu/st_lsm6dsx/st_lsm6dsx_core.c).
  static var resetTime: Interval { .milliseconds(50) }

  /// From power-down: 70 ms and then 3 samples of the gyroscope, which includes the accelerometer's 2 (AN5130 rev 1,
  /// tables 13 to 15); one sample more to be sure.
  static func wakeTime(_ period: Interval) -> Interval { .milliseconds(70) + period * 4 }

  /// WHO_AM_I (drivers/iio/imu/st_lsm6dsx/st_lsm6dsx_core.c).
  static func identity(_ model: SensorModel) -> UInt8 {
    switch model {
    case .lsm6ds3: 0x69
    case .lsm6ds3trc: 0x6A
    default: 0x6C
    }
  }

  /// The code of an output rate, 1 for 13 Hz to 8 for 1.67 kHz (DocID030071 rev 3, tables 52 and 55).
  static func rate(for settings: SensorSettings) -> UInt8 {
    for rate in 1..<8 as Range<UInt8> where settings.areMet(by: period(rate)) { return rate }
    return 8
  }

  /// Code 10 is 6664 Hz (table 3; 6667 Hz on the LSM6DSO, DocID032891 rev 1, 9.5), each lower one half of it.
  static func period(_ rate: UInt8) -> Interval { Interval(microseconds: 150 << Int64(10 - rate)) }

  /// CTRL1_XL and CTRL2_G start the sensors, so what belongs to their filters comes before.
  static func wake(_ model: SensorModel, _ rate: UInt8, _ settings: SensorSettings) -> RegisterSettings {
    let isPolled = settings.mode == .polled
    var filter: UInt8 = 0
    var wake = RegisterSettings()
    if model != .lsm6ds3 {
      filter = isPolled ? LSM6DSBits.quarterRate : 0
    } else if isPolled {
      wake.append(LSM6DSRegister.ctrl4C, LSM6DSBits.ownBandwidth)
      // BW_XL: 0 for 400 Hz, 1 for 200, 2 for 100, 3 for 50 (ST's header in sparkfun/SparkFun_LSM6DS3_Arduino_Library).
      filter = rate <= 5 ? 3 : 8 - rate
    }
    wake.append(LSM6DSRegister.ctrl1XL, rate << 4 | accelerationCode(settings.accelerationRange) << 2 | filter)
    // FS_G 0 is called 245 or 250 deg/s (table 54 and table 3): the sensitivity is that of 250.
    wake.append(LSM6DSRegister.ctrl2G, rate << 4 | doublings(of: 250, to: settings.angularVelocityRange) << 2)
    return wake
  }

  /// FS_XL (table 51).
  private static func accelerationCode(_ range: Int) -> UInt8 {
    switch range {
    case 2: 0
    case 16: 1
    case 4: 2
    default: 3
    }
  }

  /// From 0.061 mg/LSB at 2 g and 8.75 mdps/LSB at 250 deg/s, twice as much at each next range (table 3).
  static func scale(_ settings: SensorSettings) -> SensorScale {
    SensorScale(
      acceleration: 2000 / (0.061 * Double(settings.accelerationRange)),
      angularVelocity: 250_000 / (8.75 * Double(settings.angularVelocityRange)))
  }

  static func fifo(_ model: SensorModel, _ rate: UInt8) -> FIFOLayout {
    model == .lsm6dso ? taggedFIFO : patternFIFO(model, rate)
  }

  /// Words of 16 bits, of which six are a sample: angular velocity x, y, z, acceleration x, y, z (AN5130 rev 1, 8.5.1).
  private static func patternFIFO(_ model: SensorModel, _ rate: UInt8) -> FIFOLayout {
    var stop = RegisterSettings()
    stop.append(LSM6DSRegister.fifoCtrl5, 0, mask: 0)
    var start = RegisterSettings()
    start.append(LSM6DSRegister.fifoCtrl5, rate << 3 | LSM6DSBits.continuous)
    // 8 KB and a count of 12 bits on the LSM6DS3, 4 KB and 11 bits on the LSM6DS3TR-C
    // (drivers/iio/imu/st_lsm6dsx/st_lsm6dsx_core.c). A burst may be as long as one likes (DocID032891 rev 1, 5.1.1).
    return FIFOLayout(
      level: LSM6DSRegister.fifoStatus1, levelLength: 2, isLevelBigEndian: false,
      levelMask: model == .lsm6ds3 ? 0x0FFF : 0x07FF, bytesPerCount: 2, overrunMask: LSM6DSBits.overrun,
      data: LSM6DSRegister.fifoDataOutL, recordLength: 12, capacity: model == .lsm6ds3 ? 8192 : 4096,
      recordsPerTransfer: 40, framing: .records(WordLayout(isBigEndian: false, acceleration: 6, angularVelocity: 0)),
      stop: stop, start: start)
  }

  /// 512 words of 7 bytes, 3 KB without their tags (drivers/iio/imu/st_lsm6dsx/st_lsm6dsx_core.c, max_fifo_size).
  private static var taggedFIFO: FIFOLayout {
    var stop = RegisterSettings()
    stop.append(LSM6DSORegister.fifoCtrl4, 0, mask: 0)
    var start = RegisterSettings()
    start.append(LSM6DSORegister.fifoCtrl4, LSM6DSBits.continuous)
    return FIFOLayout(
      level: LSM6DSRegister.fifoStatus1, levelLength: 2, isLevelBigEndian: false, levelMask: 0x03FF, bytesPerCount: 7,
      overrunMask: LSM6DSBits.overrun | LSM6DSBits.latchedOverrun, data: LSM6DSORegister.fifoDataOutTag,
      recordLength: 7, capacity: 3584, recordsPerTransfer: 68,
      framing: .tagged(acceleration: LSM6DSOTag.acceleration, angularVelocity: LSM6DSOTag.angularVelocity),
      stop: stop, start: start)
  }
}

extension SensorSettings {
  /// Whether a chip's output period is short enough for what is asked: at most 5 % longer, so that 104 Hz do for 109;
  /// and polled, at most half as long, so that what is polled is new.
  func areMet(by output: Interval) -> Bool {
    mode == .polled ? output * 2 <= period : output * 95 <= period * 100
  }
}
