// SPDX-License-Identifier: MIT
import HAL

/// A vibration motor on a digital output: off when it is made, and off when its owner is gone.
package struct VibrationMotor<Pin: OutputPin & ~Copyable>: ~Copyable {
  private var pin: Pin
  package private(set) var isOn = false

  package init(on pin: consuming Pin) throws(PinError) {
    self.pin = pin
    try self.pin.set(active: false)
  }

  deinit {
    // The pin's own end is the second line of defence: here nobody is left to tell.
    do { try pin.set(active: false) } catch {}
  }

  /// Drives the pin only where that changes something; returns whether it did.
  @discardableResult
  package mutating func set(on: Bool) throws(PinError) -> Bool {
    guard on != isOn else { return false }
    try pin.set(active: on)
    isOn = on
    return true
  }
}

extension VibrationMotor: Sendable where Pin: Sendable & ~Copyable {}
