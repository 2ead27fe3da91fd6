// SPDX-License-Identifier: MIT
import HAL

/// What a motor is driven with: a line that is on or off, or a channel with levels.
package enum MotorOutput: ~Copyable, Sendable, OutputPin {
  case line(GPIOLine)
  case channel(PWMChannel)

  /// Why it could not be opened.
  package enum Failure: DescribedError, Equatable, Sendable {
    case line(GPIOError)
    case channel(PWMError)

    package var message: String {
      switch self {
      case .line(let error): error.message
      case .channel(let error): error.message
      }
    }
  }

  package var isGraded: Bool {
    switch self {
    case .line: false
    case .channel: true
    }
  }

  package func set(percent: UInt8) throws(PinError) {
    switch self {
    case .line(let line): try line.set(percent: percent)
    case .channel(let channel): try channel.set(percent: percent)
    }
  }

  /// Opens it, or says in words why that is not possible.
  package mutating func open() throws(Failure) {
    var failure: Failure?
    switch consume self {
    case .line(var line):
      do throws(GPIOError) { try line.open() } catch { failure = .line(error) }
      self = .line(line)
    case .channel(var channel):
      do throws(PWMError) { try channel.open() } catch { failure = .channel(error) }
      self = .channel(channel)
    }
    if let failure { throw failure }
  }

  /// The same for those who cannot show a text.
  package mutating func reopen() throws(PinError) {
    do throws(Failure) {
      try open()
    } catch {
      switch error {
      case .line(let error): throw PinError(error)
      case .channel(let error): throw PinError(error)
      }
    }
  }

  /// Drives it off from another thread, as long as it is open.
  package var cutoff: MotorCutoff {
    switch self {
    case .line(let line): line.cutoff
    case .channel(let channel): channel.cutoff
    }
  }
}
