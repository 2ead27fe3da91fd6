// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// An MPU-6050 on a bus of its own, register by register, worn by a simulated wearer.
///
/// On every access it catches up with its clock: sample n exists n sample periods after the chip woke or its rate
/// changed. A sample depends on its time alone and not on what was read before. What is written is kept; what the chip
/// would do with registers unknown to it here (interrupt pin, I2C master, self-test, cycling, standby of single axes)
/// is left out. Nothing is allocated after `init`. References are to the register map RM-MPU-6000A-00, revision 4.2.
package struct SimulatedMPU6050<C: MonotonicClock>: ~Copyable, I2CBus {
  private typealias Register = MPU6050Register
  private typealias Bit = MPU6050Bit

  /// How long DEVICE_RESET stays set. The documents do not say; they have the driver wait 100 ms.
  private static var resetTime: Int64 { 50_000 }
  /// Until the first sample of each sensor after sleep (PS-MPU-6000A-00 rev 3.4, 6.1, for the gyroscope; for the
  /// accelerometer the 20 ms that Linux waits, drivers/iio/imu/inv_mpu6050).
  private static var gyroscopeStartUp: Int64 { 30_000 }
  private static var accelerometerStartUp: Int64 { 20_000 }
  /// The accelerometer's own period; faster sample rates repeat its samples (4.2).
  private static var accelerometerPeriod: Int64 { 1000 }

  private let clock: C
  private let start: Int64
  private let measurement: MPU6050Measurement
  private var registers = InlineArray<128, UInt8>(repeating: 0)
  private var pointer: UInt8 = 0
  private var fifo = RingBuffer<1024, UInt8>(filler: 0)
  private var lastFIFOByte: UInt8 = 0
  private var configuration: MPU6050Configuration
  /// All times are microseconds since the chip's creation.
  private var caughtUp: Int64 = -1
  private var resetUntil: Int64 = .min
  private var woken: Int64 = 0
  /// Sample n exists at timeBase + n * period.
  private var timeBase: Int64 = 0
  private var latest: Int64 = 0
  private var latched: Int64 = 0

  /// The wearer's time begins now.
  package init(clock: C, wearer: SimulatedWearer, parameters: SimulatedSensorParameters = SimulatedSensorParameters()) {
    self.clock = clock
    start = clock.now()
    measurement = MPU6050Measurement(wearer: wearer, parameters: parameters)
    configuration = MPU6050Configuration(smplrtDiv: 0, config: 0, gyroConfig: 0, accelConfig: 0)
    reset()
  }

  package mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    let now = clock.now() - start
    guard address == measurement.parameters.address, measurement.parameters.answers(at: now) else {
      throw .noAcknowledge
    }
    catchUp(to: now)
    if written.count > 0 { pointer = written[0] & 0x7F }
    for index in written.indices.dropFirst() {
      write(written[index], to: pointer, at: now)
      advancePointer()
    }
    for index in reading.indices {
      reading[index] = read(pointer)
      advancePointer()
    }
  }

  /// A burst goes on at the next register; at FIFO_R_W it stays (register 116).
  private mutating func advancePointer() {
    if pointer != Register.fifoRW { pointer = (pointer + 1) & 0x7F }
  }

  /// All registers 0 but PWR_MGMT_1, which is asleep, and WHO_AM_I (section 3).
  private mutating func reset() {
    registers = InlineArray(repeating: 0)
    self[Register.pwrMgmt1] = Bit.sleep
    self[Register.whoAmI] = 0x68
    fifo.removeAll()
    configure(at: 0)
  }

  private subscript(register: UInt8) -> UInt8 {
    get { registers[Int(register)] }
    set { registers[Int(register)] = newValue }
  }
}

extension SimulatedMPU6050 {
  private mutating func read(_ register: UInt8) -> UInt8 {
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
      if self[Register.userCtrl] & Bit.fifoEn != 0, let byte = fifo.popFirst() { lastFIFOByte = byte }
      return lastFIFOByte
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
      if (Register.smplrtDiv...Register.accelConfig).contains(register) { configure(at: now) }
    }
  }

  /// The reset bits act and clear; the FIFO is reset while it is disabled (register 106).
  private mutating func writeUserCtrl(_ value: UInt8) {
    self[Register.userCtrl] = value & ~(Bit.fifoReset | Bit.i2cMstReset | Bit.sigCondReset)
    if value & Bit.fifoReset != 0 && value & Bit.fifoEn == 0 { fifo.removeAll() }
    if value & Bit.sigCondReset != 0 {
      for register in Register.accelXOutH...Register.gyroZOutL { self[register] = 0 }
    }
  }

  private mutating func writePwrMgmt1(_ value: UInt8, at now: Int64) {
    if value & Bit.deviceReset != 0 {
      reset()
      self[Register.pwrMgmt1] = Bit.deviceReset | Bit.sleep
      resetUntil = now + Self.resetTime
      return
    }
    let wasAsleep = self[Register.pwrMgmt1] & Bit.sleep != 0
    self[Register.pwrMgmt1] = value
    if wasAsleep && value & Bit.sleep == 0 {
      woken = now
      restartTimeBase(at: now)
    }
  }

  private mutating func configure(at now: Int64) {
    let period = configuration.samplePeriod
    configuration = MPU6050Configuration(
      smplrtDiv: self[Register.smplrtDiv], config: self[Register.config], gyroConfig: self[Register.gyroConfig],
      accelConfig: self[Register.accelConfig])
    if configuration.samplePeriod != period { restartTimeBase(at: now) }
  }

  private mutating func restartTimeBase(at now: Int64) {
    timeBase = now
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
  private mutating func catchUp(to now: Int64) {
    while let dip = measurement.parameters.firstBrownOut(after: caughtUp, upTo: now) {
      sample(to: dip)
      reset()
      resetUntil = .min
      caughtUp = dip
    }
    sample(to: now)
    caughtUp = now
    if resetUntil != .min && now >= resetUntil {
      self[Register.pwrMgmt1] = Bit.sleep
      resetUntil = .min
    }
  }

  /// Without the FIFO only the latest sample is worth computing; with it, as many as it can hold.
  private mutating func sample(to now: Int64) {
    guard self[Register.pwrMgmt1] & Bit.sleep == 0 else { return }
    let newest = (now - timeBase) / configuration.samplePeriod
    guard newest > latest else { return }
    let recordSize = fifoRecordSize
    if recordSize == 0 {
      latch(newest)
    } else {
      let overwritten = fifo.overwritten
      // So many records fill the FIFO whatever was in it: the bytes of the older ones would be gone.
      let records = (1024 + recordSize - 1) / recordSize
      for index in max(latest + 1, newest - records + 1)...newest {
        latch(index)
        appendToFIFO()
      }
      if fifo.overwritten != overwritten { self[Register.intStatus] |= Bit.fifoOflowInt }
    }
    latest = newest
    self[Register.intStatus] |= Bit.dataRdyInt
  }

  /// Puts sample n into the data registers.
  private mutating func latch(_ number: Int64) {
    guard let index = unfrozen(number), index != latched else { return }
    latched = index
    let time = timeBase + index * configuration.samplePeriod
    if time - woken >= Self.accelerometerStartUp {
      let own = time - (time - timeBase) % Self.accelerometerPeriod
      let (x, y, z) = measurement.acceleration(at: own, configuration)
      store(x, at: Register.accelXOutH)
      store(y, at: Register.accelXOutH + 2)
      store(z, at: Register.accelXOutH + 4)
    }
    if time - woken >= Self.gyroscopeStartUp {
      let (x, y, z) = measurement.angularVelocity(at: time, configuration)
      store(x, at: Register.gyroXOutH)
      store(y, at: Register.gyroXOutH + 2)
      store(z, at: Register.gyroXOutH + 4)
    }
    store(measurement.temperature, at: Register.tempOutH)
  }

  /// The last sample before the freezing in which sample n lies, n itself where it lies in none; nil where there is no
  /// such sample.
  private func unfrozen(_ number: Int64) -> Int64? {
    let time = timeBase + number * configuration.samplePeriod
    guard let from = measurement.parameters.freezing(at: time) else { return number }
    let index = (from - 1 - timeBase) / configuration.samplePeriod
    return from > timeBase && index > 0 ? index : nil
  }

  private var fifoRecordSize: Int64 {
    guard self[Register.userCtrl] & Bit.fifoEn != 0 else { return 0 }
    let enabled = self[Register.fifoEn]
    let words = (enabled & (Bit.tempFIFOEn | Bit.xgFIFOEn | Bit.ygFIFOEn | Bit.zgFIFOEn)).nonzeroBitCount
    return Int64(2 * words + (enabled & Bit.accelFIFOEn != 0 ? 6 : 0))
  }

  /// In the order of the register numbers (register 116).
  private mutating func appendToFIFO() {
    let enabled = self[Register.fifoEn]
    if enabled & Bit.accelFIFOEn != 0 { append(from: Register.accelXOutH, count: 6) }
    if enabled & Bit.tempFIFOEn != 0 { append(from: Register.tempOutH, count: 2) }
    if enabled & Bit.xgFIFOEn != 0 { append(from: Register.gyroXOutH, count: 2) }
    if enabled & Bit.ygFIFOEn != 0 { append(from: Register.gyroXOutH + 2, count: 2) }
    if enabled & Bit.zgFIFOEn != 0 { append(from: Register.gyroXOutH + 4, count: 2) }
  }

  private mutating func append(from register: UInt8, count: UInt8) {
    for offset in 0..<count { fifo.append(self[register + offset]) }
  }
}
