// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// An MPU-6050, or one of the chips that followed it, on a bus of its own, register by register, worn by a simulated
/// wearer.
///
/// On every access it catches up with its clock: sample n exists n sample periods after the chip woke or its rate
/// changed. A sample depends on its time alone and not on what was read before. What is written is kept; what the chip
/// would do with registers unknown to it here (interrupt pin, I2C master, self-test, cycling, standby of single axes)
/// is left out. Nothing is allocated after `init`. References are to the register map RM-MPU-6000A-00, revision 4.2;
/// what the variants do otherwise is in `SimulatedMPU6050Variant`.
package struct SimulatedMPU6050<C: MonotonicClock>: ~Copyable, SimulatedChip {
  private typealias Register = MPU6050Register
  private typealias Bit = MPU6050Bit

  /// How long DEVICE_RESET stays set. The documents do not say; they have the driver wait 100 ms.
  private static var resetTime: Int64 { 50_000 }
  /// Until the accelerometer's first sample after sleep: what Linux waits (drivers/iio/imu/inv_mpu6050).
  private static var accelerometerStartUp: Int64 { 20_000 }
  /// The accelerometer's own period, microseconds of the chip; faster sample rates repeat its samples (4.2).
  private static var accelerometerPeriod: Int64 { 1000 }

  // Not let: Swift 6.2 takes the call of reset() in the init for a change of them.
  private var clock: C
  private var start: Int64
  private var variant: SimulatedMPU6050Variant
  private var measurement: SensorMeasurement
  private var registers = InlineArray<128, UInt8>(repeating: 0)
  private var pointer: UInt8 = 0
  private var fifo: ByteFIFO
  private var lastFIFOByte: UInt8 = 0
  private var configuration: MPU6050Configuration
  /// All times are microseconds since the chip's creation.
  private var caughtUp: Int64 = -1
  private var resetUntil: Int64 = .min
  private var woken: Int64 = 0
  private var samples: SampleClock
  private var latest: Int64 = 0
  private var latched: Int64 = 0

  /// The wearer's time begins now.
  package init(
    clock: C, wearer: SimulatedWearer, parameters: SimulatedSensorParameters = SimulatedSensorParameters(),
    variant: SimulatedMPU6050Variant = .mpu6050, motor: SimulatedMotor? = nil
  ) {
    self.clock = clock
    start = clock.now()
    self.variant = variant
    measurement = SensorMeasurement(wearer: wearer, parameters: parameters, motor: motor, start: start)
    fifo = ByteFIFO(capacity: variant.fifoCapacity(accelConfig2: 0))
    configuration = MPU6050Configuration(
      variant, smplrtDiv: 0, config: variant.config, gyroConfig: 0, accelConfig: 0, accelConfig2: 0)
    samples = SampleClock(start: 0, microseconds: configuration.samplePeriod, error: parameters.clockError)
    reset(at: 0)
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

  /// A burst goes on at the next register; at FIFO_R_W it stays (register 116).
  private mutating func advancePointer() {
    if pointer != Register.fifoRW { pointer = (pointer + 1) & 0x7F }
  }

  /// All registers 0 but a few (section 3).
  private mutating func reset(at now: Int64) {
    registers = InlineArray(repeating: 0)
    self[Register.config] = variant.config
    self[Register.pwrMgmt1] = variant.powerManagement
    self[Register.whoAmI] = variant.identity
    fifo.removeAll()
    configure(at: now)
    wake(at: now)
  }

  private subscript(register: UInt8) -> UInt8 {
    get { registers[Int(register)] }
    set { registers[Int(register)] = newValue }
  }
}

extension SimulatedMPU6050 {
  private mutating func read(_ register: UInt8, at now: Int64) -> UInt8 {
    switch register {
    case Register.intStatus:
      // Every bit is cleared by reading (register 58). They are set whatever INT_ENABLE says: that gates the pin.
      defer { self[Register.intStatus] = 0 }
      return self[Register.intStatus]
    case Register.fifoCountH:
      // Reading the high byte takes the count for both (registers 114 and 115).
      store(Int16(fifo.count), at: Register.fifoCountH)
      return self[Register.fifoCountH]
    case Register.fifoRW:
      // Disabled, it cannot be read (register 106); empty, it repeats the last byte (register 116).
      guard self[Register.userCtrl] & Bit.fifoEn != 0, let byte = fifo.popFirst() else {
        return variant.readsOnesFromEmptyFIFO ? 0xFF : lastFIFOByte
      }
      lastFIFOByte = byte
      return byte
    case Register.whoAmI:
      return measurement.parameters.falseIdentity(at: now) ?? self[register]
    default:
      return self[register]
    }
  }

  private mutating func write(_ value: UInt8, to register: UInt8, at now: Int64) {
    guard now >= resetUntil else { return }
    switch register {
    case Register.intStatus...Register.extSensData23, Register.fifoCountH...Register.whoAmI, Register.signalPathReset:
      // Read-only; or a reset of filters that remember nothing here, of which no bit stays (register 104).
      break
    case Register.userCtrl:
      writeUserCtrl(value)
    case Register.pwrMgmt1:
      writePwrMgmt1(value, at: now)
    default:
      self[register] = value
      if (Register.smplrtDiv...Register.accelConfig2).contains(register) { configure(at: now) }
    }
  }

  /// The reset bits act and clear. The MPU-6050's FIFO is reset while it is disabled (register 106), that of the later
  /// chips at any time (RM-MPU-9250A-00 rev 1.4, 4.33).
  private mutating func writeUserCtrl(_ value: UInt8) {
    self[Register.userCtrl] = value & ~(Bit.fifoReset | Bit.i2cMstReset | Bit.sigCondReset)
    if value & Bit.fifoReset != 0 && (value & Bit.fifoEn == 0 || variant.isLater) { fifo.removeAll() }
    if value & Bit.sigCondReset != 0 {
      for register in Register.accelXOutH...Register.gyroZOutL { self[register] = 0 }
    }
  }

  private mutating func writePwrMgmt1(_ value: UInt8, at now: Int64) {
    if value & Bit.deviceReset != 0 {
      reset(at: now)
      self[Register.pwrMgmt1] |= Bit.deviceReset
      resetUntil = now + Self.resetTime
      return
    }
    let wasAsleep = self[Register.pwrMgmt1] & Bit.sleep != 0
    self[Register.pwrMgmt1] = value
    if wasAsleep && value & Bit.sleep == 0 { wake(at: now) }
  }

  private mutating func wake(at now: Int64) {
    woken = now
    restartSamples(at: now)
  }

  private mutating func configure(at now: Int64) {
    let period = configuration.samplePeriod
    let accelConfig2 = self[Register.accelConfig2]
    configuration = MPU6050Configuration(
      variant, smplrtDiv: self[Register.smplrtDiv], config: self[Register.config],
      gyroConfig: self[Register.gyroConfig], accelConfig: self[Register.accelConfig], accelConfig2: accelConfig2)
    fifo.resize(to: variant.fifoCapacity(accelConfig2: accelConfig2))
    if configuration.samplePeriod != period { restartSamples(at: now) }
  }

  private mutating func restartSamples(at now: Int64) {
    samples = SampleClock(
      start: now, microseconds: configuration.samplePeriod, error: measurement.parameters.clockError)
    latest = 0
    latched = 0
  }

  /// Big-endian.
  private mutating func store(_ value: Int16, at register: UInt8) {
    let bits = UInt16(bitPattern: value)
    self[register] = UInt8(bits >> 8)
    self[register + 1] = UInt8(bits & 0xFF)
  }
}

extension SimulatedMPU6050 {
  package mutating func catchUp(to now: Int64) {
    while let dip = measurement.parameters.firstBrownOut(after: caughtUp, upTo: now) {
      sample(to: dip)
      reset(at: dip)
      resetUntil = .min
      caughtUp = dip
    }
    if resetUntil != .min && now >= resetUntil {
      self[Register.pwrMgmt1] = variant.powerManagement
      wake(at: resetUntil)
      resetUntil = .min
    }
    sample(to: now)
    caughtUp = now
  }

  /// Without the FIFO only the latest sample is worth computing; with it, as many as it can hold.
  private mutating func sample(to now: Int64) {
    guard self[Register.pwrMgmt1] & Bit.sleep == 0, resetUntil == .min else { return }
    let newest = samples.newest(at: now)
    guard newest > latest else { return }
    let recordSize = fifoRecordSize
    if recordSize > 0 { fill(to: newest, recordSize) }
    latch(newest)
    latest = newest
    self[Register.intStatus] |= Bit.dataRdyInt
  }

  private mutating func fill(to newest: Int64, _ recordSize: Int64) {
    let lost = fifo.lost
    // So many records fill the FIFO whatever was in it: of more, the older ones would be gone, or the newer ones.
    let most = (Int64(fifo.capacity) + recordSize - 1) / recordSize
    let surplus = max(0, newest - latest - most)
    let first = latest + 1 + (configuration.keepsOldest ? 0 : surplus)
    for index in first..<first + (newest - latest - surplus) {
      latch(index)
      appendToFIFO()
    }
    fifo.noteLost(surplus * recordSize)
    if fifo.lost != lost { self[Register.intStatus] |= Bit.fifoOflowInt }
  }

  /// Puts sample n into the data registers.
  private mutating func latch(_ number: Int64) {
    guard let index = unfrozen(number), index != latched else { return }
    latched = index
    let counted = samples.counted(at: index)
    let time = samples.time(after: counted)
    if time - woken >= Self.accelerometerStartUp {
      let own = samples.time(after: counted - counted % Self.accelerometerPeriod)
      let (x, y, z) = measurement.acceleration(at: own, configuration.accelerometer)
      store(x, at: Register.accelXOutH)
      store(y, at: Register.accelXOutH + 2)
      store(z, at: Register.accelXOutH + 4)
    }
    if time - woken >= variant.gyroscopeStartUp {
      let (x, y, z) = measurement.angularVelocity(at: time, configuration.gyroscope)
      store(x, at: Register.gyroXOutH)
      store(y, at: Register.gyroXOutH + 2)
      store(z, at: Register.gyroXOutH + 4)
    }
    let (scale, zero) = variant.temperature
    store(measurement.temperature(scale: scale, zero: zero), at: Register.tempOutH)
  }

  /// The last sample before the freezing in which sample n lies, n itself where it lies in none; nil where there is no
  /// such sample.
  private func unfrozen(_ number: Int64) -> Int64? {
    guard let from = measurement.parameters.freezing(at: samples.time(of: number)) else { return number }
    let index = samples.newest(at: from - 1)
    return index > 0 ? index : nil
  }

  private var fifoRecordSize: Int64 {
    guard variant.isLater || self[Register.userCtrl] & Bit.fifoEn != 0 else { return 0 }
    let words = (enabled & (Bit.tempFIFOEn | Bit.xgFIFOEn | Bit.ygFIFOEn | Bit.zgFIFOEn)).nonzeroBitCount
    return Int64(2 * words + (enabled & Bit.accelFIFOEn != 0 ? 6 : 0))
  }

  /// FIFO_EN in the MPU-6050's bits.
  private var enabled: UInt8 {
    let held = self[Register.fifoEn]
    guard variant.sharesTemperature else { return held }
    let gyroscope = held & Bit.zgFIFOEn != 0 ? Bit.tempFIFOEn | Bit.xgFIFOEn | Bit.ygFIFOEn | Bit.zgFIFOEn : 0
    let accelerometer = held & Bit.accelFIFOEn != 0 ? Bit.tempFIFOEn | Bit.accelFIFOEn : 0
    return gyroscope | accelerometer
  }

  /// In the order of the register numbers (register 116).
  private mutating func appendToFIFO() {
    let enabled = enabled
    if enabled & Bit.accelFIFOEn != 0 { append(from: Register.accelXOutH, count: 6) }
    if enabled & Bit.tempFIFOEn != 0 { append(from: Register.tempOutH, count: 2) }
    if enabled & Bit.xgFIFOEn != 0 { append(from: Register.gyroXOutH, count: 2) }
    if enabled & Bit.ygFIFOEn != 0 { append(from: Register.gyroXOutH + 2, count: 2) }
    if enabled & Bit.zgFIFOEn != 0 { append(from: Register.gyroXOutH + 4, count: 2) }
  }

  private mutating func append(from register: UInt8, count: UInt8) {
    for offset in 0..<count { fifo.append(self[register + offset], keepingOldest: configuration.keepsOldest) }
  }
}
