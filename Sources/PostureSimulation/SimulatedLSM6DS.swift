// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// An LSM6DS3, LSM6DS3TR-C or LSM6DSO on a bus of its own, register by register, worn by a simulated wearer.
///
/// On every access it catches up with its clock: both sensors sample at the same times, counted from when one is
/// switched on or the faster rate changes. A sample depends on its time alone. Left out: interrupt pins, embedded
/// functions and their register banks, the sensor hub, big-endian output, TDA, and the 15 ms of booting. Nothing is
/// allocated after `init`. References are to the LSM6DS3TR-C (datasheet DocID030071 rev 3, application note AN5130 rev
/// 1), which the others follow where nothing else is said.
package struct SimulatedLSM6DS<C: MonotonicClock>: ~Copyable, SimulatedChip {
  private typealias Register = LSM6DSRegister
  private typealias Bit = LSM6DSBit

  /// How long SW_RESET takes; the documents do not say (150 us on a later chip: STMicroelectronics/lsm6dsv320x-rs).
  private static var resetTime: Int64 { 150 }
  /// From power-down to the first good value of the gyroscope, at most (AN5130, table 14). The accelerometer's first
  /// sample is to be discarded (table 13).
  private static var gyroscopeStartUp: Int64 { 70_000 }

  // Not let: Swift 6.2 takes the call of reset() in the init for a change of them.
  private var clock: C
  private var start: Int64
  private var measurement: SensorMeasurement
  private var variant: LSM6DSVariant
  private var registers = InlineArray<128, UInt8>(repeating: 0)
  private var pointer: UInt8 = 0
  private var fifo: LSM6DSFIFO
  private var configuration: LSM6DSConfiguration
  /// Of the latest samples.
  private var acceleration: (Int16, Int16, Int16) = (0, 0, 0)
  private var angularVelocity: (Int16, Int16, Int16) = (0, 0, 0)
  /// Of each pair of output registers, with BDU: 0, or the half that has been read, 1 or 2; until the other is, it
  /// stays.
  private var halfRead = InlineArray<6, UInt8>(repeating: 0)
  /// All times are microseconds since the chip's creation.
  private var samples: SampleClock
  private var latest: Int64 = 0
  private var caughtUp: Int64 = -1
  private var resetUntil: Int64 = .min
  private var accelerometerOn: Int64 = 0
  private var gyroscopeOn: Int64 = 0

  /// The wearer's time begins now.
  ///
  /// - Parameter parameters: nil for those of a chip with SA0 low (6.1).
  package init(
    clock: C, wearer: SimulatedWearer, parameters: SimulatedSensorParameters? = nil, variant: LSM6DSVariant,
    motor: SimulatedMotor? = nil
  ) {
    self.clock = clock
    start = clock.now()
    measurement = SensorMeasurement(
      wearer: wearer, parameters: parameters ?? Self.usual, motor: motor, start: start)
    self.variant = variant
    fifo = LSM6DSFIFO(variant)
    configuration = LSM6DSConfiguration(registers, variant)
    samples = SampleClock(start: 0, microseconds: 1, error: 0)
    reset(at: 0)
  }

  private static var usual: SimulatedSensorParameters {
    guard let address = I2CAddress(0x6A) else { preconditionFailure("0x6A is an address") }
    var parameters = SimulatedSensorParameters()
    parameters.address = address
    return parameters
  }

  package var parameters: SimulatedSensorParameters { measurement.parameters }
  package var elapsed: Int64 { clock.now() - start }

  package mutating func select(_ byte: UInt8) { pointer = byte & 0x7F }

  package mutating func writeNext(_ value: UInt8, at now: Int64) {
    write(value, to: pointer, at: now)
    advancePointer()
  }

  package mutating func readNext(at now: Int64) -> UInt8 {
    defer { advancePointer() }
    return read(pointer, at: now)
  }

  /// With IF_INC (9.15), round within the output registers of the FIFO (AN5130, 4.7.1).
  private mutating func advancePointer() {
    guard self[Register.ctrl3C] & Bit.ifInc != 0 else { return }
    switch (variant, pointer) {
    case (.lsm6dso, Register.fifoDataOutZH): pointer = Register.fifoDataOutTag
    case (.lsm6ds3, Register.fifoDataOutH), (.lsm6ds3trc, Register.fifoDataOutH): pointer = Register.fifoDataOutL
    default: pointer = (pointer + 1) & 0x7F
    }
  }

  /// Section 8; for the LSM6DS3, whose axes are enabled one by one, its own (damsalevente/stm_project, lsm6ds3.h).
  private mutating func reset(at now: Int64) {
    registers = InlineArray(repeating: 0)
    self[Register.ctrl3C] = Bit.ifInc
    switch variant {
    case .lsm6ds3:
      self[Register.whoAmI] = 0x69
      self[Register.ctrl9XL] = 0x38
      self[Register.ctrl10C] = 0x38
    case .lsm6ds3trc:
      self[Register.whoAmI] = 0x6A
    case .lsm6dso:
      self[Register.whoAmI] = 0x6C
      self[Register.pinCtrl] = 0x3F
      self[Register.ctrl9XL] = 0xE0
    }
    halfRead = InlineArray(repeating: 0)
    fifo.reset()
    (acceleration, angularVelocity) = ((0, 0, 0), (0, 0, 0))
    configure(at: now)
  }

  private subscript(register: UInt8) -> UInt8 {
    get { registers[Int(register)] }
    set { registers[Int(register)] = newValue }
  }
}

extension SimulatedLSM6DS {
  private mutating func read(_ register: UInt8, at now: Int64) -> UInt8 {
    if register == Register.whoAmI { return measurement.parameters.falseIdentity(at: now) ?? self[register] }
    if (Register.outXLG...Register.outZHXL).contains(register) { return readOutput(register) }
    return fifo.read(register, threshold: threshold, configuration) ?? self[register]
  }

  /// FTH, 12 bits on the LSM6DS3, else 11 (9.4 and 9.5); WTM, 9 bits (DocID032891 rev 1, 9.3 and 9.4).
  private var threshold: Int {
    switch variant {
    case .lsm6ds3: Int(self[Register.fifoCtrl1]) | Int(self[Register.fifoCtrl2] & 0x0F) << 8
    case .lsm6ds3trc: Int(self[Register.fifoCtrl1]) | Int(self[Register.fifoCtrl2] & 0x07) << 8
    case .lsm6dso: Int(self[Register.fifoCtrl2]) | Int(self[Register.fifoCtrl3] & 0x01) << 8
    }
  }

  /// The high half of any axis clears the sensor's flag (AN5130, 4.3).
  private mutating func readOutput(_ register: UInt8) -> UInt8 {
    let isHigh = register & 1 != 0
    if isHigh { self[Register.statusReg] &= ~(register < Register.outXLXL ? Bit.gda : Bit.xlda) }
    if self[Register.ctrl3C] & Bit.bdu != 0 {
      let pair = Int(register - Register.outXLG) / 2
      let half: UInt8 = isHigh ? 2 : 1
      halfRead[pair] = halfRead[pair] == 3 - half ? 0 : half
    }
    return self[register]
  }

  private mutating func write(_ value: UInt8, to register: UInt8, at now: Int64) {
    guard now >= resetUntil else { return }
    switch register {
    case Register.ctrl3C:
      if value & Bit.swReset != 0 {
        reset(at: now)
        self[Register.ctrl3C] |= Bit.swReset
        resetUntil = now + Self.resetTime
      } else {
        self[register] = value & ~Bit.boot
        if value & Bit.bdu == 0 { halfRead = InlineArray(repeating: 0) }
      }
    case Register.funcCfgAccess...Register.int2Ctrl, Register.ctrl1XL...Register.ctrl10C:
      self[register] = value
      configure(at: now)
    case Register.tapCfg...Register.md2Cfg, Register.xOfsUsr...Register.zOfsUsr:
      self[register] = value
    default: break
    }
  }

  private mutating func configure(at now: Int64) {
    let before = configuration
    configuration = LSM6DSConfiguration(registers, variant)
    if before.accelerometerEvery == 0 { accelerometerOn = now }
    if before.gyroscopeEvery == 0 { gyroscopeOn = now }
    if configuration.tick != before.tick && configuration.tick > 0 {
      samples = SampleClock(
        start: now, microseconds: configuration.tick, error: measurement.parameters.clockError)
      latest = 0
    }
    if !configuration.isFIFOOn { fifo.removeAll() }
  }
}

extension SimulatedLSM6DS {
  package mutating func catchUp(to now: Int64) {
    while let dip = measurement.parameters.firstBrownOut(after: caughtUp, upTo: now) {
      sample(to: dip)
      reset(at: dip)
      resetUntil = .min
      caughtUp = dip
    }
    sample(to: now)
    caughtUp = now
    if resetUntil != .min && now >= resetUntil {
      self[Register.ctrl3C] &= ~Bit.swReset
      resetUntil = .min
    }
  }

  /// Without the FIFO only the latest samples are worth computing; with it, as many as it can hold: 1366 entries of
  /// three words fill the largest.
  private mutating func sample(to now: Int64) {
    guard configuration.tick > 0 else { return }
    let newest = samples.newest(at: now)
    guard newest > latest else { return }
    var first = newest
    if configuration.isFIFOOn && configuration.sensorsInFIFO > 0 {
      let batch = max(configuration.accelerometerBatch, configuration.gyroscopeBatch)
      first = configuration.isFIFOStopping ? 1 : newest - 1366 * batch
    }
    for number in max(latest + 1, first)...newest {
      latchAcceleration(last(number, configuration.accelerometerEvery))
      latchAngularVelocity(last(number, configuration.gyroscopeEvery))
      if configuration.isFIFOOn { fifo.append(acceleration, angularVelocity, at: number, configuration) }
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

  /// The last sample of a sensor up to that number, 0 without one.
  private func last(_ number: Int64, _ every: Int64) -> Int64 { every == 0 ? 0 : number - number % every }

  private mutating func latchAcceleration(_ number: Int64) {
    guard number > latest else { return }
    self[Register.statusReg] |= Bit.xlda
    guard let shown = unfrozen(number) else { return }
    let time = samples.time(of: last(shown, configuration.accelerometerEvery))
    // TEMP_OUT: 256 LSB/K, 0 at 25 degrees (4.3); 16 on the LSM6DS3 (DocID026899, table 5).
    store(measurement.temperature(scale: variant == .lsm6ds3 ? 16 : 256, zero: 25), at: Register.outTempL)
    let settled = configuration.tick * configuration.accelerometerEvery
    guard time - accelerometerOn > settled else { return }
    acceleration = measurement.acceleration(at: time, configuration.accelerometer)
    show(acceleration, from: Register.outXLXL)
  }

  private mutating func latchAngularVelocity(_ number: Int64) {
    guard number > latest else { return }
    self[Register.statusReg] |= Bit.gda
    guard let shown = unfrozen(number) else { return }
    let time = samples.time(of: last(shown, configuration.gyroscopeEvery))
    guard time - gyroscopeOn >= Self.gyroscopeStartUp else { return }
    angularVelocity = measurement.angularVelocity(at: time, configuration.gyroscope)
    show(angularVelocity, from: Register.outXLG)
  }

  private mutating func show(_ values: (Int16, Int16, Int16), from register: UInt8) {
    let pair = Int(register - Register.outXLG) / 2
    if halfRead[pair] == 0 { store(values.0, at: register) }
    if halfRead[pair + 1] == 0 { store(values.1, at: register + 2) }
    if halfRead[pair + 2] == 0 { store(values.2, at: register + 4) }
  }

  /// Little-endian.
  private mutating func store(_ value: Int16, at register: UInt8) {
    let bits = UInt16(bitPattern: value)
    self[register] = UInt8(bits & 0xFF)
    self[register + 1] = UInt8(bits >> 8)
  }
}
