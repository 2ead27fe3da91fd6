// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats

/// The calibration with which the sampling thread begins, and the one sensor that it is for.
package struct KeptCalibration: BitwiseCopyable, Sendable, Equatable {
  package let model: SensorModel
  package let address: I2CAddress
  package let calibration: AccelerometerCalibration

  package init(model: SensorModel, address: I2CAddress, calibration: AccelerometerCalibration) {
    self.model = model
    self.address = address
    self.calibration = calibration
  }

  /// Nil where the record is of a sensor that this source cannot have.
  package init?(_ record: CalibrationRecord, isSimulated: Bool) {
    guard let (model, address) = SensorModel.sensor(named: record.sensor, isSimulated: isSimulated) else { return nil }
    self.init(model: model, address: address, calibration: record.calibration)
  }

  func isMeant(for sensor: SensorDescription) -> Bool { model == sensor.model && address == sensor.address }
}

extension SensorModel: CaseIterable {
  package static let allCases: [SensorModel] = [
    .mpu6050, .mpu6500, .mpu9250, .mpu9255, .icm20689, .icm20602, .icm20608, .lsm6ds3, .lsm6ds3trc, .lsm6dso, .bmi160,
    .lis3dh, .adxl345,
  ]

  /// One sensor among all: `MPU-6050 at 0x68`, or `simulated MPU-6050 at 0x68`.
  package static func fullName(_ model: SensorModel, _ address: I2CAddress, isSimulated: Bool) -> String {
    (isSimulated ? "simulated " : "") + "\(model.name) at 0x\(hexadecimal(address.value))"
  }

  /// The one of such a name; nil where there is none.
  static func sensor(named name: String, isSimulated: Bool) -> (SensorModel, I2CAddress)? {
    let sensors = allCases.lazy.flatMap { model in
      (I2CAddress.lowest.value...0x77).compactMap { I2CAddress($0) }.map { (model, $0) }
    }
    return sensors.first { fullName($0, $1, isSimulated: isSimulated) == name }
  }
}
