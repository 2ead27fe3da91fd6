// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// A BMI160 on a bus of its own, register by register, worn by a simulated wearer.
///
/// On every access it catches up with its clock: both sensors sample at the same times, counted from when the first is
/// switched on or the faster rate changes. A sample depends on its time alone. Left out: interrupts and what they
/// detect, the magnetometer interface, offsets, self-test, low-power modes. Nothing is allocated after `init`.
/// References are to BST-BMI160-DS000; the times are those that Linux waits (drivers/iio/imu/bmi160/bmi160_core.c).
package struct SimulatedBMI160<C: MonotonicClock>: ~Copyable, SimulatedChip {
  private typealias Register = BMI160Register
  private typealias Bit = BMI160Bit

  /// Microseconds: after a soft reset; between writes in suspend mode; from suspend to normal mode.
  private static var resetTime: Int64 { 1000 }
  private static var suspendedWriteTime: Int64 { 450 }
  private static var accelerometerStart: Int64 { 3800 }
  private static var gyroscopeStart: Int64 { 80_000 }

  // Not let: Swift 6.2 takes the call of reset() in the init for a change of them.
  private var clock: C
  private var start: Int64
  private var measurement: SensorMeasurement
  private var registers = InlineArray<128, UInt8>(repeating: 0)
  private var pointer: UInt8 = 0
  private var fifo = BMI160FIFO()
  private var configuration: BMI160Configuration
  private var acceleration: (Int16, Int16, Int16) = (0, 0, 0)
  private var angularVelocity: (Int16, Int16, Int16) = (0, 0, 0)
  /// All times are microseconds since the chip's creation.
  private var samples: SampleClock
  /// Between two samples of the faster sensor that is on, nominal, nanoseconds; 0 while none is.
  private var tick: Int64 = 0
  private var latest: Int64 = 0
  private var caughtUp: Int64 = -1
  private var resetUntil: Int64 = .min
  private var lastWrite: Int64 = .min
  /// When each sensor is in normal mode; nil in suspend mode.
  private var accelerometerReady: Int64?
  private var gyroscopeReady: Int64?

  /// The wearer's time begins now.
  package init(
    clock: C, wearer: SimulatedWearer, parameters: SimulatedSensorParameters = SimulatedSensorParameters(),
    motor: SimulatedMotor? = nil
  ) {
    self.clock = clock
    start = clock.now()
    measurement = SensorMeasurement(wearer: wearer, parameters: parameters, motor: motor, start: start)
    configuration = BMI160Configuration(registers)
    samples = SampleClock(start: 0, microseconds: 1, error: 0)
    reset()
  }

  package var parameters: SimulatedSensorParameters { measurement.parameters }
  package var elapsed: Int64 { clock.now() - start }

  package mutating func select(_ byte: UInt8) { pointer = byte & 0x7F }

  package mutating func writeNext(_ value: UInt8, at now: Int64) {
    write(value, to: pointer, at: now)
    pointer = (pointer + 1) & 0x7F
  }

  /// A burst goes on at the next register; at FIFO_DATA it stays (2.5).
  package mutating func readNext(at now: Int64) -> UInt8 {
    defer { if pointer != Register.fifoData { pointer = (pointer + 1) & 0x7F } }
    return read(pointer, at: now)
  }

  package mutating func endBurst() { fifo.endBurst() }

  /// Those that are not 0 (figure 20), without what is left out.
  private mutating func reset() {
    registers = InlineArray(repeating: 0)
    self[Register.chipID] = 0xD1
    self[Register.status] = 0x01
    self[Register.temperature1] = 0x80
    self[Register.accConf] = 0x28
    self[Register.accRange] = 0x03
    self[Register.gyrConf] = 0x28
    self[Register.magConf] = 0x0B
    self[Register.fifoDowns] = 0x88
    self[Register.fifoConfig0] = 0x80
    self[Register.fifoConfig1] = 0x10
    fifo.configure(0x10)
    fifo.removeAll()
    accelerometerReady = nil
    gyroscopeReady = nil
    lastWrite = .min
    (acceleration, angularVelocity) = ((0, 0, 0), (0, 0, 0))
    configuration = BMI160Configuration(registers)
    tick = 0
  }

  private subscript(register: UInt8) -> UInt8 {
    get { registers[Int(register)] }
    set { registers[Int(register)] = newValue }
  }
}

extension SimulatedBMI160 {
  private mutating func read(_ register: UInt8, at now: Int64) -> UInt8 {
    switch register {
    case Register.chipID: return measurement.parameters.falseIdentity(at: now) ?? self[register]
    case Register.data8..<Register.data14:
      self[Register.status] &= ~Bit.drdyGyr
      return self[register]
    case Register.data14...Register.data19:
      self[Register.status] &= ~Bit.drdyAcc
      return self[register]
    case Register.sensortime0...Register.sensortime2:
      // 24 bits of 39.0625 us (table 11).
      return UInt8(truncatingIfNeeded: (now * 16 / 625) >> (8 * Int64(register - Register.sensortime0)))
    case Register.pmuStatus:
      // acc_pmu_status in bits 5...4, gyr_pmu_status in bits 3...2; 1 is normal.
      return (isNormal(accelerometerReady, at: now) ? 0x10 : 0) | (isNormal(gyroscopeReady, at: now) ? 0x04 : 0)
    case Register.errReg:
      defer { self[register] = 0 }
      return self[register]
    case Register.fifoLength0: return UInt8(fifo.count & 0xFF)
    case Register.fifoLength1: return UInt8(fifo.count >> 8)
    case Register.fifoData: return fifo.read()
    default: return self[register]
    }
  }

  private func isNormal(_ ready: Int64?, at now: Int64) -> Bool { ready.map { $0 <= now } ?? false }

  private mutating func write(_ value: UInt8, to register: UInt8, at now: Int64) {
    guard now >= resetUntil else { return }
    let isSuspended = accelerometerReady == nil && gyroscopeReady == nil
    if isSuspended && lastWrite != .min && now - lastWrite < Self.suspendedWriteTime { return }
    lastWrite = now
    switch register {
    case Register.cmd: command(value, at: now)
    case Register.fifoConfig1:
      self[register] = value & 0xFE
      fifo.configure(value & 0xFE)
    case Register.accConf...Register.stepConf1:
      self[register] = value
      configuration = BMI160Configuration(registers)
      restart(at: now)
    default: break
    }
  }

  /// While a sensor is on its way to normal mode, a command is dropped.
  private mutating func command(_ value: UInt8, at now: Int64) {
    if value == 0xB6 {
      reset()
      resetUntil = now + Self.resetTime
      return
    }
    let isBusy = max(accelerometerReady ?? now, gyroscopeReady ?? now) > now
    if isBusy {
      self[Register.errReg] |= Bit.dropCmdErr
      return
    }
    switch value {
    case 0x10: accelerometerReady = nil
    case 0x11: accelerometerReady = accelerometerReady ?? now + Self.accelerometerStart
    case 0x14: gyroscopeReady = nil
    case 0x15: gyroscopeReady = gyroscopeReady ?? now + Self.gyroscopeStart
    case 0xB0: fifo.removeAll()
    default: break
    }
    restart(at: now)
  }

  private mutating func restart(at now: Int64) {
    let a = accelerometerReady == nil ? 0 : configuration.accelerometerPeriod
    let g = gyroscopeReady == nil ? 0 : configuration.gyroscopePeriod
    let period = a == 0 || g == 0 ? max(a, g) : min(a, g)
    guard period != tick else { return }
    tick = period
    guard period > 0 else { return }
    samples = SampleClock(start: now, microseconds: period, per: 1000, error: measurement.parameters.clockError)
    latest = 0
  }
}

extension SimulatedBMI160 {
  package mutating func catchUp(to now: Int64) {
    while let dip = measurement.parameters.firstBrownOut(after: caughtUp, upTo: now) {
      sample(to: dip)
      reset()
      resetUntil = .min
      caughtUp = dip
    }
    sample(to: now)
    caughtUp = now
  }

  /// Without the FIFO only the latest samples are worth computing; with it, as many as it can hold: 170 frames of one
  /// sensor.
  private mutating func sample(to now: Int64) {
    guard tick > 0 else { return }
    let newest = samples.newest(at: now)
    guard newest > latest else { return }
    let first = fifo.isOn ? newest - 170 : newest
    for number in max(latest + 1, first)...newest {
      let isAcceleration = latchAcceleration(number)
      let isAngularVelocity = latchAngularVelocity(number)
      if fifo.isOn && (isAcceleration || isAngularVelocity) { fifo.append(acceleration, angularVelocity) }
    }
    latest = newest
  }

  /// The last sample before the freezing in which sample n lies, n itself where it lies in none; nil where there is no
  /// such sample.
  private func unfrozen(_ number: Int64) -> Int64? {
    guard let from = measurement.parameters.freezing(at: samples.time(of: number)) else { return number }
    let last = samples.newest(at: from - 1)
    return last > 0 ? last : nil
  }

  /// The last sample of a sensor with its own period up to that number.
  private func own(_ number: Int64, _ period: Int64) -> Int64 { number - number % max(1, period / tick) }

  /// True where the accelerometer is on.
  private mutating func latchAcceleration(_ number: Int64) -> Bool {
    let number = own(number, configuration.accelerometerPeriod)
    guard number > 0, isNormal(accelerometerReady, at: samples.time(of: number)) else { return false }
    if number > latest { self[Register.status] |= Bit.drdyAcc }
    guard let shown = unfrozen(number) else { return true }
    let time = samples.time(of: own(shown, configuration.accelerometerPeriod))
    acceleration = measurement.acceleration(at: time, configuration.accelerometer)
    store(acceleration, at: Register.data14)
    return true
  }

  private mutating func latchAngularVelocity(_ number: Int64) -> Bool {
    let number = own(number, configuration.gyroscopePeriod)
    guard number > 0, isNormal(gyroscopeReady, at: samples.time(of: number)) else { return false }
    if number > latest { self[Register.status] |= Bit.drdyGyr }
    guard let shown = unfrozen(number) else { return true }
    let time = samples.time(of: own(shown, configuration.gyroscopePeriod))
    angularVelocity = measurement.angularVelocity(at: time, configuration.gyroscope)
    store(angularVelocity, at: Register.data8)
    // 512 LSB/K, 0 at 23 degrees, while the gyroscope is on (2.11.8).
    store(measurement.temperature(scale: 512, zero: 23), at: Register.temperature0)
    return true
  }

  private mutating func store(_ values: (Int16, Int16, Int16), at register: UInt8) {
    store(values.0, at: register)
    store(values.1, at: register + 2)
    store(values.2, at: register + 4)
  }

  /// Little-endian.
  private mutating func store(_ value: Int16, at register: UInt8) {
    let bits = UInt16(bitPattern: value)
    self[register] = UInt8(bits & 0xFF)
    self[register + 1] = UInt8(bits >> 8)
  }
}
