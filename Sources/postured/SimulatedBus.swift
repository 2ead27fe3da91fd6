// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureSimulation

/// A bus with one simulated chip of any model: one type for all of them, so that the daemon's loop is compiled once.
struct SimulatedBus: I2CBus {
  private let chip: Chip

  /// - Parameters:
  ///   - model: nil for an MPU-6050.
  ///   - motor: on the chip's board.
  init<C: MonotonicClock>(
    _ model: SensorModel?, clock: C, wearer: SimulatedWearer, parameters: SimulatedSensorParameters,
    motor: SimulatedMotor
  ) {
    var parameters = parameters
    parameters.address = Self.address(model ?? .mpu6050)
    func mpu(_ variant: SimulatedMPU6050Variant) -> Chip {
      Boxed(SimulatedMPU6050(clock: clock, wearer: wearer, parameters: parameters, variant: variant, motor: motor))
    }
    func lsm(_ variant: LSM6DSVariant) -> Chip {
      Boxed(SimulatedLSM6DS(clock: clock, wearer: wearer, parameters: parameters, variant: variant, motor: motor))
    }
    chip =
      switch model {
      case nil, .mpu6050: mpu(.mpu6050)
      case .mpu6500: mpu(.mpu6500)
      case .mpu9250: mpu(.mpu9250)
      case .mpu9255: mpu(.mpu9255)
      case .icm20689: mpu(.icm20689)
      case .icm20602: mpu(.icm20602)
      case .icm20608: mpu(.icm20608)
      case .lsm6ds3: lsm(.lsm6ds3)
      case .lsm6ds3trc: lsm(.lsm6ds3trc)
      case .lsm6dso: lsm(.lsm6dso)
      case .bmi160:
        Boxed(SimulatedBMI160(clock: clock, wearer: wearer, parameters: parameters, motor: motor))
      case .lis3dh:
        Boxed(SimulatedLIS3DH(clock: clock, wearer: wearer, parameters: parameters, motor: motor))
      case .adxl345:
        Boxed(SimulatedADXL345(clock: clock, wearer: wearer, parameters: parameters, motor: motor))
      }
  }

  @_lifetime(reading: copy reading)
  func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    try chip.exchange(written, reading: &reading, with: address)
  }

  /// With the chip's address pin low.
  private static func address(_ model: SensorModel) -> I2CAddress {
    let value: UInt8 =
      switch model {
      case .lsm6ds3, .lsm6ds3trc, .lsm6dso: 0x6A
      case .lis3dh: 0x18
      case .adxl345: 0x53
      default: 0x68
      }
    guard let address = I2CAddress(value) else { preconditionFailure("a chip's address is one") }
    return address
  }

  private class Chip {
    @_lifetime(reading: copy reading)
    func exchange(
      _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
    ) throws(I2CError) {
      throw .noAcknowledge
    }
  }

  private final class Boxed<Bus: I2CBus & ~Copyable>: Chip {
    private var bus: Bus

    init(_ bus: consuming Bus) { self.bus = bus }

    @_lifetime(reading: copy reading)
    override func exchange(
      _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
    ) throws(I2CError) {
      try bus.exchange(written, reading: &reading, with: address)
    }
  }
}
