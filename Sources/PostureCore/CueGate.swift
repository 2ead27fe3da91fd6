// SPDX-License-Identifier: MIT

/// Decides whether a cue may be given now: modes, quiet hours, silences, and how often is enough.
package struct CueGate: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var mode = Mode.training
    /// Between two cues, at least.
    package var refractory = Interval.seconds(20)
    /// Within any hour, at most; up to 60.
    package var mostPerHour = 12
    /// Of the first cue of a deviation, percent.
    package var intensity: UInt8 = 70
    /// Each reminder of the same deviation is stronger by so much, percent.
    package var escalation: UInt8 = 15
    /// But never than this.
    package var strongest: UInt8 = 100

    package init() {}
  }

  package static var largestPerHour: Int { 60 }

  private var parameters: Parameters
  package private(set) var mode: Mode
  package var isQuiet = false
  /// A paced session runs, and speaks for itself.
  package var isInSession = false
  package private(set) var silence: Silence?
  /// When the silence ends by itself.
  package private(set) var silenceEnd = Timestamp(microseconds: 0)
  /// Of the last cues, the newest before `next`.
  private var times = InlineArray<60, Timestamp>(repeating: Timestamp(microseconds: .min / 2))
  private var next = 0
  private var last: Timestamp?
  /// When the cue was given that must be an hour ago before the next one.
  private var hourly = Timestamp(microseconds: .min / 2)

  package init(_ parameters: Parameters = Parameters()) {
    precondition((1...Self.largestPerHour).contains(parameters.mostPerHour), "1 to 60 cues an hour can be counted")
    self.parameters = parameters
    mode = parameters.mode
  }

  /// What was counted stays. The mode is another one only where the parameters say another one than before: who has
  /// chosen it since is obeyed.
  mutating func configure(_ parameters: Parameters) {
    if parameters.mode != self.parameters.mode { mode = parameters.mode }
    self.parameters = parameters
    hourly = earliestThatCounts
  }

  package mutating func set(_ mode: Mode) { self.mode = mode }

  package mutating func silence(_ silence: Silence, until end: Timestamp) {
    self.silence = silence
    silenceEnd = end
  }

  package mutating func resume() { silence = nil }

  /// Ends a silence whose time has come; true at that moment.
  package mutating func expire(at time: Timestamp) -> Bool {
    guard silence != nil, time >= silenceEnd else { return false }
    silence = nil
    return true
  }

  /// Nothing that lasts stands in the way of a cue.
  package var isOpen: Bool { mode == .training && !isQuiet && silence == nil && !isInSession }

  /// The same for a break: the mode is about posture, and whoever suggests a break knows why it is tracking.
  package var isOpenToBreaks: Bool { !isQuiet && silence == nil && !isInSession }

  /// Why no reminder of the posture may be given now; nil where one may.
  @inline(__always)
  package func obstacle(at time: Timestamp) -> Suppression? {
    if mode == .tracking { return .tracking }
    if isQuiet { return .quiet }
    if silence != nil || isInSession { return .snoozed }
    if hourly > time + .seconds(-3600) { return .hourly }
    if let last, time - last < parameters.refractory { return .refractory }
    return nil
  }

  /// A reminder of the posture is given now.
  package mutating func note(at time: Timestamp) {
    times[next] = time
    next = (next + 1) % Self.largestPerHour
    last = time
    hourly = earliestThatCounts
  }

  private var earliestThatCounts: Timestamp {
    times[(next + Self.largestPerHour - parameters.mostPerHour) % Self.largestPerHour]
  }

  /// Of the cue that follows so many of the same deviation, percent.
  package func intensity(after earlier: Int) -> UInt8 {
    let wanted = Int(parameters.intensity) + Int(parameters.escalation) * earlier
    return UInt8(max(1, min(wanted, Int(max(parameters.intensity, parameters.strongest)))))
  }
}
