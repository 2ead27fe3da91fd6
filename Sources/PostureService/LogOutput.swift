// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import PostureFormats
import Synchronization

/// Where log messages go: standard error, a line each, for the journal or for people.
///
/// To the journal a line begins with its priority, `<6>`, and has no time, because the journal has both (sd-daemon(3),
/// systemd.exec(5) on JOURNAL_STREAM). What comes too fast there is held back and counted: a fault that repeats itself
/// must not fill the card.
package final class LogOutput: Sendable {
  package enum Style: Sendable {
    case journal
    case people
  }

  /// Messages of a level that may come at once: a start and its first events, or all clients that are dropped.
  static let burst = 100.0
  /// Messages of a level a second, on and on: more tell nothing new.
  static let rate = 2.0

  /// Each level has room of its own: clients that come and go by the thousand must not hide a motor that hangs.
  private struct Buckets: Sendable {
    var ofLevel: [Logger.Level: (room: Double, last: Int64)] = [:]
    var heldBack = 0
  }

  private let style: Style
  private let now: @Sendable () -> Int64
  private let write: @Sendable (String) -> Void
  private let buckets = Mutex(Buckets())
  private let level: Mutex<Logger.Level>

  /// - Parameters:
  ///   - now: microseconds, on a clock that never goes back.
  ///   - write: takes a whole line.
  package init(
    _ style: Style, level: Logger.Level, now: @escaping @Sendable () -> Int64 = { SystemClock().now() },
    write: @escaping @Sendable (String) -> Void = { StandardError.write($0) }
  ) {
    self.style = style
    self.level = Mutex(level)
    self.now = now
    self.write = write
  }

  /// What is below is not logged; for every logger at once.
  package var leastLevel: Logger.Level {
    get { level.withLock { $0 } }
    set { level.withLock { $0 = newValue } }
  }

  package var logger: Logger { Logger(label: "postured") { _ in Handler(output: self) } }

  private func take(_ level: Logger.Level, _ message: String) {
    let text = Self.line(message)
    switch style {
    case .people: write("\(WallClock.date()) \(level) \(text)\n")
    case .journal:
      let (isAdmitted, heldBack) = admit(level)
      if heldBack > 0 { write("<\(Self.priority(.warning))>\(heldBack) messages came too fast and are not here\n") }
      if isAdmitted { write("<\(Self.priority(level))>\(text)\n") }
    }
  }

  /// Whether there is room, and how many of any level had none before it.
  private func admit(_ level: Logger.Level) -> (Bool, heldBack: Int) {
    let time = now()
    return buckets.withLock { buckets in
      var (room, last) = buckets.ofLevel[level] ?? (Self.burst, time)
      room = min(Self.burst, room + Double(time - last) * 1e-6 * Self.rate)
      last = time
      defer { buckets.ofLevel[level] = (room, last) }
      guard room >= 1 else {
        buckets.heldBack += 1
        return (false, 0)
      }
      room -= 1
      defer { buckets.heldBack = 0 }
      return (true, buckets.heldBack)
    }
  }

  /// One message is one line, and no character of it means anything to a terminal.
  private static func line(_ message: String) -> String {
    var line = ""
    for scalar in message.unicodeScalars {
      switch scalar.properties.generalCategory {
      case _ where scalar == "\n": line += "\\n"
      case _ where scalar == "\t": line += " "
      case .control, .format, .lineSeparator, .paragraphSeparator:
        line += "\\u{\(String(scalar.value, radix: 16))}"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// As syslog(3) numbers them.
  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  private struct Handler: LogHandler {
    let output: LogOutput
    var metadata: Logger.Metadata = [:]
    // One for all: a setting that is read anew reaches loggers that are long made.
    var logLevel: Logger.Level {
      get { output.leastLevel }
      set { output.leastLevel = newValue }
    }

    func log(event: LogEvent) {
      var text = "\(event.message)"
      let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { text += " \(key)=\(value)" }
      if let error = event.error { text += " error=\(error)" }
      output.take(event.level, text)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
  }
}

extension LogOutput.Style {
  /// For the journal where standard error is the journal's own stream.
  package static func ofStandardError() -> LogOutput.Style {
    guard let stream = Environment.value("JOURNAL_STREAM"), let own = FileAttributes.identity(ofDescriptor: 2) else {
      return .people
    }
    return stream == "\(own.device):\(own.inode)" ? .journal : .people
  }
}

extension Logger.Level {
  package init(_ level: Configuration.Log.Level) {
    self =
      switch level {
      case .trace: .trace
      case .debug: .debug
      case .info: .info
      case .notice: .notice
      case .warning: .warning
      case .error: .error
      case .critical: .critical
      }
  }
}
