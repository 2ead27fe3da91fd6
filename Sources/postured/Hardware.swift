// SPDX-License-Identifier: MIT
import Drivers
import HAL
import LinuxIO
import Logging
import PostureCore
import PostureFormats
import PostureService

/// What the configuration asks of the hardware, as the drivers take it.
enum Hardware {
  /// A contact bounces for some milliseconds (Ganssle, "A Guide to Debouncing", measured 1.5 ms on average and 6.2 ms
  /// at most on common switches); a finger's press lasts longer than this.
  private static let debounceMicroseconds: UInt32 = 20_000

  static func sensorSettings(_ sensor: Configuration.Sensor) -> SensorSettings {
    SensorSettings(
      period: .seconds(1 / sensor.rate), accelerationRange: sensor.accelerationRange,
      angularVelocityRange: sensor.angularVelocityRange, mode: mode(sensor.mode), batch: sensor.batch,
      model: sensor.model.map(model), address: sensor.address.flatMap { I2CAddress($0) },
      acceptedIdentity: sensor.identity)
  }

  static func bus(_ bus: String) -> I2CDevice { I2CDevice(I2CBusSelector(bus)) }

  /// The line that the chip's data-ready pin drives; nil where none is configured.
  static func interruptLine(_ sensor: Configuration.Sensor) -> GPIOInput? {
    guard let line = sensor.interruptLine else { return nil }
    return GPIOInput(
      chip: sensor.interruptChip.map { GPIOChipSelector($0) }, line: GPIOLineSelector(line), edges: .rising)
  }

  static func motorOutput(_ motor: Configuration.Motor) -> MotorOutput? {
    if let line = motor.line {
      return .line(
        GPIOLine(
          chip: motor.chip.map { GPIOChipSelector($0) }, line: GPIOLineSelector(line), activeLow: motor.isActiveLow))
    }
    guard let pwm = motor.pwm.flatMap({ PWMSelector($0) }) else { return nil }
    return .channel(PWMChannel(pwm, activeLow: motor.isActiveLow))
  }

  /// - Parameter cutoff: set to what drives the motor's output off from another thread.
  static func motor(_ motor: Configuration.Motor, cutoff: inout MotorCutoff?) -> VibrationMotor<MotorOutput>? {
    guard let output = motorOutput(motor) else { return nil }
    cutoff = output.cutoff
    var parameters = VibrationMotor<MotorOutput>.Parameters()
    parameters.strength = motor.strength
    return VibrationMotor(on: output, parameters)
  }

  /// The gestures on the button since the last look; nil where none is configured.
  static func button(_ button: Configuration.Button) -> ((Int64, Logger) -> [ButtonGesture])? {
    guard let line = button.line else { return nil }
    let button = Button(
      GPIOInput(
        chip: button.chip.map { GPIOChipSelector($0) }, line: GPIOLineSelector(line), edges: .both,
        bias: button.isActiveLow ? .pullUp : .pullDown, activeLow: button.isActiveLow,
        debounceMicroseconds: debounceMicroseconds))
    return { now, logger in button.gestures(at: now, logger) }
  }

  private static func mode(_ mode: Configuration.Sensor.Mode) -> SamplingMode {
    switch mode {
    case .fifo: .fifo
    case .polled: .polled
    case .dataReady: .dataReady
    }
  }

  private static func model(_ model: Configuration.Sensor.Model) -> SensorModel {
    switch model {
    case .mpu6050: .mpu6050
    case .mpu6500: .mpu6500
    case .mpu9250: .mpu9250
    case .mpu9255: .mpu9255
    case .icm20689: .icm20689
    case .icm20602: .icm20602
    case .icm20608: .icm20608
    case .lsm6ds3: .lsm6ds3
    case .lsm6ds3trc: .lsm6ds3trc
    case .lsm6dso: .lsm6dso
    case .bmi160: .bmi160
    case .lis3dh: .lis3dh
    case .adxl345: .adxl345
    }
  }
}
