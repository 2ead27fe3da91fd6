// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats

/// What the service side knows, gathered from the publications: plain values, no input or output.
package struct ServiceState: Sendable {
  /// What is fixed from the start on, or by the settings.
  package struct Facts: Sendable {
    /// `simulated`, `trace` or `i2c`.
    package var source: String
    /// The I2C adapter's path or name; nil without hardware.
    package var bus: String?
    /// What a trace says its sensor is; nil for one that has to be found.
    package var sensor: String?
    /// Samples a second, nominal, where they are known before the sensor is.
    package var rate: Double?
    package var hasMotor: Bool
    package var detector: DeviationDetector.Parameters
    package var calibrationWindow: Interval
    /// How long a silence lasts that is asked for without a length.
    package var snooze = Interval.seconds(600)
    package var pause = Interval.seconds(1800)

    mutating func configure(_ configuration: Configuration) {
      detector = configuration.pipeline.detector
      calibrationWindow = configuration.pipeline.references.calibration.window
      snooze = configuration.cues.snooze
      pause = configuration.cues.pause
    }

    func length(of silence: Silence) -> Interval {
      switch silence {
      case .snooze: snooze
      case .pause: pause
      }
    }

    package init(
      source: String, bus: String? = nil, sensor: String? = nil, rate: Double? = nil, hasMotor: Bool,
      detector: DeviationDetector.Parameters, calibrationWindow: Interval
    ) {
      self.source = source
      self.bus = bus
      self.sensor = sensor
      self.rate = rate
      self.hasMotor = hasMotor
      self.detector = detector
      self.calibrationWindow = calibrationWindow
    }
  }

  /// A sensor's states, and that of a source that is over.
  package enum SourceState: String, CaseIterable, Sendable {
    case starting, running, degraded, lost, recovering, ended

    init(_ state: SensorState) {
      self =
        switch state {
        case .starting: .starting
        case .running: .running
        case .degraded: .degraded
        case .lost: .lost
        case .recovering: .recovering
        }
    }

    /// Samples come, and say how the wearer is.
    var isSampling: Bool { self == .running || self == .degraded }
  }

  package private(set) var facts: Facts
  package private(set) var description: SensorDescription?
  package private(set) var state = SourceState.starting
  /// When the state began, in seconds of whatever clock `take` is told.
  private var stateBegan = 0.0
  /// What went wrong last, while the sensor is not well.
  package private(set) var fault: SensorFault?
  /// What went wrong since the last sample.
  package private(set) var faultSinceSample: SensorFault?
  package private(set) var isMotorOn = false
  package private(set) var motorFault: PinError?
  package private(set) var motorCutOffs: UInt64 = 0
  package private(set) var samples: UInt64 = 0
  package private(set) var missing: UInt64 = 0
  package private(set) var faults: UInt64 = 0
  package private(set) var faultCounts: [String: UInt64] = [:]
  private var tally = Tally()
  package private(set) var last: Frame?
  private var recentTimes = RecentTimes()

  package init(_ facts: Facts) { self.facts = facts }

  /// What is said of the settings follows them.
  mutating func configure(_ configuration: Configuration) { facts.configure(configuration) }

  /// Takes a publication; returns the events it carries.
  ///
  /// - Parameter uptime: of the daemon, in seconds.
  package mutating func take(_ publication: Publication, at uptime: Double) -> [EventRecord] {
    switch publication {
    case .frame(let frame): return take(frame)
    case .sensorFound(let found): description = found
    case .sensorFault(let fault, _):
      faults += 1
      faultCounts[fault.name, default: 0] += 1
      self.fault = fault
      faultSinceSample = fault
    case .sensorState(let state): enter(SourceState(state), at: uptime)
    case .motor(let isOn): isMotorOn = isOn
    case .motorFault(let error): motorFault = error
    case .motorRecovered: motorFault = nil
    case .motorCutOff:
      motorCutOffs += 1
      isMotorOn = false
    case .ended: enter(.ended, at: uptime)
    }
    return []
  }

  private mutating func enter(_ state: SourceState, at uptime: Double) {
    self.state = state
    stateBegan = uptime
    if state == .running { fault = nil }
  }

  private mutating func take(_ frame: Frame) -> [EventRecord] {
    samples += 1
    missing += UInt64(frame.measurement.missing)
    faultSinceSample = nil
    last = frame
    recentTimes.append(frame.output.time.microseconds)
    tally.take(frame.output, frame.circumstances)
    return (0..<frame.output.eventCount).map { index in
      let event = frame.output.event(index)
      let record = EventRecord(event)
      tally.take(event, record, facts.detector)
      return record
    }
  }

  /// The last output, while samples come; once they do not, it says nothing about now.
  private var current: PosturePipeline.Output? { state.isSampling ? last?.output : nil }
  /// What the acceleration of every sample is corrected by.
  package var accelerometer: AccelerometerCalibration { last?.accelerometer ?? .identity }
  /// The name of the chip; nil until it has been found.
  package var sensor: String? { description?.model.name ?? facts.sensor }
  /// Samples a second, nominal.
  var rate: Double? { description.map { (1 / $0.period.seconds).rounded(places: 2) } ?? facts.rate }
  private var faultText: String? { fault?.text(bus: facts.bus) }

  package func status(uptime: Double, lost: UInt64, isRealtime: Bool, clients: Int) -> StatusMessage {
    var message = StatusMessage(
      source: facts.source, state: state.rawValue, state_since_s: (uptime - stateBegan).rounded(places: 1),
      uptime_s: uptime.rounded(places: 1), samples: samples, samples_missing: missing, faults: faults,
      fault_counts: faultCounts, lost: lost,
      posture: (current?.posture ?? .unknown).name,
      has_reference: last.map { $0.circumstances.knows($0.circumstances.reference) } ?? false,
      is_calibrating: last?.circumstances.isCalibrating ?? false, has_motor: facts.hasMotor,
      motor_on: isMotorOn, motor_cut_offs: motorCutOffs, deviations: tally.deviations, reminders: tally.reminders,
      is_realtime: isRealtime, clients: clients)
    message.sensor = sensor
    message.address = description.map { "0x" + hexadecimal($0.address.value) }
    message.mode = description?.mode.name
    message.rate_hz = rate
    message.fault = faultText
    message.motor_fault = motorFault?.text
    message.time_us = last?.output.time.microseconds
    message.measured_rate_hz = current == nil ? nil : recentTimes.rate?.rounded(places: 1)
    message.context = current?.context.name
    message.flexion_deg = current?.tilt?.flexion.degrees.rounded(places: 2)
    message.lateral_deg = current?.tilt?.lateral.degrees.rounded(places: 2)
    message.total_deg = current?.tilt?.total.degrees.rounded(places: 2)
    message.exposure = current?.exposure.rounded(places: 3)
    complete(&message)
    message.up = current?.up.map { [$0.x, $0.y, $0.z].map { $0.rounded(places: 6) } }
    if current?.up != nil, let last {
      message.uncertainty_deg = last.uncertainty.degrees.rounded(places: 2)
      message.levelling_after = last.condition.levellingAfter?.name
    }
    guard let last, description?.hasGyroscope != false else { return message }
    message.gyroscope_bias_dps = [last.bias.x, last.bias.y, last.bias.z].map {
      Angle(radians: $0).degrees.rounded(places: 3)
    }
    message.gyroscope_bias_known = last.condition.isBiasKnown
    return message
  }

  /// What of the wearer is counted, and under what cues are given.
  private func complete(_ message: inout StatusMessage) {
    message.cue_counts = tally.cues
    message.suppressed = tally.suppressed.values.reduce(0, +)
    message.suppressed_counts = tally.suppressed
    message.worn_s = tally.time.worn.rounded(places: 1)
    message.judged_s = tally.time.judged.rounded(places: 1)
    message.leaning_s = tally.time.leaning.rounded(places: 1)
    guard let last else { return }
    let now = last.circumstances
    message.reference = now.reference.name
    message.references = ReferenceName.allCases.filter { now.knows($0) }.map(\.name)
    message.worn_differently = now.isDoubted
    message.cue_mode = now.mode.name
    message.is_quiet = now.isQuiet
    message.silence = now.silence?.name
    if now.silence != nil {
      message.silence_left_s = max(0, (now.silenceEnd - last.output.time).seconds).rounded(places: 1)
    }
  }

  /// The watch message for now: without a tilt unless samples come.
  package var tilt: TiltMessage {
    let output = current
    var message = TiltMessage(
      state: state.rawValue, posture: (output?.posture ?? .unknown).name, motor_on: isMotorOn)
    message.fault = faultText
    message.time_us = last?.output.time.microseconds
    message.context = output?.context.name
    message.flexion_deg = output?.tilt?.flexion.degrees.rounded(places: 2)
    message.lateral_deg = output?.tilt?.lateral.degrees.rounded(places: 2)
    message.total_deg = output?.tilt?.total.degrees.rounded(places: 2)
    message.exposure = output?.exposure.rounded(places: 3)
    message.measured_rate_hz = output == nil ? nil : recentTimes.rate?.rounded(places: 1)
    return message
  }

  /// - Parameter number: 1 for the last cue or suppressed cue, 2 for the one before.
  package func why(_ number: Int) -> WhyMessage {
    let decisions = tally.decisions
    guard number >= 1, number <= decisions.count, let last else { return WhyMessage(kept: decisions.count) }
    let decision = decisions[decisions.count - number]
    return WhyMessage(
      decision.event, number: number,
      ago_s: (Double(last.output.time.microseconds - decision.event.time_us) * 1e-6).rounded(places: 1),
      detector: decision.detector)
  }
}

/// The times of the last samples, for the measured rate.
private struct RecentTimes: Sendable {
  private var times: [Int64] = []
  private var next = 0

  mutating func append(_ time: Int64) {
    if times.count < 256 { times.append(time) } else { times[next] = time }
    next = (next + 1) % 256
  }

  /// Samples a second over the last 256, or fewer at the start.
  var rate: Double? {
    guard times.count >= 2 else { return nil }
    let newest = times[(next + 255) % 256]
    let oldest = times.count < 256 ? times[0] : times[next]
    return Double(times.count - 1) / (Double(newest - oldest) * 1e-6)
  }
}
