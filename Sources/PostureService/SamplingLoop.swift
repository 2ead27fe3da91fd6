// SPDX-License-Identifier: MIT
import Drivers
import HAL
import LinuxIO
import PostureCore

/// The sampling thread: owns the sensor, the pipeline and the motor, and nothing else.
///
/// Each turn drains the source, runs the pipeline, drives the motor, publishes, and sleeps until the source or the
/// motor is due. It neither allocates nor takes a lock. What does not fit into the channel is dropped and counted; only
/// a run on simulated time, which nobody's back depends on, may wait for room instead.
package struct SamplingLoop<
  Source: SampleSource & ~Copyable, Pin: OutputPin & ~Copyable, LoopClock: MonotonicClock
>: ~Copyable {
  /// A turn that comes back this much later than it wanted to is a thread that hangs.
  private static var tolerance: Int64 { 2_000_000 }
  /// Longest sleep, so that a request to stop and a command are seen even where nothing wakes the clock.
  private static var longestSleep: Interval { .milliseconds(100) }

  /// How long the end waits for room, in microseconds: the service side comes by four times a second, or is gone.
  private static var longestFarewell: Int64 { 1_000_000 }

  private var source: Source
  private var motor: VibrationMotor<Pin>?
  private let clock: LoopClock
  private var link: SamplingLink
  private var pipeline: PosturePipeline
  private var buffer = MeasurementBuffer(
    filler: Measurement(raw: nil, sample: SensorScale(acceleration: 1, angularVelocity: 1).sample(from: .zero)))
  private var pendingCommand: Command?
  private var isLost = false
  private var hasMotorFailed = false

  package init(
    source: consuming Source, motor: consuming VibrationMotor<Pin>?, clock: LoopClock,
    pipeline: PosturePipeline.Parameters, link: consuming SamplingLink
  ) {
    self.source = source
    self.motor = motor
    self.clock = clock
    self.pipeline = PosturePipeline(pipeline)
    self.link = link
  }

  /// Runs until it is asked to stop or the source ends; the motor is off when it returns.
  package mutating func run() {
    link.control.expect(by: clock.now() + Self.tolerance)
    while !link.control.isStopRequested {
      guard let deadline = turn(at: Timestamp(microseconds: clock.now())) else { break }
      link.control.expect(by: deadline.microseconds + Self.tolerance)
      clock.sleep(until: deadline.microseconds)
    }
    drive(false)
    link.control.expect(by: .max)
  }

  /// One turn; returns when the next is due, or nil when the source has ended.
  package mutating func turn(at now: Timestamp) -> Timestamp? {
    if pendingCommand == nil { pendingCommand = link.commands.receive() }
    var next = now
    do {
      switch try source.drain(into: &buffer, at: now) {
      case .at(let time): next = time
      case .ended:
        processBuffer()
        drive(false)
        publishEnd()
        return nil
      }
    } catch {
      isLost = source.isLost
      next = source.retry
      publish(.sensorFault(error, isLost: isLost))
    }
    processBuffer()
    let output = pipeline.motor(at: now)
    drive(output.isOn && !isLost)
    if let until = output.until { next = min(next, until) }
    return min(next, now + Self.longestSleep)
  }

  private mutating func processBuffer() {
    while var measurement = buffer.popFirst() {
      isLost = false
      if let command = pendingCommand {
        measurement.command = command
        pendingCommand = nil
      }
      if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
      guard let output = pipeline.process(measurement.sample) else { continue }
      publish(
        .frame(
          Frame(
            measurement: measurement, output: output, bias: pipeline.bias, hasReference: pipeline.reference != nil,
            isCalibrating: pipeline.isCalibrating, lost: link.control.lost)))
    }
  }

  private mutating func publish(_ publication: Publication) {
    while !link.publications.send(publication) {
      guard case .wait(let pause) = link.overflow, !link.control.isStopRequested else {
        link.control.countLost()
        return
      }
      pause()
    }
  }

  /// The one publication that should arrive: nothing is sampled any more, so it waits a while for room.
  private mutating func publishEnd() {
    let clock = SystemClock()
    let end = clock.now() + Self.longestFarewell
    while !link.publications.send(.ended) {
      guard clock.now() < end, !link.control.isStopRequested else { return link.control.countLost() }
      clock.sleep(until: clock.now() + 1000)
    }
  }

  private mutating func drive(_ isOn: Bool) {
    do {
      // Only a pin that was driven has shown that it works.
      guard try motor?.set(on: isOn) == true, hasMotorFailed else { return }
      hasMotorFailed = false
      publish(.motorRecovered)
    } catch {
      if !hasMotorFailed { publish(.motorFault(error)) }
      hasMotorFailed = true
    }
  }
}
