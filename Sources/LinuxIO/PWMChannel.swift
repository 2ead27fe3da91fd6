// SPDX-License-Identifier: MIT
import HAL

/// One PWM channel as an output with levels, through sysfs (kernel `Documentation/driver-api/pwm.rst`); opened when it
/// is first asked for, and anew when it was gone.
///
/// Off is a duty cycle of 0 of a channel that is enabled: what a disabled one puts out is not defined (pwm.rst, "Using
/// PWMs"). It is off before it is let go, and disabled at the end where the inactive level is the low one, which is
/// what a disabled pin commonly has. The kernel does none of this for a process that is killed: the signal goes on.
package struct PWMChannel: ~Copyable, Sendable, OutputPin {
  /// 25 kHz: above hearing, as Intel's 4-Wire PWM Controlled Fans Specification (1.3, 2005) has it for fans, and high
  /// enough that a vibration motor sees the mean only (Precision Microdrives AB-012). It is 400 steps of the 10 MHz
  /// that clock a Pi's PWM (arch/arm/boot/dts/bcm283x.dtsi, pwm, assigned-clock-rates).
  package static let defaultPeriodNanoseconds: UInt64 = 40_000

  private let directory: PWMDirectory
  private let activeLow: Bool
  private let periodNanoseconds: UInt64
  /// Of `duty_cycle`.
  private let shared = SharedDescriptor()
  private var hasExported = false
  /// Why the channel is not open, where it is not.
  private var absence = PinError.gone

  /// Touches nothing yet: until `open` or `reopen` has succeeded, nothing can be set.
  /// - Parameter activeLow: the active level is the low one; the chip must be able to invert its signal.
  package init(
    _ selector: PWMSelector, activeLow: Bool = false, periodNanoseconds: UInt64 = defaultPeriodNanoseconds
  ) {
    precondition((100...1_000_000_000).contains(periodNanoseconds), "a period has a hundred steps, and ends")
    directory = PWMDirectory(selector: selector)
    self.activeLow = activeLow
    self.periodNanoseconds = periodNanoseconds
  }

  /// Opens the channel and drives it off, or says in words why that is not possible. It is exported where it was not,
  /// and then for this value's whole life.
  package mutating func open() throws(PWMError) {
    close()
    do throws(PWMError) {
      if try directory.export() {
        hasExported = true
        directory.settle()
      }
      do throws(SystemError) {
        shared.replace(with: try setUp())
      } catch {
        throw PWMError(error)
      }
    } catch {
      absence = PinError(error)
      throw error
    }
  }

  /// The same for those who cannot show a text.
  package mutating func reopen() throws(PinError) {
    do throws(PWMError) { try open() } catch { throw PinError(error) }
  }

  package var isGraded: Bool { true }

  /// Nothing is allocated and nothing waited for but the chip. What is over 100 is 100.
  package func set(percent: UInt8) throws(PinError) {
    let raw = shared.raw
    guard raw >= 0 else { throw absence }
    let duty = periodNanoseconds * UInt64(min(percent, 100)) / 100
    let result = DecimalLine(duty).write(to: raw)
    guard result == 0 else { throw PinError(errorNumber: -result) }
  }

  /// Drives this channel off from another thread, as long as it is open.
  package var cutoff: MotorCutoff { MotorCutoff(shared, .channel) }

  deinit {
    let wasOpen = shared.raw >= 0
    close()
    // Nobody is left to tell.
    do throws(SystemError) {
      if wasOpen && !activeLow { try directory.write("0", to: "enable") }
      if hasExported { try directory.unexport() }
    } catch {}
  }

  private func close() {
    guard shared.raw >= 0 else { return }
    _ = DecimalLine(0).write(to: shared.raw)
    shared.replace(with: nil)
  }

  /// A channel without a period, as it is at first, refuses everything else (drivers/pwm/core.c, pwm_apply_state), and
  /// a period must not be shorter than the duty cycle; the polarity changes only while it is disabled (pwm.rst).
  private func setUp() throws(SystemError) -> FileDescriptor {
    let duty = try directory.open("duty_cycle")
    if try directory.read("period") != "0" { try directory.write("0", to: "duty_cycle") }
    try directory.write("\(periodNanoseconds)", to: "period")
    let polarity = activeLow ? "inversed" : "normal"
    if try directory.read("polarity") != polarity {
      try directory.write("0", to: "enable")
      try directory.write(polarity, to: "polarity")
    }
    try directory.write("0", to: "duty_cycle")
    try directory.write("1", to: "enable")
    return duty
  }
}
