// SPDX-License-Identifier: MIT
import HAL

/// Devices on a bus whose registers are bytes with 8-bit addresses.
package struct RegisterDevice<Bus: I2CBus & ~Copyable>: ~Copyable {
  private var bus: Bus
  /// The device that is spoken to.
  package var address: I2CAddress

  package init(_ bus: consuming Bus, at address: I2CAddress) {
    self.bus = bus
    self.address = address
  }

  /// The most bytes that one transfer may read from a register that does not advance.
  package var longestRead: Int { bus.longestRead }

  package mutating func reopen() throws(I2CError) { try bus.reopen() }

  /// Reads so many registers from one on, in one transfer, to the beginning of the bytes.
  package mutating func read(
    _ count: Int, from first: UInt8, into bytes: inout MutableSpan<UInt8>
  ) throws(I2CError) {
    let request: InlineArray<1, UInt8> = [first]
    // The name is what compilers from 6.3 on accept without a warning.
    var target = bytes._mutatingExtracting(first: count)
    try bus.exchange(request.span, reading: &target, with: address)
  }

  package mutating func read(_ register: UInt8) throws(I2CError) -> UInt8 {
    var bytes = InlineArray<1, UInt8>(repeating: 0)
    var target = bytes.mutableSpan
    try read(1, from: register, into: &target)
    return bytes[0]
  }

  package mutating func write(_ value: UInt8, to register: UInt8) throws(I2CError) {
    let request: InlineArray<2, UInt8> = [register, value]
    var none = InlineArray<0, UInt8>(repeating: 0)
    var target = none.mutableSpan
    try bus.exchange(request.span, reading: &target, with: address)
  }
}
