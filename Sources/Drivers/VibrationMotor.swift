// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// A vibration motor on an output: off until it is driven, off when its owner is gone, and never on for long.
///
/// The longest time on is enforced here, whatever is asked. A level between off and full comes from a graded pin; any
/// other is switched on and off for its share of a short period, and only while the motor runs. A pin that fails is
/// requested anew at once, and then after pauses that double up to a limit. Where a driving failed and the line is
/// still there, the motor may be on: `isUncertain` says so until off has been driven.
package struct VibrationMotor<Pin: OutputPin & ~Copyable>: ~Copyable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// Percent of full strength.
    package var strength: UInt8 = 100
    /// On without a pause for so long, at whatever level, and it is switched off until it has been asked to be off: no
    /// pattern asks for more.
    package var longestOn = HapticPattern.longestOn
    /// Of switching a pin that is not graded. A small motor takes several times as long to run up (Precision
    /// Microdrives, AB-004 gives tens of milliseconds), so that it feels the mean.
    package var switchingPeriod = Interval.milliseconds(10)

    package init() {}
  }

  private static var shortestPause: Interval { .milliseconds(100) }
  private static var longestPause: Interval { .seconds(5) }
  /// While the motor may be on.
  private static var longestUrgentPause: Interval { .milliseconds(500) }

  private let parameters: Parameters
  private var pin: Pin
  private var isOpen = false
  private var retry = Timestamp(microseconds: .min)
  private var pause: Interval
  /// What the pin was last driven to.
  private var percent: UInt8 = 0
  /// A driving failed, and off has not been driven since: it may be on.
  package private(set) var isUncertain = false
  /// Since when it has been asked to be on.
  private var started: Timestamp?
  /// The longest time on has been enforced, and off not been asked since.
  package private(set) var isCutOff = false
  /// How often the longest time on was enforced.
  package private(set) var cutOffs: UInt32 = 0

  /// The pin is requested by the first driving.
  package init(on pin: consuming Pin, _ parameters: Parameters = Parameters()) {
    precondition((1...100).contains(parameters.strength), "a motor's strength is 1 to 100 percent")
    precondition(parameters.switchingPeriod >= .milliseconds(1), "a motor is switched 1000 times a second at most")
    self.parameters = parameters
    self.pin = pin
    pause = Self.shortestPause
  }

  deinit {
    // The pin's own end is the second line of defence: here nobody is left to tell.
    do { try pin.set(percent: 0) } catch {}
  }

  /// The motor is being driven now.
  package var isOn: Bool { percent > 0 }
  /// The pin can be used, as far as is known.
  package var isWorking: Bool { isOpen }

  /// Drives the motor at a level, percent of its strength, or keeps it off with 0; returns when it wants to be driven
  /// again, nil where only a change of mind matters. A failure is thrown at each try, and the next one planned.
  package mutating func drive(percent level: UInt8, at now: Timestamp) throws(PinError) -> Timestamp? {
    precondition(level <= 100, "a motor's level is 100 percent at most")
    let (wanted, until) = plan(level, at: now)
    if !isOpen {
      guard now >= retry else { return retry }
      try request(at: now)
    }
    guard wanted != percent else { return until }
    do { try pin.set(percent: wanted) } catch {
      isUncertain = true
      // That its chip has gone shows only now, and it may be back already: the pulse need not wait.
      try request(at: now)
      do { try pin.set(percent: wanted) } catch {
        isUncertain = true
        fail(error, at: now)
        throw error
      }
    }
    percent = wanted
    pause = Self.shortestPause
    return until
  }

  private mutating func request(at now: Timestamp) throws(PinError) {
    do {
      try pin.reopen()
      try pin.set(percent: 0)
    } catch {
      fail(error, at: now)
      throw error
    }
    isOpen = true
    isUncertain = false
    percent = 0
    pause = Self.shortestPause
  }

  private mutating func plan(_ level: UInt8, at now: Timestamp) -> (percent: UInt8, until: Timestamp?) {
    guard level > 0 else {
      started = nil
      isCutOff = false
      return (0, nil)
    }
    let start = started ?? now
    started = start
    let end = start + parameters.longestOn
    if now >= end && !isCutOff {
      isCutOff = true
      cutOffs &+= 1
    }
    if isCutOff { return (0, nil) }
    // As weak as it may be, on is not off.
    let share = max(1, (Int64(level) * Int64(parameters.strength) + 50) / 100)
    guard share < 100, !pin.isGraded else { return (UInt8(share), end) }
    let period = parameters.switchingPeriod.microseconds
    let on = period * share / 100
    let within = (now - start).microseconds % period
    let next = within < on ? on - within : period - within
    return (within < on ? 100 : 0, min(end, now + Interval(microseconds: next)))
  }

  private mutating func fail(_ error: PinError, at now: Timestamp) {
    // A line that is not there drives nothing.
    if error == .gone || error == .notFound { isUncertain = false }
    isOpen = false
    percent = 0
    retry = now + pause
    pause = min(pause + pause, isUncertain ? Self.longestUrgentPause : Self.longestPause)
  }
}

extension VibrationMotor: Sendable where Pin: Sendable & ~Copyable {}
