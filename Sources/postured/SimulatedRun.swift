// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureService
import PostureSimulation

/// A run without hardware, on whichever clock.
protocol SimulatedRun: Sendable {
  func run(on clock: some MonotonicClock, _ link: consuming SamplingLink)
}

/// The real driver on a simulated chip that a simulated wearer wears, on one board with a simulated motor.
struct Simulation: SimulatedRun {
  private let wearer: SimulatedWearer
  private let sensor: SimulatedSensorParameters
  private let duration: Interval?
  private let settings: SensorSettings
  private let pipeline: PosturePipeline.Parameters
  private let kept: Kept
  private let commands: [(after: Interval, command: Command)]

  /// - Parameters:
  ///   - duration: nil runs for ever.
  ///   - commands: what the wearer asks for.
  init(
    _ wearer: SimulatedWearer, _ sensor: SimulatedSensorParameters, _ duration: Interval?, _ settings: SensorSettings,
    _ pipeline: PosturePipeline.Parameters, _ kept: Kept, _ commands: [(after: Interval, command: Command)] = []
  ) {
    self.kept = kept
    self.commands = commands
    self.wearer = wearer
    self.sensor = sensor
    self.duration = duration
    self.settings = settings
    self.pipeline = pipeline
  }

  func run(on clock: some MonotonicClock, _ link: consuming SamplingLink) {
    var settings = settings
    // There is no line beside the simulated bus.
    if settings.mode == .dataReady { settings.mode = .polled }
    settings.address = nil
    let motor = SimulatedMotor()
    let bus = SimulatedBus(settings.model, clock: clock, wearer: wearer, parameters: sensor, motor: motor)
    let source = LimitedSource(InertialSensor(on: bus, settings), duration: duration)
    var loop = SamplingLoop(
      source: source, motor: VibrationMotor(on: SimulatedPin(clock: clock, motor: motor)), clock: clock,
      pipeline: pipeline, kept: kept, planned: commands, link: link)
    loop.run()
  }
}

/// A recorded trace in place of a sensor.
struct Playback: SimulatedRun {
  private let measurements: [Measurement]
  private let pipeline: PosturePipeline.Parameters
  private let changes: [(sample: Int, judgement: Judgement)]

  /// - Parameter changes: of the judgement, after so many samples.
  init(
    _ measurements: [Measurement], _ pipeline: PosturePipeline.Parameters,
    _ changes: [(sample: Int, judgement: Judgement)]
  ) {
    self.measurements = measurements
    self.pipeline = pipeline
    self.changes = changes
  }

  func run(on clock: some MonotonicClock, _ link: consuming SamplingLink) {
    var loop = SamplingLoop(
      source: TraceSource(measurements), motor: VibrationMotor(on: SimulatedPin(clock: clock)), clock: clock,
      pipeline: pipeline, changes: changes, link: link)
    loop.run()
  }
}
