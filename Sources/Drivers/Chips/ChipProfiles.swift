// SPDX-License-Identifier: MIT

extension ChipProfile {
  /// What the driver must know of a model, for a use of it.
  package init(_ model: SensorModel, _ settings: SensorSettings) {
    self =
      switch model {
      case .mpu6050, .mpu6500, .mpu9250, .mpu9255, .icm20689, .icm20602, .icm20608: .mpu6000Family(model, settings)
      case .lsm6ds3, .lsm6ds3trc, .lsm6dso: .lsm6ds(model, settings)
      case .bmi160: .bmi160(settings)
      case .lis3dh: .lis3dh(settings)
      case .adxl345: .adxl345(settings)
      }
  }
}
