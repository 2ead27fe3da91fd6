// SPDX-License-Identifier: MIT
import PostureCore

// The words of the core as files, the socket and people see them: each thing has one, everywhere.

/// One of a few things, each with its name.
package protocol Named: CaseIterable {
  var name: String { get }
}

extension Named {
  /// Nil where none is called so.
  package init?(name: some StringProtocol) {
    guard let named = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = named
  }
}

extension Posture: Named {
  package static let allCases: [Posture] = [.unknown, .upright, .leaning, .deviated]

  package var name: String {
    switch self {
    case .unknown: "unknown"
    case .upright: "upright"
    case .leaning: "leaning"
    case .deviated: "deviated"
    }
  }
}

extension Context: Named {
  package static let allCases: [Context] = [.still, .moving, .walking, .bending, .lying, .offBody, .transport]

  package var name: String {
    switch self {
    case .still: "still"
    case .moving: "moving"
    case .walking: "walking"
    case .bending: "bending"
    case .lying: "lying"
    case .offBody: "off-body"
    case .transport: "transport"
    }
  }
}

extension Lean: Named {
  package static let allCases: [Lean] = [.forward, .backward, .left, .right]

  package var name: String {
    switch self {
    case .forward: "forward"
    case .backward: "backward"
    case .left: "left"
    case .right: "right"
    }
  }
}

extension ReferenceName: Named {
  package static let allCases: [ReferenceName] = [.sitting, .standing, .car]

  package var name: String {
    switch self {
    case .sitting: "sitting"
    case .standing: "standing"
    case .car: "car"
    }
  }
}

extension Mode: Named {
  package static let allCases: [Mode] = [.training, .tracking]

  package var name: String {
    switch self {
    case .training: "training"
    case .tracking: "tracking"
    }
  }
}

extension Silence: Named {
  package static let allCases: [Silence] = [.snooze, .pause]

  package var name: String {
    switch self {
    case .snooze: "snooze"
    case .pause: "pause"
    }
  }
}

extension SensorAxis: Named {
  package static let allCases: [SensorAxis] = [.plusX, .minusX, .plusY, .minusY, .plusZ, .minusZ]

  package var name: String {
    switch self {
    case .plusX: "x"
    case .minusX: "-x"
    case .plusY: "y"
    case .minusY: "-y"
    case .plusZ: "z"
    case .minusZ: "-z"
    }
  }
}

extension ReferenceCalibration.Refusal: Named {
  package static let allCases: [Self] = [
    .moving, .unsettled, .noEstimate, .forwardAxisVertical, .noBend, .unknown,
  ]

  package var name: String {
    switch self {
    case .moving: "moving"
    case .unsettled: "unsettled"
    case .noEstimate: "no-estimate"
    case .forwardAxisVertical: "forward-axis-vertical"
    case .noBend: "no-bend"
    case .unknown: "unknown-reference"
    }
  }

  /// What the wearer can do about it.
  package var advice: String {
    switch self {
    case .moving: "you moved: sit upright, hold still and try again"
    case .unsettled: "the gyroscope has not settled: rest for a few seconds and try again"
    case .noEstimate: "the sensor gives nothing to go by: see its state in 'posturectl status'"
    case .forwardAxisVertical: "the sensor axis that mount.forward names stands upright: name another"
    case .noBend: "you did not bend forward by 20 degrees or more: calibrate again, and bend when the motor asks"
    case .unknown: "there is no reference posture of that name yet: take it first"
    }
  }
}

extension TiltFilter.Condition.Beginning {
  package var name: String {
    switch self {
    case .started: "start"
    case .interrupted: "interruption"
    case .turnedTooFar: "too-large-turn"
    case .saturated: "saturated-turn"
    case .biasChanged: "new-bias"
    }
  }
}

extension Event.Kind {
  package var name: String {
    switch self {
    case .calibrated: "calibrated"
    case .calibrationRefused: "calibration-refused"
    case .bendAwaited: "bend-awaited"
    case .referenceUsed: "reference-used"
    case .wornDifferently: "worn-differently"
    case .wornAsBefore: "worn-as-before"
    case .deviated: "deviated"
    case .reminded: "reminded"
    case .recovered: "recovered"
    case .ended: "ended"
    case .suppressed: "suppressed"
    case .takenOff: "taken-off"
    case .putOn: "put-on"
    case .modeSet: "mode-set"
    case .quietSet(let isQuiet): isQuiet ? "quiet-begun" : "quiet-ended"
    case .silenced: "silenced"
    case .unsilenced: "unsilenced"
    case .sessionSet(let isSet): isSet ? "session-begun" : "session-ended"
    case .played: "played"
    case .breakSuggested: "break-suggested"
    case .gap: "gap"
    case .frozen: "frozen"
    case .resumed: "resumed"
    case .saturated: "saturated"
    }
  }
}

extension Suppression: Named {
  package static let allCases: [Suppression] = [
    .moving, .walking, .bending, .lying, .offBody, .transport, .tracking, .quiet, .snoozed, .hourly, .refractory,
    .uncertain, .wornDifferently,
  ]

  package var name: String {
    switch self {
    case .moving: "moving"
    case .walking: "walking"
    case .bending: "bending"
    case .lying: "lying"
    case .offBody: "off-body"
    case .transport: "transport"
    case .tracking: "tracking"
    case .quiet: "quiet-hours"
    case .snoozed: "snoozed"
    case .hourly: "hourly-limit"
    case .refractory: "too-soon"
    case .uncertain: "uncertain"
    case .wornDifferently: "worn-differently"
    }
  }
}

extension Trigger: Named {
  package static let allCases: [Trigger] = [.hold, .exposure]

  package var name: String {
    switch self {
    case .hold: "hold"
    case .exposure: "exposure"
    }
  }
}

extension Cue.Kind: Named {
  package static let allCases: [Cue.Kind] = [
    .nudge, .reminder, .wellDone, .acknowledgement, .refusal, .bend, .question, .paused, .resumed, .breakReminder,
    .step, .tense, .release, .finish,
  ]

  package var name: String {
    switch self {
    case .nudge: "nudge"
    case .reminder: "reminder"
    case .wellDone: "well-done"
    case .acknowledgement: "acknowledgement"
    case .refusal: "refusal"
    case .bend: "bend"
    case .question: "question"
    case .paused: "paused"
    case .resumed: "resumed"
    case .breakReminder: "break"
    case .step: "step"
    case .tense: "tense"
    case .release: "release"
    case .finish: "finish"
    }
  }
}
