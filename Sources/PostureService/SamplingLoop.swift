// SPDX-License-Identifier: MIT
import Drivers
import HAL
import LinuxIO
import PostureCore

/// The sampling thread: owns the sensor, the pipeline and the motor, and nothing else.
///
/// Each turn drains the source, runs the pipeline, drives the motor, publishes, and sleeps until the source or the
/// motor is due. It neither allocates nor takes a lock, unless bus or line have failed and are opened anew. What does
/// not fit into the channel is dropped and counted; only a run on simulated time, which nobody's back depends on, may
/// wait for room instead.
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
  private var patterns: HapticPatterns
  private var judgement: UInt32 = 0
  private var buffer = MeasurementBuffer(
    filler: Measurement(raw: nil, sample: SensorScale(acceleration: 1, angularVelocity: 1).sample(from: .zero)))
  private var player = HapticPlayer()
  private var pendingCommand: Command?
  // Until the service side knows of it.
  private var changedReference: ChangedReference?
  private var untoldCommand: (command: Command, time: Int64)?
  /// Until the first samples of the sensor have come.
  private var kept: Kept
  /// What is asked for so long after the first sample, in order.
  private let planned: [(after: Interval, command: Command)]
  private var nextPlanned = 0
  /// How a played trace is judged from so many samples on, in order.
  private let changes: [(sample: Int, judgement: Judgement)]
  private var nextChange = 0
  private var taken = 0
  private var firstSample: Timestamp?
  // As published.
  private var state = SensorState.starting
  private var description: SensorDescription?
  private var isMotorOn = false
  private var hasMotorFailed = false
  private var motorCutOffs: UInt32 = 0

  /// - Parameters:
  ///   - kept: what to begin with; not used with another sensor than the one that it is for.
  ///   - planned: what a simulated wearer asks for, each with the first sample so long after the first of all, or the
  ///     next free one.
  ///   - changes: of the judgement, by the samples before them.
  package init(
    source: consuming Source, motor: consuming VibrationMotor<Pin>?, clock: LoopClock,
    pipeline: PosturePipeline.Parameters, kept: Kept = Kept(),
    planned: [(after: Interval, command: Command)] = [], changes: [(sample: Int, judgement: Judgement)] = [],
    link: consuming SamplingLink
  ) {
    self.kept = kept
    self.planned = planned
    self.changes = changes
    self.source = source
    self.motor = motor
    self.clock = clock
    self.pipeline = PosturePipeline(pipeline)
    patterns = pipeline.patterns
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
    _ = drive(0, at: Timestamp(microseconds: clock.now()))
    link.control.expect(by: .max)
  }

  /// One turn; returns when the next is due, or nil when the source has ended.
  package mutating func turn(at now: Timestamp) -> Timestamp? {
    if pendingCommand == nil { pendingCommand = link.commands.receive() }
    var next = now
    var fault: SensorFault?
    do {
      switch try source.drain(into: &buffer, at: now) {
      case .at(let time): next = time
      case .ended:
        processBuffer(at: now)
        _ = drive(0, at: now)
        publishEnd()
        return nil
      }
    } catch {
      fault = error
      next = source.retry
    }
    publishDescription()
    // What the buffer holds was taken before the fault.
    // A bus that hangs keeps the draining waiting: a pulse must not last as long.
    let drained = Timestamp(microseconds: max(now.microseconds, clock.now()))
    processBuffer(at: drained)
    if let fault, !offer(.sensorFault(fault, at: now)) { link.control.countLost() }
    let output = player.output(at: drained)
    // While nothing is known, nothing is cued.
    let motor = drive(source.state.isTrusted ? output.percent : 0, at: drained)
    publishState()
    if let until = output.until { next = min(next, until) }
    if let motor { next = min(next, motor) }
    return min(next, drained + Self.longestSleep)
  }

  // What lasts is offered again until there is room: the service side would believe the old state for ever.

  private mutating func publishDescription() {
    guard let found = source.description, found != description, offer(.sensorFound(found)) else { return }
    description = found
  }

  private mutating func publishState() {
    guard source.state != state, offer(.sensorState(source.state)) else { return }
    state = source.state
  }

  private mutating func processBuffer(at now: Timestamp) {
    while var measurement = buffer.popFirst() {
      changeJudgement()
      // One of a played trace is in that trace; another waits until the last one is known of.
      if measurement.command == nil, untoldCommand == nil {
        measurement.command = nextCommand(at: measurement.sample.time)
      }
      if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
      let meant = measurement.command == nil ? untoldCommand?.time : nil
      if let untoldCommand, let meant {
        measurement.command = untoldCommand.command.told(at: measurement.sample.time.microseconds, after: meant)
      }
      guard let output = pipeline.process(measurement.sample) else {
        keepUntold(measurement, since: meant)
        continue
      }
      // A batch is some time old: a cue begins when it can be felt whole.
      if let cue = output.cue {
        player.play(patterns[cue.kind].scaled(by: cue.intensity), for: cue.kind, at: now)
      }
      if changedReference == nil { changedReference = pipeline.takeChangedReference() }
      let frame = Frame(
        measurement: measurement, output: output, bias: pipeline.bias, uncertainty: pipeline.uncertainty,
        condition: pipeline.condition, circumstances: pipeline.circumstances, reference: changedReference,
        accelerometer: pipeline.accelerometer, judgement: judgement, lost: link.control.lost)
      if offer(.frame(frame)) {
        (changedReference, untoldCommand) = (nil, nil)
      } else {
        keepUntold(measurement, since: meant)
        link.control.countLost()
      }
    }
  }

  private mutating func keepUntold(_ measurement: Measurement, since meant: Int64?) {
    guard let command = measurement.command else { return }
    // One that waits already keeps what it was, and when.
    if meant == nil { untoldCommand = (command, measurement.sample.time.microseconds) }
  }

  /// Before a sample: everything that is judged is judged by one of them.
  private mutating func changeJudgement() {
    while nextChange < changes.count, changes[nextChange].sample <= taken {
      use(changes[nextChange].judgement)
      nextChange += 1
    }
    taken += 1
    if let judgement = link.judgements?.receive() ?? nil { use(judgement) }
  }

  private mutating func use(_ judgement: Judgement) {
    pipeline.configure(judgement.parameters)
    patterns = judgement.parameters.patterns
    self.judgement = judgement.number
  }

  /// What goes with the next sample: with the sensor's first ones what is kept for it.
  private mutating func nextCommand(at time: Timestamp) -> Command? {
    let first = firstSample ?? time
    firstSample = first
    if let sensor = source.description, let command = kept.next(for: sensor) { return command }
    if nextPlanned < planned.count, time - first >= planned[nextPlanned].after {
      defer { nextPlanned += 1 }
      return planned[nextPlanned].command
    }
    defer { pendingCommand = nil }
    return pendingCommand
  }

  /// False where there is no room.
  private mutating func offer(_ publication: Publication) -> Bool {
    while !link.publications.send(publication) {
      guard case .wait(let pause) = link.overflow, !link.control.isStopRequested else { return false }
      pause()
    }
    return true
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

  /// Returns when the motor wants to be driven again.
  private mutating func drive(_ percent: UInt8, at now: Timestamp) -> Timestamp? {
    guard motor != nil else { return nil }
    var next: Timestamp?
    do {
      next = try motor?.drive(percent: percent, at: now)
      if hasMotorFailed, motor?.isWorking == true, offer(.motorRecovered) { hasMotorFailed = false }
    } catch {
      if !hasMotorFailed { hasMotorFailed = offer(.motorFault(error)) }
      next = now + Self.longestSleep
    }
    if let cutOffs = motor?.cutOffs, cutOffs != motorCutOffs, offer(.motorCutOff) { motorCutOffs &+= 1 }
    let isPlaying = percent > 0 && motor?.isWorking == true && motor?.isCutOff == false
    noteMotor(isPlaying || motor?.isUncertain == true, at: now)
    return next
  }

  private mutating func noteMotor(_ isOn: Bool, at now: Timestamp) {
    if isOn != (link.control.motorIsOnSince != nil) {
      link.control.noteMotor(onSince: isOn ? now.microseconds : nil)
    }
    if isOn != isMotorOn, offer(.motor(isOn: isOn)) { isMotorOn = isOn }
  }
}
