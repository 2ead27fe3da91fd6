// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// A trace that grows while a client takes it, part by part as the client reads.
struct ClientRecording: Sendable {
  /// Bytes that wait for a client: five minutes at 100 Hz, half a minute of the fastest sensor. What comes after is
  /// given up, and marked as missing.
  static let mostWaiting = 1 << 20
  /// A client that takes nothing for so long, in microseconds, takes no more.
  static let patience: Int64 = 600_000_000
  /// At once.
  static let most = 4
  /// Bytes of text: some parts fit beside each other into a client's queue.
  static let longestPart = 12_000

  private var trace: LiveTrace
  private var text: [UInt8] = []
  /// Of the text, by the client.
  private var taken = 0
  /// The time of the last sample of what was asked for; the one that passes it ends it.
  private let end: Int64
  /// Why no more comes.
  private var ending: RecordedMessage.Ending?
  private(set) var isOver = false
  private var progress: Int64

  /// - Parameters:
  ///   - opening: what it begins with: no samples later than those that are known by now.
  ///   - seconds: for how long, by the times of the samples; nil goes on.
  ///   - time: of the hub's clock.
  init(
    opening: BlackBoxTrace, for seconds: Double?, judgedBy settings: [TraceSetting], lostSoFar: UInt64, at time: Int64
  ) {
    end = seconds.map { opening.times.last + Int64($0 * 1e6) } ?? .max
    trace = LiveTrace(after: opening, judgedBy: settings, lostSoFar: lostSoFar, to: &text)
    progress = time
  }

  private var waiting: Int { text.count - taken }

  /// - Parameter settings: by which the sample is judged, where they are others than before.
  mutating func take(_ frame: Frame, _ settings: [TraceSetting]?, reason: String) {
    guard ending == nil else { return }
    guard frame.measurement.sample.time.microseconds <= end else { return finish(.time) }
    if let settings { trace.judge(by: settings, at: frame.output.time, to: &text) }
    let exposure = Double(frame.output.exposure)
    guard waiting < Self.mostWaiting else {
      return trace.giveUp(frame.measurement, exposure: exposure, lostSoFar: frame.lost)
    }
    trace.append(frame.measurement, exposure: exposure, lostSoFar: frame.lost, reason: reason, to: &text)
  }

  mutating func take(fault name: String, at time: Timestamp) {
    guard ending == nil, waiting < Self.mostWaiting else { return }
    trace.append(fault: name, at: time, to: &text)
  }

  /// Never given up: of what a wearer says there are at most 60 a minute, and `patience` ends it.
  mutating func take(_ mark: TraceMark) {
    guard ending == nil else { return }
    trace.append(mark, to: &text)
  }

  /// What waits is still told.
  mutating func finish(_ ending: RecordedMessage.Ending) {
    guard self.ending == nil else { return }
    self.ending = ending
    trace.finish(to: &text)
  }

  /// The next message; nil where there is nothing to tell by now.
  mutating func next(at time: Int64) -> String? {
    guard !isOver else { return nil }
    guard waiting > 0 else {
      progress = time
      guard let ending else { return nil }
      isOver = true
      return JSONLine.encode(
        RecordedMessage(samples: trace.samples, seconds: trace.seconds, lost: trace.lost, ending))
    }
    progress = time
    var part = text[taken...].prefix(Self.longestPart)
    // Whole lines, which are far shorter than a part.
    if let newline = part.lastIndex(of: UInt8(ascii: "\n")) { part = part[...newline] }
    taken = part.endIndex
    let message = JSONLine.encode(TracePartMessage(text: String(decoding: part, as: UTF8.self)))
    // Seldom, and then much at once.
    if taken > text.count / 2 {
      text.removeFirst(taken)
      taken = 0
    }
    return message
  }

  func isStuck(at time: Int64) -> Bool { time - progress > Self.patience }
}
