// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// A LIS3DH on a bus of its own, register by register, worn by a simulated wearer.
///
/// On every access it catches up with its clock: sample n exists n sample periods after the chip left its power-down or
/// its rate or mode changed. What is written is kept; the analogue inputs, the high-pass filter, the interrupts, sleep
/// to wake, big-endian data and the self-test are left out. Nothing is allocated after `init`. References are to the
/// datasheet DocID17530, revision 2.
package struct SimulatedLIS3DH<C: MonotonicClock>: ~Copyable, SimulatedChip {
  private typealias Register = LIS3DHRegister
  private typealias Bit = LIS3DHBit

  /// How long BOOT stays set: as long as the boot after power-up takes (section 7).
  private static var bootTime: Int64 { 5000 }
  private static var fifoLevels: Int { 32 }

  // Not let: Swift 6.2 takes the call of reset() in the init for a change of them.
  private var clock: C
  private var start: Int64
  private var measurement: SensorMeasurement
  private var registers = InlineArray<64, UInt8>(repeating: 0)
  private var pointer: UInt8 = 0
  private var isIncrementing = false
  /// The data registers, as they are without the FIFO.
  private var data = AccelerationWords.zero
  /// With BDU, an axis whose low byte was read waits for the reading of its high byte.
  private var isHeld = InlineArray<3, Bool>(repeating: false)
  private var fifo = RingBuffer<32, AccelerationWords>(filler: .zero)
  private var lastFromFIFO = AccelerationWords.zero
  private var configuration = LIS3DHConfiguration(ctrlReg1: 0, ctrlReg4: 0)
  /// All times are microseconds since the chip's creation.
  private var caughtUp: Int64 = -1
  private var bootUntil: Int64 = .min
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

  package mutating func select(_ byte: UInt8) {
    pointer = byte & ~Bit.autoIncrement
    isIncrementing = byte & Bit.autoIncrement != 0
  }

  package mutating func writeNext(_ value: UInt8, at now: Int64) {
    write(value, to: pointer, at: now)
    advancePointer()
  }

  package mutating func readNext(at now: Int64) -> UInt8 {
    defer { advancePointer() }
    return read(pointer, at: now)
  }

  /// With the FIFO, after the last data register comes the first (5.1.5).
  private mutating func advancePointer() {
    guard isIncrementing else { return }
    pointer = isFIFOOn && pointer == Register.outZH ? Register.outXL : (pointer + 1) & 0x7F
  }

  /// The defaults of table 21.
  private mutating func reset(at now: Int64) {
    registers = InlineArray(repeating: 0)
    self[Register.whoAmI] = 0x33
    self[Register.ctrlReg0] = 0x10
    self[Register.ctrlReg1] = 0x07
    data = .zero
    lastFromFIFO = .zero
    isHeld = InlineArray(repeating: false)
    fifo.removeAll()
    bootUntil = .min
    configure(at: now)
  }

  private subscript(register: UInt8) -> UInt8 {
    get { registers[Int(register)] }
    set { registers[Int(register)] = newValue }
  }

  private var fifoMode: UInt8 { self[Register.fifoCtrlReg] >> 6 }
  private var isFIFOOn: Bool { self[Register.ctrlReg5] & Bit.fifoEnable != 0 && fifoMode != 0 }
}

extension SimulatedLIS3DH {
  private mutating func read(_ register: UInt8, at now: Int64) -> UInt8 {
    switch register {
    case Register.outXL...Register.outZH: readData(Int(register - Register.outXL))
    case Register.fifoSrcReg: fifoStatus
    case Register.whoAmI: measurement.parameters.falseIdentity(at: now) ?? self[register]
    case 0...Register.last: self[register]
    default: 0
    }
  }

  private mutating func readData(_ index: Int) -> UInt8 {
    let axis = index / 2
    if index % 2 == 0 {
      isHeld[axis] = self[Register.ctrlReg4] & Bit.blockDataUpdate != 0
    } else {
      isHeld[axis] = false
      noteRead(axis)
    }
    guard isFIFOOn else { return data.byte(index) }
    if fifo.count > 0 { lastFromFIFO = fifo[0] }
    // With its last byte, a record leaves the FIFO.
    if index == 5 { _ = fifo.popFirst() }
    return lastFromFIFO.byte(index)
  }

  /// The flags of an axis are cleared with its high byte, those of all axes with the last of them.
  private mutating func noteRead(_ axis: Int) {
    self[Register.statusReg] &= ~((Bit.xNewData | Bit.xOverrun) << UInt8(axis))
    if self[Register.statusReg] & (7 * Bit.xNewData) == 0 {
      self[Register.statusReg] &= ~(Bit.newData | Bit.overrun)
    }
  }

  /// Of 32 samples the count shows 31 (8.20: five bits).
  private var fifoStatus: UInt8 {
    let count = isFIFOOn ? fifo.count : 0
    var status = UInt8(min(count, Self.fifoLevels - 1))
    if count > Int(self[Register.fifoCtrlReg] & 0x1F) { status |= Bit.watermark }
    if count == Self.fifoLevels { status |= Bit.fifoOverrun }
    if count == 0 { status |= Bit.fifoEmpty }
    return status
  }

  private mutating func write(_ value: UInt8, to register: UInt8, at now: Int64) {
    switch register {
    case 0..<Register.ctrlReg0, Register.statusReg...Register.outZH, Register.fifoSrcReg, Register.int1Src,
      Register.int2Src, Register.clickSrc:
      // Read-only or reserved (table 21).
      break
    case 0...Register.last:
      self[register] = value
      if register == Register.ctrlReg1 || register == Register.ctrlReg4 { configure(at: now) }
      if register == Register.ctrlReg5 && value & Bit.boot != 0 { bootUntil = now + Self.bootTime }
      if !isFIFOOn { fifo.removeAll() }
    default: break
    }
  }

  /// A change of the range alone restarts nothing.
  private mutating func configure(at now: Int64) {
    let old = configuration
    configuration = LIS3DHConfiguration(ctrlReg1: self[Register.ctrlReg1], ctrlReg4: self[Register.ctrlReg4])
    guard configuration.rate != old.rate || configuration.bits != old.bits else { return }
    samples = SampleClock(
      start: now, microseconds: 1_000_000, per: max(configuration.rate, 1), error: measurement.parameters.clockError)
    latest = 0
  }
}

extension SimulatedLIS3DH {
  package mutating func catchUp(to now: Int64) {
    while let dip = measurement.parameters.firstBrownOut(after: caughtUp, upTo: now) {
      sample(to: dip)
      reset(at: dip)
      caughtUp = dip
    }
    sample(to: now)
    caughtUp = now
    if bootUntil != .min && now >= bootUntil {
      self[Register.ctrlReg5] &= ~Bit.boot
      bootUntil = .min
    }
  }

  private mutating func sample(to now: Int64) {
    guard configuration.rate > 0 else { return }
    let newest = samples.newest(at: now)
    guard newest > latest else { return }
    if isFIFOOn { fill(to: newest) }
    store(words(newest))
    if self[Register.statusReg] & Bit.newData != 0 || newest > latest + 1 {
      self[Register.statusReg] |= Bit.overrun | 7 * Bit.xOverrun
    }
    self[Register.statusReg] |= Bit.newData | 7 * Bit.xNewData
    latest = newest
  }

  /// The FIFO has 10 bits (3.6). In FIFO mode it stops when it is full, in the others the oldest record goes (5.1).
  private mutating func fill(to newest: Int64) {
    let levels = Int64(Self.fifoLevels)
    let stops = fifoMode == 1
    let first = stops ? latest + 1 : max(latest + 1, newest - levels + 1)
    for number in first..<min(newest, first + levels - 1) + 1 where !stops || fifo.count < Self.fifoLevels {
      fifo.append(words(number).map { $0 & ~0x3F })
    }
  }

  /// Sample n, as the data registers show it.
  private func words(_ number: Int64) -> AccelerationWords {
    let number = unfrozen(number)
    guard number >= configuration.samplesToSettle else { return .zero }
    let (x, y, z) = measurement.acceleration(at: samples.time(of: number), configuration.accelerometer)
    return AccelerationWords(x: x, y: y, z: z).map(configuration.leftJustified)
  }

  /// The last sample before the freezing in which sample n lies; n itself where it lies in none.
  private func unfrozen(_ number: Int64) -> Int64 {
    guard let from = measurement.parameters.freezing(at: samples.time(of: number)) else { return number }
    return samples.newest(at: from - 1)
  }

  /// Of the axes that are enabled (CTRL_REG1, bits 2...0) and not held.
  private mutating func store(_ new: AccelerationWords) {
    let enabled = self[Register.ctrlReg1]
    if enabled & 1 != 0 && !isHeld[0] { data.x = new.x }
    if enabled & 2 != 0 && !isHeld[1] { data.y = new.y }
    if enabled & 4 != 0 && !isHeld[2] { data.z = new.z }
  }
}
