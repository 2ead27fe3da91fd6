// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore

/// Every call, "open" or the percentage, and what the next one fails with.
final class PinCalls {
  var calls: [String] = []
  var failure: PinError?
  /// Only of the next setting.
  var passingFailure: PinError?
  var openFailure: PinError?
  var isGraded = false

  func take() -> [String] {
    defer { calls = [] }
    return calls
  }
}

struct SpyPin: OutputPin {
  let calls: PinCalls

  var isGraded: Bool { calls.isGraded }

  func set(percent: UInt8) throws(PinError) {
    calls.calls.append("\(percent)")
    if let failure = calls.failure ?? calls.passingFailure.take() { throw failure }
  }

  func reopen() throws(PinError) {
    calls.calls.append("open")
    if let failure = calls.openFailure { throw failure }
  }
}

/// What came of one driving.
enum Driven: Equatable {
  /// It wants to be driven again then.
  case until(Timestamp)
  case settled
  case failed(PinError)
}

extension VibrationMotor where Pin: ~Copyable {
  /// At its full strength, or off.
  mutating func drive(_ wantsOn: Bool, at now: Timestamp) throws(PinError) -> Timestamp? {
    try drive(percent: wantsOn ? 100 : 0, at: now)
  }

  mutating func driven(_ wantsOn: Bool, _ milliseconds: Double) -> Driven {
    driven(percent: wantsOn ? 100 : 0, milliseconds)
  }

  mutating func driven(percent: UInt8, _ milliseconds: Double) -> Driven {
    do {
      guard let until = try drive(percent: percent, at: at(milliseconds)) else { return .settled }
      return .until(until)
    } catch { return .failed(error) }
  }
}
