// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureFormats

extension SensorFault {
  /// What is wrong, and where it can be known, what to do.
  package var text: String {
    switch self {
    case .bus(let error): error.text
    case .wrongIdentity(let value): "another chip answers: its WHO_AM_I is 0x\(Self.hex(value)), an MPU-6050 has 0x68"
    case .configurationRefused(let register): "register 0x\(Self.hex(register)) does not take what is written to it"
    case .configurationLost(let register):
      "register 0x\(Self.hex(register)) lost what was written to it: the chip was reset, look at its power"
    case .noNewData: "the chip answers but has no new samples"
    }
  }

  private static func hex(_ value: UInt8) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}

extension I2CError {
  package var text: String {
    switch self {
    case .noAcknowledge: "nothing answers at the sensor's address: look at its wiring, power and sensor.address"
    case .timeout: "the bus does not answer in time: a device may hold it"
    case .arbitrationLost: "another master uses the bus"
    case .busFault: "a transfer was garbled or ended short"
    case .busy: "a kernel driver holds the sensor's address"
    case .adapterGone: "the I2C adapter is gone"
    case .notPermitted: "the I2C adapter may not be used"
    case .unsupported: "the I2C adapter cannot do such transfers"
    case .system(let number): "error \(number) of the I2C adapter"
    }
  }
}
