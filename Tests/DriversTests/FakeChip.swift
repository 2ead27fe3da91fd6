// SPDX-License-Identifier: MIT
import HAL

/// An MPU-6050 of plain registers, or another chip where a test says how, that does what the test scripts.
final class FakeChip {
  let address: UInt8
  var registers = [UInt8](repeating: 0, count: 256)
  /// What registers hold after a reset.
  private let initial: [UInt8: UInt8]
  /// Registers on which writing has no effect.
  var stubborn: Set<UInt8> = []
  /// New data at every poll.
  var isLively = true
  /// Which differ.
  var isNoisy = true
  /// Bytes that wait in the FIFO; the level register tells their number unless `level` does.
  var fifo: [UInt8] = []
  var level: UInt16?
  /// A burst does not advance from here.
  var fifoRegister: UInt8 = 0x74
  /// What a register reads instead of what it holds.
  var shown: (UInt8) -> UInt8? = { _ in nil }

  init(at address: UInt8 = 0x68, _ initial: [UInt8: UInt8] = [0x6B: 0x40, 0x75: 0x68]) {
    self.address = address
    self.initial = initial
    reset()
  }

  func reset() {
    registers = [UInt8](repeating: 0, count: 256)
    for (register, value) in initial { registers[Int(register)] = value }
    fifo = []
    // Not all bits are alike: a measurement.
    registers[0x3B] = 0x20
  }

  /// Acceleration, temperature and angular velocity, as they stand from 0x3B on.
  func show(_ bytes: [UInt8]) {
    isNoisy = false
    registers.replaceSubrange(0x3B..<0x3B + bytes.count, with: bytes)
  }

  /// Records of 12 bytes, each of which differs from the one before.
  func fill(_ records: ClosedRange<Int>) { for record in records { fifo += Self.record(record) } }

  static func record(_ number: Int) -> [UInt8] {
    [0x20, UInt8(number & 0xFF), 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]
  }

  fileprivate func write(_ value: UInt8, to register: UInt8) {
    if register == 0x6B && value & 0x80 != 0 && initial[0x75] != nil { return reset() }
    if register == 0x6A && value & 0x04 != 0 { fifo = [] }
    if !stubborn.contains(register) { registers[Int(register)] = value }
  }

  fileprivate func read(_ register: UInt8) -> UInt8 {
    if let byte = shown(register) { return byte }
    guard initial[0x75] != nil else { return register == fifoRegister ? nextByte() : registers[Int(register)] }
    switch register {
    case 0x3A:
      if isLively && isNoisy { registers[0x48] &+= 1 }
      return isLively ? 0x01 : 0x00
    case 0x72: return UInt8((level ?? UInt16(fifo.count)) >> 8)
    case 0x73: return UInt8((level ?? UInt16(fifo.count)) & 0xFF)
    case fifoRegister: return nextByte()
    default: return registers[Int(register)]
    }
  }

  private func nextByte() -> UInt8 { fifo.isEmpty ? 0x55 : fifo.removeFirst() }
}

/// The wires between fake chips and a driver. It writes down every transfer: "6B<80" for a byte written, "3A>15" for 15
/// bytes read from a register on, "[69] 75>1" with another address than 0x68, "open" for the bus opened anew.
final class FakeWires {
  var chips: [FakeChip]
  var transcript: [String] = []
  /// What the next transfer fails with, asked with the transfer.
  var failure: (String) -> I2CError? = { _ in nil }
  var openFailure: I2CError?
  var longestRead = 8192

  init(_ chips: FakeChip...) { self.chips = chips }

  func takeTranscript() -> [String] {
    defer { transcript = [] }
    return transcript
  }
}

func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return byte < 16 ? "0" + digits : digits
}

struct FakeBus: I2CBus {
  let wires: FakeWires

  var longestRead: Int { wires.longestRead }

  func reopen() throws(I2CError) {
    wires.transcript.append("open")
    if let error = wires.openFailure { throw error }
  }

  @_lifetime(reading: copy reading)
  func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    var transfer = address.value == 0x68 ? "" : "[\(hexadecimal(address.value))] "
    transfer += hexadecimal(written[0])
    for index in written.indices.dropFirst() { transfer += "<" + hexadecimal(written[index]) }
    if reading.count > 0 { transfer += ">\(reading.count)" }
    wires.transcript.append(transfer)
    if let failure = wires.failure(transfer) { throw failure }
    guard let chip = wires.chips.first(where: { $0.address == address.value }) else { throw .noAcknowledge }
    var pointer = written[0]
    for index in written.indices.dropFirst() {
      chip.write(written[index], to: pointer)
      pointer += 1
    }
    for index in reading.indices {
      reading[index] = chip.read(pointer)
      if pointer != chip.fifoRegister { pointer += 1 }
    }
  }
}

/// A data-ready line whose edges a test makes.
final class FakeLine {
  var waiting: [InputEdge] = []
  var failure: PinError?
  var openFailure: PinError?
  var openings = 0
  /// How often an edge was asked for.
  var questions = 0
  /// There is always one more edge.
  var chatters = false

  func edge(at microseconds: Int64, isRising: Bool = true) {
    waiting.append(InputEdge(time: microseconds, isRising: isRising, sequence: 0))
  }
}

struct FakeEdges: InputEdges {
  let line: FakeLine

  func reopen() throws(PinError) {
    line.openings += 1
    line.waiting = []
    if let error = line.openFailure { throw error }
  }

  func next() throws(PinError) -> InputEdge? {
    line.questions += 1
    if let error = line.failure { throw error }
    if line.chatters { return InputEdge(time: 0, isRising: true, sequence: 0) }
    return line.waiting.isEmpty ? nil : line.waiting.removeFirst()
  }
}
