// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureFormats

extension SensorFault {
  /// One word for the kind of fault, for counters and traces.
  package var name: String {
    switch self {
    case .bus(let error): error.name
    case .notFound: "not-found"
    case .wrongIdentity: "wrong-identity"
    case .configurationRefused: "configuration-refused"
    case .configurationLost: "configuration-lost"
    case .noNewData: "no-new-data"
    case .frozenData: "frozen-data"
    case .implausibleData: "implausible-data"
    case .overrun: "overrun"
    case .interruptLine: "interrupt-line"
    }
  }

  /// What is wrong, and where it can be known, what to do.
  ///
  /// - Parameter bus: the adapter's path or name; nil where the sensor is simulated.
  package func text(bus: String?) -> String {
    switch self {
    case .bus(let error): error.text(bus: bus)
    case .notFound:
      "no sensor answers: look at its wiring and power; 'i2cdetect -y N' shows what is on bus N"
    case .wrongIdentity(let value, let address):
      "the chip at 0x\(hexadecimal(address.value)) calls itself 0x\(hexadecimal(value)), which is none that is looked for: "
        + "if it is like one that is known, set sensor.model and sensor.identity: 0x\(hexadecimal(value))"
    case .configurationRefused(let register):
      "register 0x\(hexadecimal(register)) does not take what is written to it: the chip is broken, or another one"
    case .configurationLost(let register):
      "register 0x\(hexadecimal(register)) lost what was written to it: the chip was reset, look at its power"
    case .noNewData: "the chip answers but has no new samples"
    case .frozenData: "the chip repeats one sample over and over"
    case .implausibleData: "all bits of a sample were 0, or all 1: look at the wiring"
    case .overrun: "the chip's FIFO was full before it was read: the machine is too busy, or the bus too slow"
    case .interruptLine(let error): "sensor.interrupt-line: " + error.text
    }
  }
}

extension I2CError {
  package var name: String {
    switch self {
    case .noAcknowledge: "no-acknowledge"
    case .timeout: "timeout"
    case .arbitrationLost: "arbitration-lost"
    case .busFault: "bus-fault"
    case .busy: "busy"
    case .noAdapter: "no-adapter"
    case .notAnAdapter: "not-an-adapter"
    case .adapterGone: "adapter-gone"
    case .notPermitted: "not-permitted"
    case .unsupported: "unsupported"
    case .system: "bus-error"
    }
  }

  package func text(bus: String?) -> String {
    let bus = bus ?? "the I2C adapter"
    return switch self {
    case .noAcknowledge: "the sensor does not answer: look at its wiring and power"
    case .timeout: "the bus does not answer in time: a device may hold it; switch its power off and on"
    case .arbitrationLost: "another master uses the bus"
    case .busFault: "a transfer was garbled or ended short: look at the wiring, or slow the bus down"
    case .busy:
      "a kernel driver holds the sensor's address: remove its overlay from /boot/firmware/config.txt, or unbind it in "
        + "/sys/bus/i2c/drivers"
    case .noAdapter:
      "there is no \(bus): enable I2C with dtparam=i2c_arm=on in /boot/firmware/config.txt, load the module i2c-dev, and "
        + "see ls /dev/i2c-*"
    case .notAnAdapter: "\(bus) is not an I2C adapter"
    case .adapterGone: "\(bus) is gone"
    case .notPermitted: "\(bus) may not be used: add the user to group i2c"
    case .unsupported: "\(bus) cannot do such transfers"
    case .system(let number): "error \(number) of \(bus)"
    }
  }
}

extension PinError {
  package var text: String {
    switch self {
    case .notFound: "there is no such line: 'gpioinfo' lists them, and 'ls /sys/class/pwm' the PWM chips"
    case .busy: "the line is in use by another program or driver: 'gpioinfo' names it"
    case .gone: "the line's chip is gone"
    case .notPermitted: "the line may not be used: add the user to group gpio; for a PWM channel see postured(8)"
    case .system(let number): "error \(number) of the line"
    }
  }
}

extension SensorModel {
  /// As its maker writes it.
  package var name: String {
    switch self {
    case .mpu6050: "MPU-6050"
    case .mpu6500: "MPU-6500"
    case .mpu9250: "MPU-9250"
    case .mpu9255: "MPU-9255"
    case .icm20689: "ICM-20689"
    case .icm20602: "ICM-20602"
    case .icm20608: "ICM-20608"
    case .lsm6ds3: "LSM6DS3"
    case .lsm6ds3trc: "LSM6DS3TR-C"
    case .lsm6dso: "LSM6DSO"
    case .bmi160: "BMI160"
    case .lis3dh: "LIS3DH"
    case .adxl345: "ADXL345"
    }
  }
}

extension SamplingMode {
  package var name: String {
    switch self {
    case .polled: "polled"
    case .fifo: "fifo"
    case .dataReady: "data-ready"
    }
  }
}
