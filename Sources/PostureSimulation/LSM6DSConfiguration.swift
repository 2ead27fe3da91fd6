// SPDX-License-Identifier: MIT

/// What the configuration registers of an LSM6DS ask of the measurement and the FIFO.
///
/// References are to the LSM6DS3TR-C (DocID030071 rev 3) where nothing else is said. The sensors are in
/// high-performance mode, as after a reset; high-pass and slope filters, self-test and user offsets are left out.
struct LSM6DSConfiguration: BitwiseCopyable, Sendable, Equatable {
  /// Between two samples of the faster sensor, nominal, microseconds; 0 when both are in power-down.
  let tick: Int64
  /// Of each sensor, in ticks; 0 in power-down.
  let accelerometerEvery: Int64
  let gyroscopeEvery: Int64
  /// Between two of its entries in the FIFO, in ticks; 0 where there are none.
  let accelerometerBatch: Int64
  let gyroscopeBatch: Int64
  /// Not in bypass mode.
  let isFIFOOn: Bool
  /// It stops when it is full, and does not overwrite.
  let isFIFOStopping: Bool
  let accelerometer: SensorChannel
  let gyroscope: SensorChannel

  init(_ registers: borrowing InlineArray<128, UInt8>, _ variant: LSM6DSVariant) {
    func value(_ register: UInt8) -> UInt8 { registers[Int(register)] }
    let ctrl1 = value(LSM6DSRegister.ctrl1XL)
    let ctrl2 = value(LSM6DSRegister.ctrl2G)
    let periods = (a: Self.period(ctrl1 >> 4), g: Self.period(ctrl2 >> 4))
    let tick = periods.a == 0 || periods.g == 0 ? max(periods.a, periods.g) : min(periods.a, periods.g)
    self.tick = tick
    accelerometerEvery = tick == 0 ? 0 : periods.a / tick
    gyroscopeEvery = tick == 0 ? 0 : periods.g / tick

    let fifoCtrl3 = value(LSM6DSRegister.fifoCtrl3)
    let fifoCtrl4 = value(LSM6DSRegister.fifoCtrl4)
    let fifoCtrl5 = value(LSM6DSRegister.fifoCtrl5)
    // FIFO_MODE (9.8): the modes that an interrupt triggers are left out.
    isFIFOOn = fifoCtrl5 & 7 == 6 || fifoCtrl5 & 7 == 1
    isFIFOStopping = fifoCtrl5 & 7 == 1
    if tick == 0 {
      (accelerometerBatch, gyroscopeBatch) = (0, 0)
    } else if variant == .lsm6dso {
      // BDR_XL and BDR_GY (DocID032891 rev 1, 9.5).
      accelerometerBatch = Self.batch(Self.period(fifoCtrl4 & 0xF), periods.a) / tick
      gyroscopeBatch = Self.batch(Self.period(fifoCtrl4 >> 4), periods.g) / tick
    } else {
      // The trigger is no faster than the sensors (AN5130 rev 1, figure 32), and divided for each (9.6).
      let trigger = Self.batch(Self.period(fifoCtrl5 >> 3 & 0xF), tick) / tick
      accelerometerBatch = trigger * Self.decimation(fifoCtrl3 & 7)
      gyroscopeBatch = trigger * Self.decimation(fifoCtrl3 >> 3 & 7)
    }

    accelerometer = Self.accelerometer(
      ctrl1, value(LSM6DSRegister.ctrl4C), value(LSM6DSRegister.ctrl8XL), period: periods.a, variant)
    gyroscope = Self.gyroscope(ctrl2, period: periods.g, variant)
  }

  var sensorsInFIFO: Int { (accelerometerBatch > 0 ? 1 : 0) + (gyroscopeBatch > 0 ? 1 : 0) }

  /// ODR: from code 10, 6664 Hz, each lower one half of it (tables 3, 52 and 55); microseconds.
  private static func period(_ code: UInt8) -> Int64 { (1...10).contains(code) ? 150 << Int64(10 - code) : 0 }

  private static func batch(_ asked: Int64, _ own: Int64) -> Int64 { asked == 0 || own == 0 ? 0 : max(asked, own) }

  /// DEC_FIFO (tables 33 and 34); 0 is not in the FIFO.
  private static func decimation(_ code: UInt8) -> Int64 { code <= 4 ? Int64(code) : 1 << Int64(code - 2) }

  private static func accelerometer(
    _ ctrl1: UInt8, _ ctrl4: UInt8, _ ctrl8: UInt8, period: Int64, _ variant: LSM6DSVariant
  ) -> SensorChannel {
    // FS_XL 0...3 is 2, 16, 4, 8 g (table 51): mg/LSB (table 3).
    let sensitivity: Double =
      switch ctrl1 >> 2 & 3 {
      case 0: 0.061
      case 1: 0.488
      case 2: 0.122
      default: 0.244
      }
    let rate = period == 0 ? 0 : 1e6 / Double(period)
    let bandwidth: Double
    switch variant {
    case .lsm6ds3:
      // XL_BW_SCAL_ODR and BW_XL; otherwise by the rate: 400 Hz from 833 Hz on, half of it below, and at least 50
      // (DocID026899, CTRL1_XL, as a manual of the LSM6DS33 gives it).
      let byRate = min(max(50 * (rate / 104).rounded(), 50), 400)
      bandwidth = ctrl4 & 0x80 != 0 ? 400 / Double(1 << Int(ctrl1 & 3)) : byRate
    case .lsm6ds3trc:
      // LPF1_BW_SEL, LPF2_XL_EN and HPCF_XL (table 73).
      let division: Double
      if ctrl8 & 0x80 == 0 {
        division = ctrl1 & 2 == 0 ? 2 : 4
      } else {
        division =
          switch ctrl8 >> 5 & 3 {
          case 0: 50
          case 1: 100
          case 2: 9
          default: 400
          }
      }
      bandwidth = rate / division
    case .lsm6dso:
      // LPF2_XL_EN and HPCF_XL (DocID032891 rev 1, table 65).
      let division: Double =
        switch ctrl8 >> 5 {
        case 0: 4
        case 1: 10
        case 2: 20
        case 3: 45
        case 4: 100
        case 5: 200
        case 6: 400
        default: 800
        }
      bandwidth = ctrl1 & 2 == 0 ? rate / 2 : rate / division
    }
    // The delay is not documented: half a sample of the rate to which the filter belongs. 90 ug/sqrt(Hz) (table 3),
    // taken for the others too.
    return SensorChannel(
      bandwidth: bandwidth, delay: bandwidth == 0 ? 0 : Int64(250_000 / bandwidth), scale: 1000 / sensitivity,
      noise: 90e-6)
  }

  private static func gyroscope(_ ctrl2: UInt8, period: Int64, _ variant: LSM6DSVariant) -> SensorChannel {
    // FS_125, or FS_G 0...3 (table 54): mdps/LSB (table 3).
    let sensitivity = ctrl2 & 2 != 0 ? 4.375 : 8.75 * Double(1 << Int(ctrl2 >> 2 & 3))
    // LPF2: a third of the rate, and the delay one period (AN5130 rev 1, table 11: 33 Hz and 73 degrees at 20 Hz for
    // 104 Hz). Above 833 Hz it is wider; that is left out.
    let bandwidth = period == 0 ? 0 : 0.32e6 / Double(period)
    // Rate noise density (table 3; DocID032891 rev 1, table 3), deg/s/sqrt(Hz); the LSM6DS3's is taken for the same.
    return SensorChannel(
      bandwidth: bandwidth, delay: period, scale: 1000 / sensitivity, noise: variant == .lsm6dso ? 0.0038 : 0.005)
  }
}
