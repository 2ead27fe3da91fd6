// SPDX-License-Identifier: MIT

/// What the configuration registers ask of the measurement.
struct MPU6050Configuration: BitwiseCopyable, Sendable, Equatable {
  /// Of one sensor's low-pass filter: Hz, and microseconds.
  struct Filter: BitwiseCopyable, Sendable, Equatable {
    var bandwidth: Double
    var delay: Int64
  }

  /// Between samples, microseconds: the gyroscope's output rate, 8 kHz without low-pass filter and 1 kHz with it,
  /// divided by 1 + SMPLRT_DIV (RM-MPU-6000A-00 rev 4.2, 4.2).
  let samplePeriod: Int64
  let accelerometer: Filter
  let gyroscope: Filter
  /// LSB per g: AFS_SEL 0...3 (PS-MPU-6000A-00 rev 3.4, 6.2).
  let accelerometerScale: Double
  /// LSB per deg/s: FS_SEL 0...3 (PS-MPU-6000A-00 rev 3.4, 6.1).
  let gyroscopeScale: Double

  init(smplrtDiv: UInt8, config: UInt8, gyroConfig: UInt8, accelConfig: UInt8) {
    let lowPass = config & 7
    let outputPeriod: Int64 = lowPass == 0 || lowPass == 7 ? 125 : 1000
    samplePeriod = outputPeriod * (1 + Int64(smplrtDiv))
    (accelerometer, gyroscope) = Self.filters(lowPass)
    accelerometerScale =
      switch accelConfig >> 3 & 3 {
      case 0: 16384
      case 1: 8192
      case 2: 4096
      default: 2048
      }
    gyroscopeScale =
      switch gyroConfig >> 3 & 3 {
      case 0: 131
      case 1: 65.5
      case 2: 32.8
      default: 16.4
      }
  }

  /// The table of DLPF_CFG (RM-MPU-6000A-00 rev 4.2, 4.3); 7 is reserved and taken for 0.
  private static func filters(_ lowPass: UInt8) -> (accelerometer: Filter, gyroscope: Filter) {
    switch lowPass {
    case 1: (Filter(bandwidth: 184, delay: 2000), Filter(bandwidth: 188, delay: 1900))
    case 2: (Filter(bandwidth: 94, delay: 3000), Filter(bandwidth: 98, delay: 2800))
    case 3: (Filter(bandwidth: 44, delay: 4900), Filter(bandwidth: 42, delay: 4800))
    case 4: (Filter(bandwidth: 21, delay: 8500), Filter(bandwidth: 20, delay: 8300))
    case 5: (Filter(bandwidth: 10, delay: 13800), Filter(bandwidth: 10, delay: 13400))
    case 6: (Filter(bandwidth: 5, delay: 19000), Filter(bandwidth: 5, delay: 18600))
    default: (Filter(bandwidth: 260, delay: 0), Filter(bandwidth: 256, delay: 980))
    }
  }
}
