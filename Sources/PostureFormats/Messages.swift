// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore

// The messages of the status socket. Member names carry their unit; a member that has no value is left out.

/// Greets every client, and answers `version`.
package struct VersionMessage: Message, Equatable {
  package static let messageClass = "version"
  package var program = "postured"
  package var version = Version.program
  package var `protocol` = Version.socketProtocol

  package init() {}
}

/// Answers a request that cannot be served.
package struct ErrorMessage: Message, Equatable {
  package static let messageClass = "error"
  /// The code where whoever asks may not.
  package static let notPermitted = "not-permitted"
  package var message: String
  /// For programs, where one kind of error has to be told from the others.
  package var code: String?

  package init(_ message: String, code: String? = nil) {
    self.message = message
    self.code = code
  }
}

/// Answers `calibrate`: it has begun; an event says how it ended.
package struct CalibrateMessage: Message, Equatable {
  package static let messageClass = "calibrate"
  /// For how long the wearer is to hold still.
  package var window_s: Double

  package init(window_s: Double) { self.window_s = window_s }
}

/// Answers what changes something at once, such as `pause` or `mode`: the request was taken, an event follows.
package struct DoneMessage: Message, Equatable {
  package static let messageClass = "done"
  /// The class of the request.
  package var request: String
  /// How long it lasts, where it ends by itself.
  package var for_s: Double?

  package init(request: String, for_s: Double? = nil) {
    self.request = request
    self.for_s = for_s
  }
}

/// Answers `save`: a piece of the trace, to be written after those before it.
package struct TracePartMessage: Message, Equatable {
  package static let messageClass = "trace-part"
  package var text: String

  package init(text: String) { self.text = text }
}

/// Follows the last piece.
package struct SavedMessage: Message, Equatable {
  package static let messageClass = "saved"
  package var samples: Int

  package init(samples: Int) { self.samples = samples }
}

/// Answers `status`.
package struct StatusMessage: Message, Equatable {
  package static let messageClass = "status"
  /// `simulated`, `trace` or `i2c`.
  package var source: String
  /// The chip's name, once it has been found.
  package var sensor: String?
  /// Where on the bus, as `0x68`.
  package var address: String?
  /// `fifo`, `polled` or `data-ready`.
  package var mode: String?
  /// `starting`, `running`, `degraded`, `lost`, `recovering` or `ended`.
  package var state: String
  /// For how long the state has been what it is.
  package var state_since_s: Double
  /// What went wrong last, while the sensor is not well.
  package var fault: String?
  package var uptime_s: Double
  /// Samples processed.
  package var samples: UInt64
  /// Samples that the sensor should have given between those it gave.
  package var samples_missing: UInt64
  /// Nominal, once the chip has been found.
  package var rate_hz: Double?
  /// Measured over the last seconds.
  package var measured_rate_hz: Double?
  /// Faults of the sensor since the start, and how many of each kind.
  package var faults: UInt64
  package var fault_counts: [String: UInt64]
  /// Samples that the service side was too slow to take.
  package var lost: UInt64
  package var time_us: Int64?
  package var posture: String
  package var context: String?
  package var flexion_deg: Double?
  package var lateral_deg: Double?
  package var total_deg: Double?
  /// How near a cue is, 0 to 1.
  package var exposure: Double?
  /// Up in the sensor frame.
  package var up: [Double]?
  /// Standard deviation of up.
  package var uncertainty_deg: Double?
  /// What the tilt estimate has begun anew after, a time constant ago at most.
  package var levelling_after: String?
  /// A reference posture is known: the one in use.
  package var has_reference: Bool
  /// Its name, `sitting`, `standing` or `car`, and all that are known.
  package var reference = "sitting"
  package var references: [String] = []
  /// The device seems to sit otherwise than when the reference posture was taken: calibrate, or say that it does not.
  package var worn_differently = false
  package var is_calibrating: Bool
  package var gyroscope_bias_dps: [Double]?
  /// That bias is known well enough to take a reference posture by.
  package var gyroscope_bias_known: Bool?
  /// The acceleration of every sample is corrected.
  package var accelerometer_calibrated = false
  /// When that calibration, or the one that is in force with the first sample, was taken; what it leaves, root mean
  /// square.
  package var calibration_taken: String?
  package var calibration_residual_mg: Double?
  /// What is the matter with the calibration that is kept: it is damaged, or another sensor's.
  package var calibration_fault: String?
  package var has_motor: Bool
  package var motor_on: Bool
  /// Why the motor cannot be driven.
  package var motor_fault: String?
  /// How often the motor had been on for longer than it ever may, and was switched off.
  package var motor_cut_offs: UInt64
  package var deviations: UInt64
  package var reminders: UInt64
  /// Cues that were given, of each kind.
  package var cue_counts: [String: UInt64] = [:]
  /// Cues that were due and not given, and how many of each reason.
  package var suppressed: UInt64 = 0
  package var suppressed_counts: [String: UInt64] = [:]
  /// Time since the start in which the device was worn, and how much of it the posture was judged and beyond a limit.
  package var worn_s = 0.0
  package var judged_s = 0.0
  package var leaning_s = 0.0
  /// `training`, with cues, or `tracking`, without.
  package var cue_mode = "training"
  /// Quiet hours.
  package var is_quiet = false
  /// Why no history is stored at the moment.
  package var history_fault: String?
  /// `snooze` or `pause`, and when it ends by itself.
  package var silence: String?
  package var silence_left_s: Double?
  /// The title of the paced session that runs.
  package var session: String?
  /// How long the wearer has been sitting without a break; of a trace it is not told.
  package var sitting_s: Double?
  /// Real-time scheduling of the sampling thread.
  package var is_realtime: Bool
  package var clients: Int

  package init(
    source: String, state: String, state_since_s: Double, uptime_s: Double, samples: UInt64, samples_missing: UInt64,
    faults: UInt64, fault_counts: [String: UInt64], lost: UInt64, posture: String, has_reference: Bool,
    is_calibrating: Bool, has_motor: Bool, motor_on: Bool, motor_cut_offs: UInt64, deviations: UInt64,
    reminders: UInt64, is_realtime: Bool, clients: Int
  ) {
    self.source = source
    self.state = state
    self.state_since_s = state_since_s
    self.uptime_s = uptime_s
    self.samples = samples
    self.samples_missing = samples_missing
    self.faults = faults
    self.fault_counts = fault_counts
    self.lost = lost
    self.posture = posture
    self.has_reference = has_reference
    self.is_calibrating = is_calibrating
    self.has_motor = has_motor
    self.motor_on = motor_on
    self.motor_cut_offs = motor_cut_offs
    self.deviations = deviations
    self.reminders = reminders
    self.is_realtime = is_realtime
    self.clients = clients
  }
}
