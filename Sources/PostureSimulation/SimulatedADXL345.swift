// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// An ADXL345 on a bus of its own, register by register, worn by a simulated wearer.
///
/// On every access it catches up with its clock: sample n exists n sample periods after the chip's start-up time,
/// counted from its last standby or change of rate. What is written is kept; taps, activity, free fall, the low-power
/// mode, the self-test, the trigger of the FIFO and the one sample that the chip holds besides the FIFO's 32 are left
/// out. Nothing is allocated after `init`. References are to the datasheet, revision G.
package struct SimulatedADXL345<C: MonotonicClock>: ~Copyable, SimulatedChip {
  private typealias Register = ADXL345Register
  private typealias Bit = ADXL345Bit

  /// From standby to measuring (table 1, note 7: this and one period).
  private static var startUp: Int64 { 1100 }
  private static var fifoLevels: Int { 32 }

  // Not let: Swift 6.2 takes the call of reset() in the init for a change of them.
  private var clock: C
  private var start: Int64
  private var measurement: SensorMeasurement
  private var registers = InlineArray<64, UInt8>(repeating: 0)
  private var pointer: UInt8 = 0
  private var data = AccelerationWords.zero
  /// Without the FIFO: the data registers hold a sample that was not read, and one before it was not either.
  private var isUnread = false
  private var isOverrun = false
  private var fifo = RingBuffer<32, AccelerationWords>(filler: .zero)
  /// The transfer at hand has read from the data registers.
  private var isReadingData = false
  private var configuration = ADXL345Configuration(bwRate: 0, dataFormat: 0)
  /// All times are microseconds since the chip's creation.
  private var caughtUp: Int64 = -1
  private var samples: SampleClock
  private var latest: Int64 = 0

  /// The wearer's time begins now.
  package init(
    clock: C, wearer: SimulatedWearer, parameters: SimulatedSensorParameters, motor: SimulatedMotor? = nil
  ) {
    self.clock = clock
    start = clock.now()
    measurement = SensorMeasurement(wearer: wearer, parameters: parameters, motor: motor, start: start)
    samples = SampleClock(start: 0, microseconds: 1, error: 0)
    reset(at: 0)
  }

  package var parameters: SimulatedSensorParameters { measurement.parameters }
  package var elapsed: Int64 { clock.now() - start }

  package mutating func select(_ byte: UInt8) { pointer = byte & 0x3F }

  package mutating func writeNext(_ value: UInt8, at now: Int64) {
    write(value, to: pointer, at: now)
    advancePointer()
  }

  package mutating func readNext(at now: Int64) -> UInt8 {
    defer { advancePointer() }
    return read(pointer, at: now)
  }

  package mutating func endBurst() { endReadingData() }

  private mutating func advancePointer() {
    if pointer == Register.dataZ1 { endReadingData() }
    pointer = (pointer + 1) & 0x3F
  }

  /// The defaults of table 19.
  private mutating func reset(at now: Int64) {
    registers = InlineArray(repeating: 0)
    self[Register.devid] = 0xE5
    self[Register.bwRate] = 0x0A
    data = .zero
    isUnread = false
    isOverrun = false
    fifo.removeAll()
    configure(at: now)
  }

  private subscript(register: UInt8) -> UInt8 {
    get { registers[Int(register)] }
    set { registers[Int(register)] = newValue }
  }

  private var fifoMode: UInt8 { self[Register.fifoCtl] >> 6 }
  private var isMeasuring: Bool { self[Register.powerCtl] & (Bit.measure | Bit.sleep) == Bit.measure }
}

extension SimulatedADXL345 {
  private mutating func read(_ register: UInt8, at now: Int64) -> UInt8 {
    switch register {
    case Register.devid: return measurement.parameters.falseIdentity(at: now) ?? self[register]
    case Register.intSource: return interrupts
    case Register.fifoStatus: return UInt8(fifo.count)
    case Register.dataX0...Register.dataZ1:
      isReadingData = true
      let words = fifoMode != 0 && fifo.count > 0 ? fifo[0] : data
      return words.byte(Int(register - Register.dataX0))
    default: return self[register]
    }
  }

  /// A FIFO level is gone once any of its bytes has been read, at the end of the transfer or of the data registers; and
  /// new data are no longer new.
  private mutating func endReadingData() {
    guard isReadingData else { return }
    isReadingData = false
    isUnread = false
    isOverrun = false
    if fifoMode != 0, let words = fifo.popFirst() { data = words }
  }

  /// INT_SOURCE: the bits of the data are there whatever INT_ENABLE says (register 0x30).
  private var interrupts: UInt8 {
    var bits: UInt8 = 0
    if fifoMode == 0 ? isUnread : fifo.count > 0 { bits |= Bit.dataReady }
    if fifo.count >= Int(self[Register.fifoCtl] & 0x1F) { bits |= Bit.watermark }
    if fifoMode == 0 ? isOverrun : fifo.count == Self.fifoLevels { bits |= Bit.overrun }
    return bits
  }

  private mutating func write(_ value: UInt8, to register: UInt8, at now: Int64) {
    switch register {
    case 0..<Register.threshTap, Register.actTapStatus, Register.intSource, Register.dataX0...Register.dataZ1,
      Register.fifoStatus..<64:
      // Read-only or reserved (table 19).
      break
    default:
      let wasMeasuring = isMeasuring
      self[register] = value
      if register == Register.bwRate || register == Register.dataFormat { configure(at: now) }
      if isMeasuring && !wasMeasuring { restartSamples(at: now) }
      // Standby keeps what is in the FIFO; the bypass clears it.
      if fifoMode == 0 { fifo.removeAll() }
    }
  }

  private mutating func configure(at now: Int64) {
    let rate = configuration.rateCode
    configuration = ADXL345Configuration(bwRate: self[Register.bwRate], dataFormat: self[Register.dataFormat])
    if configuration.rateCode != rate { restartSamples(at: now) }
  }

  private mutating func restartSamples(at now: Int64) {
    samples = SampleClock(
      start: now + Self.startUp, microseconds: configuration.twoPeriods, per: 2,
      error: measurement.parameters.clockError)
    latest = 0
  }
}

extension SimulatedADXL345 {
  package mutating func catchUp(to now: Int64) {
    while let dip = measurement.parameters.firstBrownOut(after: caughtUp, upTo: now) {
      sample(to: dip)
      reset(at: dip)
      caughtUp = dip
    }
    sample(to: now)
    caughtUp = now
  }

  private mutating func sample(to now: Int64) {
    guard isMeasuring else { return }
    let newest = samples.newest(at: now)
    guard newest > latest else { return }
    if fifoMode == 0 {
      data = words(newest)
      isOverrun = isOverrun || isUnread || newest > latest + 1
      isUnread = true
    } else {
      fill(to: newest)
    }
    latest = newest
  }

  /// In FIFO mode it stops when it is full, in the others the oldest record goes (table 37).
  private mutating func fill(to newest: Int64) {
    let levels = Int64(Self.fifoLevels)
    let stops = fifoMode == 1
    let first = stops ? latest + 1 : max(latest + 1, newest - levels + 1)
    for number in first..<min(newest, first + levels - 1) + 1 where !stops || fifo.count < Self.fifoLevels {
      fifo.append(words(number))
    }
  }

  /// Sample n, as the data registers show it.
  private func words(_ number: Int64) -> AccelerationWords {
    let number = unfrozen(number)
    guard number > 0 else { return .zero }
    let (x, y, z) = measurement.acceleration(at: samples.time(of: number), configuration.accelerometer)
    return AccelerationWords(
      x: configuration.output(x, offset: self[Register.ofsX]),
      y: configuration.output(y, offset: self[Register.ofsX + 1]),
      z: configuration.output(z, offset: self[Register.ofsZ]))
  }

  /// The last sample before the freezing in which sample n lies; n itself where it lies in none.
  private func unfrozen(_ number: Int64) -> Int64 {
    guard let from = measurement.parameters.freezing(at: samples.time(of: number)) else { return number }
    return samples.newest(at: from - 1)
  }
}
