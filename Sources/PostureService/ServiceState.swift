// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats

/// What the service side knows, gathered from the publications: plain values, no input or output.
package struct ServiceState: Sendable {
  /// What is fixed from the start on.
  package struct Facts: Sendable {
    /// `simulated`, `trace` or `i2c`.
    package var source: String
    package var sensor: String
    package var rate: Double
    package var hasMotor: Bool
    package var detector: DeviationDetector.Parameters
    package var calibrationWindow: Interval

    package init(
      source: String, sensor: String, rate: Double, hasMotor: Bool, detector: DeviationDetector.Parameters,
      calibrationWindow: Interval
    ) {
      self.source = source
      self.sensor = sensor
      self.rate = rate
      self.hasMotor = hasMotor
      self.detector = detector
      self.calibrationWindow = calibrationWindow
    }
  }

  package enum SensorState: String, Sendable {
    case starting, running, lost, ended
  }

  package let facts: Facts
  package private(set) var state = SensorState.starting
  package private(set) var fault: SensorFault?
  package private(set) var motorFault: PinError?
  package private(set) var samples: UInt64 = 0
  package private(set) var faults: UInt64 = 0
  package private(set) var deviations: UInt64 = 0
  package private(set) var reminders: UInt64 = 0
  package private(set) var last: Frame?
  package private(set) var lastCue: EventRecord?
  private var recentTimes = RecentTimes()

  package init(_ facts: Facts) { self.facts = facts }

  /// Takes a publication; returns the events it carries.
  package mutating func take(_ publication: Publication) -> [EventRecord] {
    switch publication {
    case .frame(let frame): return take(frame)
    case .sensorFault(let fault, let isLost):
      faults += 1
      guard isLost else { break }
      self.fault = fault
      state = .lost
    case .motorFault(let error): motorFault = error
    case .motorRecovered: motorFault = nil
    case .ended: state = .ended
    }
    return []
  }

  private mutating func take(_ frame: Frame) -> [EventRecord] {
    samples += 1
    state = .running
    fault = nil
    last = frame
    recentTimes.append(frame.output.time.microseconds)
    return (0..<frame.output.eventCount).map { index in
      let event = frame.output.event(index)
      let record = EventRecord(event)
      switch event.kind {
      case .deviated:
        deviations += 1
        lastCue = record
      case .reminded:
        reminders += 1
        lastCue = record
      default: break
      }
      return record
    }
  }

  /// The last output, while samples come; once they do not, it says nothing about now.
  private var current: PosturePipeline.Output? { state == .running ? last?.output : nil }

  package func status(uptime: Double, lost: UInt64, isRealtime: Bool, clients: Int) -> StatusMessage {
    var message = StatusMessage(
      source: facts.source, sensor: facts.sensor, state: state.rawValue, uptime_s: uptime.rounded(places: 1),
      samples: samples, rate_hz: facts.rate, faults: faults, lost: lost,
      posture: (current?.posture ?? .unknown).name, has_reference: last?.hasReference ?? false,
      is_calibrating: last?.isCalibrating ?? false, has_motor: facts.hasMotor,
      // While the sensor is lost the motor is kept off, whatever the pattern says.
      motor_on: current?.motor.isOn ?? false, deviations: deviations, reminders: reminders,
      is_realtime: isRealtime, clients: clients)
    message.fault = fault?.text
    message.motor_fault = motorFault.map { "error \($0.number) of the GPIO line" }
    message.time_us = last?.output.time.microseconds
    message.measured_rate_hz = current == nil ? nil : recentTimes.rate?.rounded(places: 1)
    message.context = current?.context.name
    message.flexion_deg = current?.tilt?.flexion.degrees.rounded(places: 2)
    message.lateral_deg = current?.tilt?.lateral.degrees.rounded(places: 2)
    message.total_deg = current?.tilt?.total.degrees.rounded(places: 2)
    message.up = current?.up.map { [$0.x, $0.y, $0.z].map { $0.rounded(places: 6) } }
    guard let last else { return message }
    message.gyroscope_bias_dps = [last.bias.x, last.bias.y, last.bias.z].map {
      Angle(radians: $0).degrees.rounded(places: 3)
    }
    return message
  }

  /// The watch message for now: without a tilt unless samples come.
  package var tilt: TiltMessage {
    let output = current
    var message = TiltMessage(
      state: state.rawValue, posture: (output?.posture ?? .unknown).name, motor_on: output?.motor.isOn ?? false)
    message.fault = fault?.text
    message.time_us = last?.output.time.microseconds
    message.context = output?.context.name
    message.flexion_deg = output?.tilt?.flexion.degrees.rounded(places: 2)
    message.lateral_deg = output?.tilt?.lateral.degrees.rounded(places: 2)
    message.total_deg = output?.tilt?.total.degrees.rounded(places: 2)
    message.measured_rate_hz = output == nil ? nil : recentTimes.rate?.rounded(places: 1)
    return message
  }

  package var why: WhyMessage {
    guard let lastCue, let last else { return WhyMessage() }
    return WhyMessage(
      lastCue, ago_s: (Double(last.output.time.microseconds - lastCue.time_us) * 1e-6).rounded(places: 1),
      enter_deg: facts.detector.enter.degrees.rounded(places: 2), hold_s: facts.detector.hold.seconds,
      reminder_s: facts.detector.reminder.seconds)
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
