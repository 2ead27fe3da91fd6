// SPDX-License-Identifier: MIT
import HAL

/// A device on a bus whose registers are bytes with 8-bit addresses.
package struct RegisterDevice<Bus: I2CBus & ~Copyable>: ~Copyable {
  private var bus: Bus
  package let address: I2CAddress

  package init(_ bus: consuming Bus, at address: I2CAddress) {
    self.bus = bus
    self.address = address
  }

  /// Reads `count` registers from `first` on, in one transfer.
  package mutating func read<let count: Int>(from first: UInt8) throws(I2CError) -> InlineArray<count, UInt8> {
    let request: InlineArray<1, UInt8> = [first]
    var bytes = InlineArray<count, UInt8>(repeating: 0)
    var target = bytes.mutableSpan
    try bus.exchange(request.span, reading: &target, with: address)
    return bytes
  }

  package mutating func read(_ register: UInt8) throws(I2CError) -> UInt8 {
    let bytes: InlineArray<1, UInt8> = try read(from: register)
    return bytes[0]
  }

  package mutating func write(_ value: UInt8, to register: UInt8) throws(I2CError) {
    let request: InlineArray<2, UInt8> = [register, value]
    var none = InlineArray<0, UInt8>(repeating: 0)
    var target = none.mutableSpan
    try bus.exchange(request.span, reading: &target, with: address)
  }
}
