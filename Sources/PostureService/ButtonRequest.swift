// SPDX-License-Identifier: MIT
import PostureCore

/// What a gesture on the button asks of the pipeline, and what the log says of it.
struct ButtonRequest {
  /// For how long a long press silences.
  static var pause: Interval { .seconds(1800) }

  let command: Command
  /// Of one that was passed on.
  let text: String
  /// Needs samples, now or soon.
  var needsSensor: Bool { command == .calibrate }

  /// - Parameters:
  ///   - isSilenced: no cue is given for a while.
  ///   - mode: the one that is in force.
  ///   - window: for how long the wearer has to hold still.
  init(_ gesture: ButtonGesture, isSilenced: Bool, mode: Mode, window: Interval) {
    switch (gesture, mode) {
    case (.press, _):
      command = .calibrate
      text = "calibrating, hold still for \(window.seconds) s"
    case (.longPress, _) where isSilenced:
      command = .resume
      text = "going on"
    case (.longPress, _):
      command = .silence(.pause, for: Self.pause)
      text = "pausing for \(Int(Self.pause.seconds / 60)) min"
    case (.doublePress, .training):
      command = .setMode(.tracking)
      text = "tracking, without cues"
    case (.doublePress, .tracking):
      command = .setMode(.training)
      text = "training, with cues"
    }
  }

  /// What the button has asked for so far.
  struct Asked {
    private(set) var mode = Mode.training
    /// In microseconds of the clock by which the button is looked at.
    private var silencedUntil = Int64.min

    func isSilenced(at now: Int64) -> Bool { now < silencedUntil }

    mutating func note(_ command: Command, at now: Int64) {
      switch command {
      case .setMode(let mode): self.mode = mode
      case .silence(_, let length): silencedUntil = now + length.microseconds
      case .resume: silencedUntil = .min
      default: break
      }
    }
  }
}
