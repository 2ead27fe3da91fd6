// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PosturePacing

/// A session as people follow it: its note, its words, a countdown on a terminal, and how it ended.
struct SessionShow: ~Copyable {
  private let isJSON: Bool
  /// Something passes on the last line.
  private let isLive: Bool
  private var output: FileWriter
  /// When the step ends, in microseconds of the system's clock.
  private var stepEnd: Int64?
  private var shown: Int64?
  private(set) var isOver = false

  init(isJSON: Bool) throws {
    let output = try FileWriter(path: "-")
    self.isJSON = isJSON
    isLive = !isJSON && Terminal.isTerminal(1)
    self.output = output
  }

  /// What everybody is to read before the first step; with JSON on standard error.
  mutating func note(_ session: SessionFile, hasMotor: Bool) throws {
    let silent = hasMotor ? [] : ["There is no motor: only the words here say when a step begins."]
    let lines = [SessionText.heading(session.plan), SessionFile.warning] + session.notes + silent
    let text = lines.joined(separator: "\n") + "\n"
    if isJSON { return StandardError.write(text) }
    try say(text)
  }

  mutating func take(_ line: String) throws {
    if let error = JSONLine.decode(ErrorMessage.self, from: line) { throw ProgramError(error) }
    if isJSON { try output.write(line + "\n") }
    if let session = JSONLine.decode(SessionMessage.self, from: line) {
      try begin(session)
    } else if let step = JSONLine.decode(SessionStepMessage.self, from: line) {
      try begin(step)
    } else if let check = JSONLine.decode(SessionCheckMessage.self, from: line) {
      try say("    \(SessionText.outcome(check))\n")
    } else if let ended = JSONLine.decode(SessionEndedMessage.self, from: line) {
      isOver = true
      try say(SessionText.end(ended) + "\n")
      guard ended.ended_by != "sensor-lost" else {
        try output.flush()
        throw ProgramError(.unavailable, "the sensor gives no samples any more: see 'posturectl status'")
      }
    }
    try output.flush()
  }

  /// Some time has passed.
  mutating func pass() throws {
    guard isLive, let stepEnd else { return }
    let left = max(0, (stepEnd - SystemClock().now() + 999_999) / 1_000_000)
    guard left != shown else { return }
    shown = left
    try output.write("\r\u{1B}[K    \(left) s")
    try output.flush()
  }

  consuming func close() throws { try output.close() }

  /// Of a session that runs already, when somebody looks in.
  private mutating func begin(_ session: SessionMessage) throws {
    guard session.is_running else { return try say("No session runs.\n") }
    guard let number = session.step, let left = session.step_left_s else { return }
    try say(
      "\(session.title ?? "?"), \(SessionText.length(session.elapsed_s ?? 0)) of \(SessionText.length(session.length_s ?? 0))\n"
    )
    try show(number, of: session.steps ?? 0, left, session.words ?? "")
  }

  private mutating func begin(_ step: SessionStepMessage) throws {
    try show(step.number, of: step.steps, step.step.for_s, step.step.words)
  }

  private mutating func show(_ number: Int, of steps: Int, _ seconds: Double, _ words: String) throws {
    let place = "\(number)/\(steps)"
    let length = isLive ? "" : ", \(SessionText.length(seconds))"
    try say("\(place)\(length)  \(words)\n")
    (stepEnd, shown) = (SystemClock().now() + Int64(seconds * 1e6), nil)
    try pass()
  }

  private mutating func say(_ text: String) throws {
    guard !isJSON else { return }
    (stepEnd, shown) = (isOver ? nil : stepEnd, nil)
    try output.write((isLive ? "\r\u{1B}[K" : "") + text)
  }
}
