// SPDX-License-Identifier: MIT
import PostureCore

/// What a gesture on the button asks of the pipeline, and what the log says of it.
struct ButtonRequest {
  let command: Command
  /// Of one that was passed on.
  let text: String
  /// Needs samples, now or soon.
  var needsSensor: Bool { command == .calibrate }

  /// - Parameters:
  ///   - isSilenced: no cue is given for a while.
  ///   - mode: the one that is in force.
  ///   - pause: for how long a long press silences.
  ///   - window: for how long the wearer has to hold still.
  init(_ gesture: ButtonGesture, isSilenced: Bool, mode: Mode, pause: Interval, window: Interval) {
    switch (gesture, mode) {
    case (.press, _):
      command = .calibrate
      text = "calibrating, hold still for \(window.seconds) s"
    case (.longPress, _) where isSilenced:
      command = .resume
      text = "going on"
    case (.longPress, _):
      command = .silence(.pause, for: pause)
      text = "pausing for \(Int(pause.seconds / 60)) min"
    case (.doublePress, .training):
      command = .setMode(.tracking)
      text = "tracking, without cues"
    case (.doublePress, .tracking):
      command = .setMode(.training)
      text = "training, with cues"
    }
  }
}
