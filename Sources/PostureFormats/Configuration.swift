// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing
import PostureProgramme

/// Every setting of both programs, with its default.
package struct Configuration: Sendable, Equatable {
  package struct Socket: Sendable, Equatable {
    /// Bytes: SwiftNIO takes 103 (NIOCore, SocketAddresses.swift), and the socket is made under a name one byte longer
    /// first.
    package static let longestPath = 102

    package var path = "/run/postured/postured.sock"
    /// Group of the socket's file; nil leaves the process's own.
    package var group: String?
    /// Whose members may change things, beside root and the daemon's own user; nil for nobody else.
    package var changeGroup: String?
    /// File mode of the socket.
    package var mode: UInt32 = 0o660
  }

  package struct Sensor: Sendable, Equatable {
    /// The chips that can be named; written as here.
    package enum Model: String, CaseIterable, Sendable {
      case mpu6050 = "mpu-6050"
      case mpu6500 = "mpu-6500"
      case mpu9250 = "mpu-9250"
      case mpu9255 = "mpu-9255"
      case icm20689 = "icm-20689"
      case icm20602 = "icm-20602"
      case icm20608 = "icm-20608"
      case lsm6ds3 = "lsm6ds3"
      case lsm6ds3trc = "lsm6ds3tr-c"
      case lsm6dso = "lsm6dso"
      case bmi160 = "bmi160"
      case lis3dh = "lis3dh"
      case adxl345 = "adxl345"
    }

    package enum Mode: String, CaseIterable, Sendable {
      case fifo
      case polled
      case dataReady = "data-ready"
    }

    /// I2C adapter by path or name; nil means that no hardware is named.
    package var bus: String?
    /// Nil looks at every address that a known chip can have.
    package var address: UInt8?
    /// Nil looks for every known chip.
    package var model: Model?
    /// What the chip may call itself, beside the model's own identity.
    package var identity: UInt8?
    package var mode = Mode.fifo
    /// Between two readings of the FIFO.
    package var batch = Interval.milliseconds(100)
    /// The GPIO line that the chip's data-ready pin drives, by name or offset.
    package var interruptLine: String?
    /// Its GPIO chip by label or path; nil searches all chips for the line's name.
    package var interruptChip: String?
    /// Samples a second.
    package var rate = 100.0
    /// Largest specific force, g.
    package var accelerationRange = 4
    /// Largest angular velocity, deg/s.
    package var angularVelocityRange = 500
    /// File of the accelerometer's calibration.
    package var calibration = "/var/lib/postured/accelerometer.calibration"
  }

  package struct Motor: Sendable, Equatable {
    /// GPIO line by name or offset; nil means no motor.
    package var line: String?
    /// GPIO chip by label or path; nil searches all chips for the line's name.
    package var chip: String?
    package var isActiveLow = false
    /// PWM channel, `pwmchipN:CHANNEL`, in place of a line.
    package var pwm: String?
    /// Percent.
    package var strength: UInt8 = 100
  }

  package struct Button: Sendable, Equatable {
    /// GPIO line by name or offset; nil means no button.
    package var line: String?
    package var chip: String?
    /// To ground, with the chip's own pull-up.
    package var isActiveLow = true
  }

  package struct Cues: Sendable, Equatable {
    /// Cues are given then and silent otherwise; nil leaves the mode as it is set.
    package var trainingHours: DayHours?
    /// No cue is given then.
    package var quietHours: DayHours?
    /// How long a snooze and a pause last that are asked for without a length.
    package var snooze = Interval.seconds(600)
    package var pause = Interval.seconds(1800)

    package init() {}
  }

  package struct Reference: Sendable, Equatable {
    /// Where the reference postures are kept.
    package var file = "/var/lib/postured/references"
  }

  /// Of everything, into files that follow each other.
  package struct Recording: Sendable, Equatable {
    /// Nil records nothing.
    package var directory: String?
    /// Of one file, by the times of its samples.
    package var fileLength = Interval.seconds(3600)
    /// Bytes in all: more than three days at 100 Hz.
    package var budget = 1_000_000_000
    /// Days; nil keeps files of any age.
    package var age: Int?

    package init() {}
  }

  /// Of days and weeks.
  package struct History: Sendable, Equatable {
    package static let usualPath = "/var/lib/postured/history.db"
    /// Nil keeps none.
    package var file: String? = usualPath
    /// Nil keeps minutes of any age.
    package var days: Int? = 730

    package init() {}
  }

  /// Of training day by day.
  package struct Programme: Sendable, Equatable {
    package var isEnabled = false
    /// Minutes of training a day.
    package var shortest = 5
    package var longest = 60
    /// Percent of the training that is to be upright.
    package var goal = 80

    /// - Precondition: there is no contradiction in them.
    package var rules: Rules {
      var rules = Rules(minutes: shortest...longest)
      rules.goal = goal
      return rules
    }

    package init() {}
  }

  package struct Log: Sendable, Equatable {
    /// As swift-log and people name them.
    package enum Level: String, CaseIterable, Sendable {
      case trace, debug, info, notice, warning, error, critical
    }

    /// What is below is not logged.
    package var level = Level.info
  }

  package var recording = Recording()
  package var history = History()
  package var programme = Programme()
  package var log = Log()
  package var socket = Socket()
  package var sensor = Sensor()
  package var motor = Motor()
  package var button = Button()
  package var cues = Cues()
  package var breaks = BreakReminder.Parameters()
  package var reference = Reference()
  package var pipeline = PosturePipeline.Parameters()

  package init() {}

  /// What no single setting can say about itself.
  func contradictions(in source: String) -> [InputError] {
    var found: [InputError] = []
    func contradiction(_ key: String, _ found: String, _ expected: String) -> InputError {
      InputError(source: source, key: key, found: found, expected: expected)
    }
    let limits = pipeline.detector.limits
    for (end, limit) in [("", limits.flexion), ("-sideways", limits.lateral), ("-backward", limits.backward)]
    where limit.leave > limit.enter {
      found.append(
        contradiction(
          "detector.leave\(end)", "\(Decimal.text(limit.leave.degrees, places: 2)) deg",
          "at most detector.enter\(end), which is \(Decimal.text(limit.enter.degrees, places: 2)) deg"))
    }
    let exposure = pipeline.detector.exposure
    if exposure.shortestHoldingTime > exposure.holdingTime {
      found.append(
        contradiction(
          "detector.shortest-holding-time", "\(Decimal.text(exposure.shortestHoldingTime.seconds, places: 1)) s",
          "at most detector.holding-time, which is \(Decimal.text(exposure.holdingTime.seconds, places: 1)) s"))
    }
    for (name, line, chip) in [
      ("sensor.interrupt-", sensor.interruptLine, sensor.interruptChip), ("motor.", motor.line, motor.chip),
      ("button.", button.line, button.chip),
    ] where line.flatMap(Int.init) != nil && chip == nil {
      found.append(
        contradiction("\(name)chip", "none", "a chip, because \(name)line is an offset and every chip has one"))
    }
    if sensor.identity != nil && sensor.model == nil {
      found.append(contradiction("sensor.model", "none", "the model whose chip calls itself as sensor.identity says"))
    }
    if sensor.mode == .dataReady && sensor.interruptLine == nil {
      found.append(contradiction("sensor.interrupt-line", "none", "the line that sensor.mode: data-ready waits for"))
    }
    if programme.shortest > programme.longest {
      found.append(
        contradiction(
          "programme.shortest", "\(programme.shortest) min",
          "at most programme.longest, which is \(programme.longest) min"))
    }
    if programme.isEnabled && cues.trainingHours != nil {
      found.append(
        contradiction(
          "programme.enabled", "yes beside cues.training-hours", "one of the two, because both say when cues are given")
      )
    }
    if programme.isEnabled && history.file == nil {
      found.append(
        contradiction("programme.enabled", "yes without history.file", "a history, from which it plans the next day"))
    }
    if motor.pwm != nil && motor.line != nil {
      found.append(contradiction("motor.pwm", "motor.line beside it", "one of the two"))
    }
    return found
  }
}

/// All that is wrong with a configuration, at once.
package struct ConfigurationErrors: Error, Sendable, CustomStringConvertible {
  package let errors: [InputError]
  package var description: String { errors.map(\.description).joined(separator: "\n") }
}
