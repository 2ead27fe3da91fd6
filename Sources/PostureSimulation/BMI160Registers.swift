// SPDX-License-Identifier: MIT

/// Register addresses that mean something to the simulation, in the words of the datasheet (BST-BMI160-DS000, 2.11).
enum BMI160Register {
  static let chipID: UInt8 = 0x00
  static let errReg: UInt8 = 0x02
  static let pmuStatus: UInt8 = 0x03
  /// gyr_x.
  static let data8: UInt8 = 0x0C
  /// acc_x.
  static let data14: UInt8 = 0x12
  /// The high byte of acc_z.
  static let data19: UInt8 = 0x17
  static let sensortime0: UInt8 = 0x18
  static let sensortime2: UInt8 = 0x1A
  static let status: UInt8 = 0x1B
  static let temperature0: UInt8 = 0x20
  static let temperature1: UInt8 = 0x21
  static let fifoLength0: UInt8 = 0x22
  static let fifoLength1: UInt8 = 0x23
  static let fifoData: UInt8 = 0x24
  static let accConf: UInt8 = 0x40
  static let accRange: UInt8 = 0x41
  static let gyrConf: UInt8 = 0x42
  static let gyrRange: UInt8 = 0x43
  static let magConf: UInt8 = 0x44
  static let fifoDowns: UInt8 = 0x45
  static let fifoConfig0: UInt8 = 0x46
  static let fifoConfig1: UInt8 = 0x47
  static let stepConf1: UInt8 = 0x7B
  static let cmd: UInt8 = 0x7E
}

enum BMI160Bit {
  static let dropCmdErr: UInt8 = 0x40
  static let drdyAcc: UInt8 = 0x80
  static let drdyGyr: UInt8 = 0x40
  /// FIFO_CONFIG_1.
  static let fifoGyrEn: UInt8 = 0x80
  static let fifoAccEn: UInt8 = 0x40
  static let fifoHeaderEn: UInt8 = 0x10
}

/// What the configuration registers of a BMI160 ask of the measurement.
///
/// Undersampling (acc_us) and the prefiltered data of the FIFO are left out.
struct BMI160Configuration: BitwiseCopyable, Sendable, Equatable {
  /// Of each sensor, nominal, nanoseconds; 0 where the code is none.
  let accelerometerPeriod: Int64
  let gyroscopePeriod: Int64
  let accelerometer: SensorChannel
  let gyroscope: SensorChannel

  init(_ registers: borrowing InlineArray<128, UInt8>) {
    let accConf = registers[Int(BMI160Register.accConf)]
    let gyrConf = registers[Int(BMI160Register.gyrConf)]
    // 25 Hz is code 6 (drivers/iio/imu/bmi160/bmi160_core.c); the accelerometer goes down to 0.78 Hz and up to 1600 Hz.
    accelerometerPeriod = (1...12).contains(accConf & 0xF) ? 1_280_000_000 >> Int64(accConf & 0xF - 1) : 0
    gyroscopePeriod = (6...13).contains(gyrConf & 0xF) ? 1_280_000_000 >> Int64(gyrConf & 0xF - 1) : 0
    // 16384 LSB/g at 2 g, 16.4 LSB/dps at 2000 deg/s (tables 2 and 3); 180 ug/sqrt(Hz), 0.007 (deg/s)/sqrt(Hz).
    let perG: Double =
      switch registers[Int(BMI160Register.accRange)] & 0xF {
      case 0x05: 8192
      case 0x08: 4096
      case 0x0C: 2048
      default: 16384
      }
    let perDegree = 16.4 * Double(1 << Int(min(registers[Int(BMI160Register.gyrRange)] & 7, 4)))
    accelerometer = Self.channel(accelerometerPeriod, mode: accConf >> 4 & 7, perG, noise: 180e-6)
    gyroscope = Self.channel(gyroscopePeriod, mode: gyrConf >> 4 & 3, perDegree, noise: 0.007)
  }

  /// Some 0.4 of the rate, 40.5 and 39.9 Hz at 100; half with twice the oversampling (mode 1), a quarter with four
  /// times (mode 0) (2.4, as Intel's BMI160.cpp for the Arduino 101 has it). The delay is not documented: half a period
  /// of the rate to which the filter would belong.
  private static func channel(_ period: Int64, mode: UInt8, _ scale: Double, noise: Double) -> SensorChannel {
    let narrowing: Double = mode == 0 ? 4 : mode == 1 ? 2 : 1
    return SensorChannel(
      bandwidth: period == 0 ? 0 : 0.4e9 / Double(period) / narrowing,
      delay: Int64(Double(period) / 2000 * narrowing), scale: scale, noise: noise)
  }
}
