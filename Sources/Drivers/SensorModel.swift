// SPDX-License-Identifier: MIT

/// The chips that the driver knows.
package enum SensorModel: UInt8, BitwiseCopyable, Sendable, Equatable {
  case mpu6050
  case mpu6500
  case mpu9250
  case mpu9255
  case icm20689
  case icm20602
  case icm20608
  case lsm6ds3
  case lsm6ds3trc
  case lsm6dso
  case bmi160
  case lis3dh
  case adxl345
}

/// How samples are fetched from the chip.
package enum SamplingMode: UInt8, BitwiseCopyable, Sendable, Equatable {
  /// The data registers, once a sample period.
  case polled
  /// The chip's FIFO, once a batch: fewer wake-ups, later news.
  case fifo
  /// The data registers, each time the chip's data-ready line says so.
  case dataReady
}
