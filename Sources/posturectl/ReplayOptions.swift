// SPDX-License-Identifier: MIT
import ArgumentParser
import HAL
import LinuxIO
import PostureCore
import PostureFormats

/// Which part of a recording is told, and which settings change on the way.
struct ReplayWindow: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tell only of what comes so long after the first sample. What is before is judged all the same.",
      valueName: "time"))
  var from: TimeArgument?

  @Option(help: ArgumentHelp("Tell only of what comes no later than that, and read no further.", valueName: "time"))
  var to: TimeArgument?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A time since the first sample, and settings that hold from then on: --at 600s detector.hold=10s. Can be given again.",
      valueName: "time> <key=value"))
  var at: [String] = []

  func validate() throws {
    if let from, let to, from.interval > to.interval { throw ValidationError("--from must not be after --to.") }
  }

  var window: ClosedRange<Interval> {
    (from?.interval ?? .zero)...(to?.interval ?? Interval(microseconds: .max))
  }

  /// In the order of their times.
  func timed() throws -> [(after: Interval, settings: [TraceSetting])] {
    var timed: [(after: Interval, settings: [TraceSetting])] = []
    for word in at {
      if let time = TimeArgument(argument: word) {
        timed.append((time.interval, []))
      } else if timed.isEmpty {
        throw ProgramError(.usage, "--at: found \(InputError.quote(word)), expected a time such as 600s before it")
      } else {
        timed[timed.count - 1].settings += [try Self.setting(word)]
      }
    }
    if let empty = timed.first(where: { $0.settings.isEmpty }) {
      let seconds = Decimal.text(empty.after.seconds, places: 1)
      throw ProgramError(.usage, "--at: found no settings after \(seconds) s, expected KEY=VALUE")
    }
    return timed.sorted { $0.after < $1.after }
  }

  private static func setting(_ word: String) throws -> TraceSetting {
    // Alone: whether it agrees with the others is known only with the recording's.
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let known = Setting.named(parts[0]) else {
      throw ProgramError(.usage, "--at: found \(InputError.quote(word)), expected KEY=VALUE")
    }
    if let mismatch = known.mismatch(of: parts[1]) {
      throw ProgramError(.usage, "--at: \(known.name): found \(mismatch.found), expected \(mismatch.expected)")
    }
    guard known.isLive else {
      throw ProgramError(
        .usage, "--at: found \(InputError.quote(word)), expected a setting that can change while the daemon runs")
    }
    return TraceSetting(key: known.name, value: parts[1])
  }
}

/// How fast a recording is told.
struct ReplaySpeed: ParsableArguments {
  @Option(
    help: ArgumentHelp("How fast recorded time passes, 0.01 to 1000; as fast as it goes without.", valueName: "n"))
  var speed: Double?

  func validate() throws {
    if let speed, !(0.01...1000).contains(speed) { throw ValidationError("--speed takes 0.01 to 1000.") }
  }

  /// Waits until as much time has passed as the recording says; nil where it need not.
  var pace: (@Sendable (Interval) -> Void)? {
    guard let speed else { return nil }
    let clock = SystemClock()
    let start = clock.now()
    return { elapsed in clock.sleep(until: start + Int64(Double(elapsed.microseconds) / speed)) }
  }
}

/// A length of time as settings write it, not below zero.
struct TimeArgument: ExpressibleByArgument {
  let interval: Interval

  init?(argument: String) {
    guard let quantity = Quantity(argument), let interval = Interval(quantity), interval >= .zero else { return nil }
    self.interval = interval
  }
}
