// SPDX-License-Identifier: MIT

/// What the configuration registers ask of the measurement.
struct MPU6050Configuration: BitwiseCopyable, Sendable, Equatable {
  /// Between samples, microseconds of the chip: the gyroscope's output rate, 8 kHz without low-pass filter and 1 kHz
  /// with it, divided by 1 + SMPLRT_DIV (RM-MPU-6000A-00 rev 4.2, 4.2); in the later chips the 8 kHz are never divided
  /// (RM-MPU-9250A-00 rev 1.4, 4.4).
  let samplePeriod: Int64
  let accelerometer: SensorChannel
  let gyroscope: SensorChannel
  /// A full FIFO keeps its oldest bytes.
  let keepsOldest: Bool

  /// Noise density (PS-MPU-6000A-00 rev 3.4, 6.2: 400 ug/sqrt(Hz)), g/sqrt(Hz). The later chips have less.
  private static var accelerometerNoise: Double { 400e-6 }
  /// Noise density (PS-MPU-6000A-00 rev 3.4, 6.1: 0.005 (deg/s)/sqrt(Hz)).
  private static var gyroscopeNoise: Double { 0.005 }

  private typealias Filter = (bandwidth: Double, delay: Int64)

  init(
    _ variant: SimulatedMPU6050Variant, smplrtDiv: UInt8, config: UInt8, gyroConfig: UInt8, accelConfig: UInt8,
    accelConfig2: UInt8
  ) {
    let lowPass = config & 7
    let isUnfiltered = lowPass == 0 || lowPass == 7
    let divisor = isUnfiltered && variant.isLater ? 1 : 1 + Int64(smplrtDiv)
    samplePeriod = (isUnfiltered ? 125 : 1000) * divisor
    keepsOldest = variant.isLater && config & MPU6050Bit.fifoMode != 0
    let filters = Self.filters(variant, lowPass, accelConfig2 & 7)
    // LSB per g: AFS_SEL 0...3 (PS-MPU-6000A-00 rev 3.4, 6.2).
    let accelerometerScale: Double =
      switch accelConfig >> 3 & 3 {
      case 0: 16384
      case 1: 8192
      case 2: 4096
      default: 2048
      }
    // LSB per deg/s: FS_SEL 0...3 (PS-MPU-6000A-00 rev 3.4, 6.1).
    let gyroscopeScale: Double =
      switch gyroConfig >> 3 & 3 {
      case 0: 131
      case 1: 65.5
      case 2: 32.8
      default: 16.4
      }
    accelerometer = SensorChannel(
      bandwidth: filters.accelerometer.bandwidth, delay: filters.accelerometer.delay, scale: accelerometerScale,
      noise: Self.accelerometerNoise)
    gyroscope = SensorChannel(
      bandwidth: filters.gyroscope.bandwidth, delay: filters.gyroscope.delay, scale: gyroscopeScale,
      noise: Self.gyroscopeNoise)
  }

  private static func filters(
    _ variant: SimulatedMPU6050Variant, _ lowPass: UInt8, _ ownLowPass: UInt8
  ) -> (accelerometer: Filter, gyroscope: Filter) {
    switch variant {
    case .mpu6050: common(lowPass)
    case .mpu6500, .mpu9250, .mpu9255: (accelerometer9250(ownLowPass), gyroscope9250(lowPass))
    case .icm20689, .icm20602, .icm20608: (accelerometer206(ownLowPass), gyroscope9250(lowPass))
    }
  }

  /// The MPU-6050's table of DLPF_CFG (RM-MPU-6000A-00 rev 4.2, 4.3); 7 is reserved and taken for 0.
  private static func common(_ lowPass: UInt8) -> (accelerometer: Filter, gyroscope: Filter) {
    switch lowPass {
    case 1: ((184, 2000), (188, 1900))
    case 2: ((94, 3000), (98, 2800))
    case 3: ((44, 4900), (42, 4800))
    case 4: ((21, 8500), (20, 8300))
    case 5: ((10, 13800), (10, 13400))
    case 6: ((5, 19000), (5, 18600))
    default: ((260, 0), (256, 980))
    }
  }

  /// DLPF_CFG with FCHOICE_B 0; the bypass is left out (RM-MPU-9250A-00 rev 1.4, 4.5).
  private static func gyroscope9250(_ lowPass: UInt8) -> Filter {
    switch lowPass {
    case 0: (250, 970)
    case 1: (184, 2900)
    case 2: (92, 3900)
    case 3: (41, 5900)
    case 4: (20, 9900)
    case 5: (10, 17850)
    case 6: (5, 33480)
    default: (3600, 170)
    }
  }

  /// A_DLPF_CFG with ACCEL_FCHOICE_B 0; the bypass is left out (RM-MPU-9250A-00 rev 1.4, 4.8).
  private static func accelerometer9250(_ lowPass: UInt8) -> Filter {
    switch lowPass {
    case 1: (184, 5800)
    case 2: (92, 7800)
    case 3: (41, 11800)
    case 4: (20, 19800)
    case 5: (10, 35700)
    case 6: (5, 66960)
    default: (460, 1940)
    }
  }

  /// The bandwidths of the ICM chips; their delays are not published and are taken for the MPU-6050's.
  private static func accelerometer206(_ lowPass: UInt8) -> Filter {
    switch lowPass {
    case 0, 1: (218.1, 2000)
    case 2: (99, 3000)
    case 3: (44.8, 4900)
    case 4: (21.2, 8500)
    case 5: (10.2, 13800)
    case 6: (5.1, 19000)
    default: (420, 1000)
    }
  }
}
