// SPDX-License-Identifier: MIT
import HAL

/// What the simulated chips have in common: the faults of the bus, and a burst that goes on from register to register.
package protocol SimulatedChip: ~Copyable, I2CBus {
  var parameters: SimulatedSensorParameters { get }
  /// Microseconds since the chip's creation.
  var elapsed: Int64 { get }

  /// Becomes what it is at that time.
  mutating func catchUp(to now: Int64)
  /// Takes the first byte of a write: the register.
  mutating func select(_ byte: UInt8)
  /// Writes the selected register, and goes on to the one that follows in a burst.
  mutating func writeNext(_ value: UInt8, at now: Int64)
  /// Reads the selected register, and goes on to the one that follows in a burst.
  mutating func readNext(at now: Int64) -> UInt8
  /// The burst is over.
  mutating func endBurst()
}

extension SimulatedChip where Self: ~Copyable {
  package mutating func endBurst() {}

  @_lifetime(reading: copy reading)
  package mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    let now = elapsed
    guard address == parameters.address else { throw .noAcknowledge }
    if let fault = parameters.transferFault(at: now) { throw fault }
    catchUp(to: now)
    if written.count > 0 { select(written[0]) }
    for index in written.indices.dropFirst() { writeNext(written[index], at: now) }
    let overlay = parameters.overlay(at: now)
    for index in reading.indices {
      let byte = readNext(at: now)
      reading[index] = overlay ?? byte
    }
    endBurst()
  }
}
