// SPDX-License-Identifier: MIT
import HAL
import PostureCore

extension ChipProfile {
  /// The LIS3DH, an accelerometer, in high-resolution mode, behind a low-pass of a ninth of its output rate (datasheet
  /// DocID17530 rev 2, table 10): 11 Hz at 100 Hz, 22 Hz when 100 Hz are polled.
  ///
  /// There is no reset. Booting reloads the trimming alone (CTRL_REG5); every register that matters is written, because
  /// a chip that kept its supply keeps what it held (Zephyr, drivers/sensor/st/lis2dh, says so and does so too).
  ///
  /// Data-ready: INT1 is driven both ways (table 13), active high, and falls when the data are read; an edge that is
  /// missed keeps the next one away until they are.
  static func lis3dh(_ settings: SensorSettings) -> ChipProfile {
    let rate = LIS3DH.rate(for: settings)
    let period = LIS3DH.period(rate)
    var wake = RegisterSettings()
    wake.append(
      LIS3DHRegister.ctrlReg4,
      LIS3DHBits.blockDataUpdate | doublings(of: 2, to: settings.accelerationRange) << 4 | LIS3DHBits.highResolution)
    wake.append(LIS3DHRegister.ctrlReg1, rate << 4 | LIS3DHBits.allAxes)
    var configuration = RegisterSettings()
    configuration.append(LIS3DHRegister.tempCfgReg, 0)
    configuration.append(LIS3DHRegister.ctrlReg2, 0)
    configuration.append(LIS3DHRegister.ctrlReg3, settings.mode == .dataReady ? LIS3DHBits.dataReadyOnINT1 : 0)
    configuration.append(LIS3DHRegister.ctrlReg5, settings.mode == .fifo ? LIS3DHBits.fifoEnable : 0)
    configuration.append(LIS3DHRegister.ctrlReg6, 0)
    configuration.append(LIS3DHRegister.actThs, 0)
    return ChipProfile(
      model: .lis3dh, identity: RegisterSetting(LIS3DHRegister.whoAmI, 0x33),
      reset: RegisterSetting(LIS3DHRegister.ctrlReg5, LIS3DHBits.boot, mask: 0), resetTime: LIS3DH.bootTime,
      wake: wake, wakeTime: LIS3DH.wakeTime(period), configuration: configuration,
      data: DataLayout(
        first: LIS3DHRegister.statusReg | LIS3DHBits.autoIncrement, length: 7,
        ready: .inBurst(offset: 0, mask: LIS3DHBits.dataReady),
        words: WordLayout(isBigEndian: false, acceleration: 1, angularVelocity: nil)),
      fifo: settings.mode == .fifo ? LIS3DH.fifo : nil, outputPeriod: period, scale: LIS3DH.scale(settings),
      hasGyroscope: false)
  }
}

enum LIS3DH {
  /// Twice the 5 ms that a boot takes after power-up (section 7).
  static var bootTime: Interval { .milliseconds(10) }

  /// The 7 samples until the high-resolution mode has settled (tables 10 and 11), and one for a slow clock.
  static func wakeTime(_ period: Interval) -> Interval { period * 8 }

  /// The code of an output rate, 2 for 10 Hz to 7 for 400 Hz (table 31).
  static func rate(for settings: SensorSettings) -> UInt8 {
    for rate in 2..<7 as Range<UInt8> where settings.areMet(by: period(rate)) { return rate }
    return 7
  }

  static func period(_ rate: UInt8) -> Interval {
    switch rate {
    case 2: .milliseconds(100)
    case 3: .milliseconds(40)
    case 4: .milliseconds(20)
    case 5: .milliseconds(10)
    case 6: .milliseconds(5)
    default: Interval(microseconds: 2500)
    }
  }

  /// 1, 2, 4 and 12 mg for a digit of 12 bits, at the left end of 16 (table 4, section 8.16). The FIFO has the upper
  /// ten of them (3.6), by the same scale.
  static func scale(_ settings: SensorSettings) -> SensorScale {
    let perDigit: Double =
      switch settings.accelerationRange {
      case 2: 1
      case 4: 2
      case 8: 4
      default: 12
      }
    // The largest number of ten bits on the left.
    return SensorScale(acceleration: 16 * 1000 / perDigit, angularVelocity: 1, accelerationEnd: 0x7FC0)
  }

  /// 32 records, the oldest of which goes when it is full (5.1.3). A burst comes back to the first data register after
  /// the last, and so may read them all (5.1.5); the bypass empties it (5.1.1).
  static var fifo: FIFOLayout {
    var stop = RegisterSettings()
    stop.append(LIS3DHRegister.fifoCtrlReg, 0, mask: 0)
    var start = RegisterSettings()
    start.append(LIS3DHRegister.fifoCtrlReg, LIS3DHBits.stream)
    return FIFOLayout(
      level: LIS3DHRegister.fifoSrcReg, levelLength: 1, isLevelBigEndian: false, levelMask: 0x1F, bytesPerCount: 6,
      overrunMask: UInt16(LIS3DHBits.overrun), data: LIS3DHRegister.outXL | LIS3DHBits.autoIncrement, recordLength: 6,
      capacity: 32 * 6, recordsPerTransfer: 32,
      framing: .records(WordLayout(isBigEndian: false, acceleration: 0, angularVelocity: nil)), stop: stop,
      start: start)
  }
}
