// SPDX-License-Identifier: MIT
import HAL

/// A chip of plain registers that does what the test scripts, and writes down every transfer: "6B<80" for a byte
/// written, "3A>15" for 15 bytes read from a register on.
final class FakeChip {
  var registers = [UInt8](repeating: 0, count: 128)
  var transcript: [String] = []
  /// What the next transfer fails with, asked with the transfer.
  var failure: (String) -> I2CError? = { _ in nil }
  /// Registers on which writing has no effect.
  var stubborn: Set<UInt8> = []
  /// New data at every poll.
  var isLively = true

  init() { reset() }

  func reset() {
    registers = [UInt8](repeating: 0, count: 128)
    registers[0x6B] = 0x40
    registers[0x75] = 0x68
  }

  /// Acceleration, temperature and angular velocity, as they stand from 0x3B on.
  func show(_ bytes: [UInt8]) { registers.replaceSubrange(0x3B..<0x3B + bytes.count, with: bytes) }

  func takeTranscript() -> [String] {
    defer { transcript = [] }
    return transcript
  }

  fileprivate func write(_ value: UInt8, to register: UInt8) {
    if register == 0x6B && value & 0x80 != 0 { return reset() }
    if !stubborn.contains(register) { registers[Int(register)] = value }
  }

  fileprivate func read(_ register: UInt8) -> UInt8 {
    register == 0x3A ? (isLively ? 0x01 : 0x00) : registers[Int(register)]
  }
}

func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return byte < 16 ? "0" + digits : digits
}

struct FakeBus: I2CBus {
  let chip: FakeChip

  func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    var transfer = address.value == 0x69 ? "" : "[\(hexadecimal(address.value))] "
    transfer += hexadecimal(written[0])
    for index in written.indices.dropFirst() { transfer += "<" + hexadecimal(written[index]) }
    if reading.count > 0 { transfer += ">\(reading.count)" }
    chip.transcript.append(transfer)
    if let failure = chip.failure(transfer) { throw failure }
    for index in written.indices.dropFirst() { chip.write(written[index], to: written[0] + UInt8(index - 1)) }
    for index in reading.indices { reading[index] = chip.read(written[0] + UInt8(index)) }
  }
}
