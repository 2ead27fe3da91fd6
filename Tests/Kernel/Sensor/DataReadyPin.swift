// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO

/// The chip's interrupt pin, on an input line of the kernel's simulated GPIO chip: a short pulse for each sample.
struct DataReadyPin: ~Copyable {
  private let descriptor: FileDescriptor?
  private var period: Int64?
  private var isActiveLow = false
  /// When the next pulse is due, in microseconds of the system's clock.
  private(set) var due: Int64?

  /// - Parameter path: the line's `pull` file (Documentation/admin-guide/gpio/gpio-sim.rst); nil where the pin is not
  ///   connected.
  init(path: String?) throws(SystemError) {
    guard let path else {
      descriptor = nil
      return
    }
    descriptor = try FileDescriptor.open(path: path, flags: O_WRONLY)
  }

  var isConnected: Bool { descriptor != nil }

  /// What the chip's registers say of the pin, after they were written.
  mutating func configure(period: Int64?, isActiveLow: Bool, at now: Int64) throws(SystemError) {
    guard period != self.period || isActiveLow != self.isActiveLow else { return }
    self.period = period
    self.isActiveLow = isActiveLow
    due = period.map { now + $0 }
    try drive(active: false)
  }

  mutating func pulse(at now: Int64) throws(SystemError) {
    guard let period, let due, now >= due else { return }
    try drive(active: true)
    try drive(active: false)
    self.due = due + period * ((now - due) / period + 1)
  }

  private func drive(active: Bool) throws(SystemError) {
    try descriptor?.write(Array((active != isActiveLow ? "pull-up" : "pull-down").utf8).span)
  }
}
