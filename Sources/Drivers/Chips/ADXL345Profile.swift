// SPDX-License-Identifier: MIT
import HAL
import PostureCore

extension ChipProfile {
  /// The ADXL345, an accelerometer, in full resolution, behind a low-pass of half its output rate (datasheet rev G,
  /// table 7): 50 Hz at 100 Hz.
  ///
  /// There is no reset: every register that matters is written, in standby, as the datasheet recommends (Power
  /// Sequencing). More than 200 Hz of output are not for a bus of 100 kHz (section I2C): so 100 Hz is the most to poll
  /// there.
  ///
  /// Data-ready: INT1 is driven both ways, active high, and falls when the data are read (section Interrupts); an edge
  /// that is missed keeps the next one away until they are.
  static func adxl345(_ settings: SensorSettings) -> ChipProfile {
    let rate = ADXL345.rate(for: settings)
    let period = ADXL345.period(rate)
    var wake = RegisterSettings()
    wake.append(ADXL345Register.powerCtl, 0, mask: 0)
    wake.append(ADXL345Register.ofsX, 0)
    wake.append(ADXL345Register.ofsY, 0)
    wake.append(ADXL345Register.ofsZ, 0)
    wake.append(ADXL345Register.bwRate, rate)
    wake.append(
      ADXL345Register.dataFormat, ADXL345Bits.fullResolution | doublings(of: 2, to: settings.accelerationRange))
    wake.append(ADXL345Register.intMap, 0)
    wake.append(ADXL345Register.powerCtl, ADXL345Bits.measure)
    var configuration = RegisterSettings()
    configuration.append(ADXL345Register.intEnable, settings.mode == .dataReady ? ADXL345Bits.dataReady : 0)
    if settings.mode != .fifo { configuration.append(ADXL345Register.fifoCtl, 0) }
    return ChipProfile(
      model: .adxl345, identity: RegisterSetting(ADXL345Register.devid, 0xE5), reset: nil, resetTime: .zero,
      wake: wake, wakeTime: ADXL345.wakeTime(period), configuration: configuration,
      data: DataLayout(
        first: ADXL345Register.intSource, length: 8, ready: .inBurst(offset: 0, mask: ADXL345Bits.dataReady),
        words: WordLayout(isBigEndian: false, acceleration: 2, angularVelocity: nil)),
      fifo: settings.mode == .fifo ? ADXL345.fifo : nil, outputPeriod: period,
      // Of all ranges in full resolution (table 1).
      scale: ADXL345.scale(settings), hasGyroscope: false)
  }
}

enum ADXL345 {
  /// A period and 1.1 ms (table 1, note 7), rounded up.
  static func wakeTime(_ period: Interval) -> Interval { period + .milliseconds(2) }

  /// The code of an output rate, 8 for 25 Hz to 12 for 400 Hz (table 7).
  static func rate(for settings: SensorSettings) -> UInt8 {
    for rate in 8..<12 as Range<UInt8> where settings.areMet(by: period(rate)) { return rate }
    return 12
  }

  static func period(_ rate: UInt8) -> Interval { Interval(microseconds: 40_000 >> Int64(rate - 8)) }

  /// 256 LSB/g at every range: in full resolution a wider range has more bits (table 1), and ends later.
  static func scale(_ settings: SensorSettings) -> SensorScale {
    SensorScale(
      acceleration: 256, angularVelocity: 1, accelerationEnd: Int16(256 * settings.accelerationRange - 1))
  }

  /// 32 records, the oldest of which goes when it is full (table 37). Each burst over the data registers takes one, and
  /// I2C leaves the 5 us that it needs before the next (Retrieving Data from FIFO); the bypass empties it.
  static var fifo: FIFOLayout {
    var stop = RegisterSettings()
    stop.append(ADXL345Register.fifoCtl, 0, mask: 0)
    var start = RegisterSettings()
    start.append(ADXL345Register.fifoCtl, ADXL345Bits.stream)
    return FIFOLayout(
      level: ADXL345Register.fifoStatus, levelLength: 1, isLevelBigEndian: false, levelMask: 0x3F, bytesPerCount: 6,
      // INT_SOURCE has an overrun bit, but a FIFO that was full shows it by its level: only reading lowers that.
      overrunMask: 0, data: ADXL345Register.dataX0, recordLength: 6, capacity: 32 * 6, recordsPerTransfer: 1,
      framing: .records(WordLayout(isBigEndian: false, acceleration: 0, angularVelocity: nil)), stop: stop,
      start: start)
  }
}
