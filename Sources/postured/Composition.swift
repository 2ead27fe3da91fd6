// SPDX-License-Identifier: MIT
import Drivers
import HAL
import LinuxIO
import Logging
import NIOPosix
import PostureCore
import PostureFormats
import PostureService
import PostureSimulation

/// Puts the daemon together: source, motor, clock, sampling thread and service side.
enum Composition {
  /// More than one second at 833 Hz, the fastest of any chip; the service side comes by at least every 250 ms.
  private static let publicationCapacity = 1024
  private static let commandCapacity = 8
  /// One that is not taken yet waits with the hub.
  private static let judgementCapacity = 2
  /// Above every ordinary process and below the kernel's own threads, which run at 50 (kernel/irq/manage.c).
  private static let priority: Int32 = 40

  static func service(
    _ settings: Settings, _ source: SourceChoice, _ speed: Pace, _ calibrator: SensorCalibrator,
    _ keeper: ReferenceKeeper, history: String?, record: String?,
    readSettings: @escaping @Sendable () throws -> Settings,
    configure: @escaping @Sendable (Configuration) -> Void, activation: Int32?, _ logger: Logger
  ) throws -> (daemon: DaemonService, hub: Hub) {
    let configuration = settings.configuration
    let inForce = try SettingsInForce(
      settings, played: source.recording?.changes.map(\.settings) ?? [],
      isComputed: source.recording.map { $0.header == nil } ?? false)
    var judgements = SampleChannel<Judgement>(
      capacity: judgementCapacity, filler: Judgement(number: 0, parameters: configuration.pipeline))

    var publications = SampleChannel<Publication>(capacity: publicationCapacity, filler: .ended)
    var commands = SampleChannel<Command>(capacity: commandCapacity, filler: .calibrate)
    let control = SamplingControl()
    let isRealtime = speed == .scaled(1)
    var cutoff: MotorCutoff?
    let motor = source.isHardware ? Hardware.motor(configuration.motor, cutoff: &cutoff) : nil
    let hub = Hub(
      on: MultiThreadedEventLoopGroup(numberOfThreads: 1).next(), facts: facts(configuration, source), control: control,
      cutOffMotor: cuttingOff(cutoff, logger),
      buttonGestures: source.isHardware ? Hardware.button(configuration.button) : nil,
      publications: publications.takeReceiver(), commands: commands.takeSender(),
      calibrator: calibrator, keeper: keeper,
      history: HistoryKeeper(
        history.map {
          HistoryKeeper.Place(path: $0, days: configuration.history.days, source: source.kind, isDated: isRealtime)
        }), settings: inForce, readSettings: readSettings, configure: configure,
      keepsHours: !source.hasOwnTime, judgements: judgements.takeSender(),
      access: try accessPolicy(configuration.socket, logger), describe: describing(source, configuration),
      notifier: try ServiceNotifier.fromEnvironment(), isHurried: !isRealtime, logger: logger)
    let link = SamplingLink(
      control: control, overflow: isRealtime ? .drop : .wait(pause),
      publications: publications.takeSender(), commands: commands.takeReceiver(),
      judgements: judgements.takeReceiver())
    let kept = Kept(calibration: calibrator.kept, references: keeper.kept)
    let body = samplingBody(configuration, source, speed, kept, inForce.played, Handover(motor), Handover(link))
    let makeRecorder: @Sendable () throws -> Recorder? = {
      try record.map { try self.makeRecorder($0, source, configuration, settings.decisive) }
    }
    let daemon = DaemonService(
      hub: hub, socket: configuration.socket, activation: activation, control: control, logger: logger,
      makeRecorder: makeRecorder
    ) {
      if isRealtime {
        do throws(SystemError) { try lockMemory() } catch { logger.notice("memory is not locked: \(error.message)") }
      }
      return try start(isRealtime: isRealtime, body)
    }
    return (daemon, hub)
  }

  private static func facts(_ configuration: Configuration, _ source: SourceChoice) -> ServiceState.Facts {
    let motor = configuration.motor
    var facts = ServiceState.Facts(
      source: source.kind, bus: source.bus, sensor: source.sensorName, rate: source.rate,
      hasMotor: !source.isHardware || motor.line != nil || motor.pwm != nil,
      detector: configuration.pipeline.detector, calibrationWindow: configuration.pipeline.references.calibration.window
    )
    facts.snooze = configuration.cues.snooze
    facts.pause = configuration.cues.pause
    return facts
  }

  /// A group that does not exist lets nobody in; the wearer is reminded all the same.
  private static func accessPolicy(_ socket: Configuration.Socket, _ logger: Logger) throws -> AccessPolicy {
    guard let name = socket.changeGroup else { return AccessPolicy() }
    guard let identifier = try SystemGroups.identifier(of: name) else {
      logger.warning(
        "socket.change-group: there is no group \(InputError.quote(name)): only root and the daemon's own user may change things"
      )
      return AccessPolicy()
    }
    return AccessPolicy(group: .init(name: name, identifier: identifier))
  }

  private static func cuttingOff(_ cutoff: MotorCutoff?, _ logger: Logger) -> (@Sendable () -> Void)? {
    guard let cutoff else { return nil }
    return {
      do throws(PinError) { try cutoff.cut() } catch { logger.error("motor: cannot be switched off: \(error.text)") }
    }
  }

  /// Lets the service side catch up, where time is simulated.
  private static let pause: @Sendable () -> Void = {
    let clock = SystemClock()
    clock.sleep(until: clock.now() + 100)
  }

  private static func start(isRealtime: Bool, _ body: @escaping @Sendable () -> Void) throws -> SamplingThread {
    let thread = try RealtimeThread(name: "sampling", priority: isRealtime ? priority : nil, body)
    let whyOrdinary: String? =
      switch thread.scheduling {
      case .realtime: nil
      case .ordinary(let refusal): refusal?.message ?? "time is simulated"
      }
    let running = Handover(thread)
    return SamplingThread(whyOrdinary: whyOrdinary) { running.take().join() }
  }

  /// What a trace of the black box says; nil for samples without a chip's integers.
  private static func describing(
    _ source: SourceChoice, _ configuration: Configuration
  ) -> @Sendable (SensorDescription?) -> TraceHeader? {
    { sensor in
      if let recording = source.recording, recording.header == nil { return nil }
      if sensor == nil, source.recording == nil { return nil }
      var header = header(source, configuration.sensor, sensor)
      header.title = "The last samples, saved at \(WallClock.date())"
      header.shows = nil
      return header
    }
  }

  private static func makeRecorder(
    _ path: String, _ source: SourceChoice, _ configuration: Configuration, _ decisive: [TraceSetting]
  ) throws -> Recorder {
    do {
      return try Recorder(path: path) { sensor in
        var header = header(source, configuration.sensor, sensor)
        header.settings = decisive
        return header
      }
    } catch {
      throw ProgramError(.cannotCreate, "--record: \(error.message)")
    }
  }

  private static func header(
    _ source: SourceChoice, _ settings: Configuration.Sensor, _ sensor: SensorDescription?
  ) -> TraceHeader {
    if let recording = source.recording, var header = recording.header {
      header.origin = "\(header.origin ?? "unknown"); played from \(recording.path)"
      return header
    }
    guard let sensor else { preconditionFailure("whoever gives samples has been found") }
    var header = TraceHeader(
      title: nil, shows: nil, sensor: sensor.model.name, rate: (1 / sensor.period.seconds).rounded(places: 3),
      scale: sensor.scale, accelerationRange: settings.accelerationRange,
      angularVelocityRange: sensor.hasGyroscope ? settings.angularVelocityRange : nil, origin: nil)
    switch source {
    case .scenario(let scenario):
      header.title = scenario.title
      header.shows = scenario.shows
      header.origin = "synthetic, scenario \(scenario.name), recorded through the daemon's own path"
    case .wearer(let seed): header.origin = "synthetic, wearer seed \(seed), recorded through the daemon's own path"
    case .trace, .i2c: break
    }
    return header
  }

  /// What the sampling thread will run. Hardware is opened there, and again whenever it was gone.
  private static func samplingBody(
    _ configuration: Configuration, _ source: SourceChoice, _ speed: Pace, _ kept: Kept,
    _ played: [Judgement], _ motor: Handover<VibrationMotor<MotorOutput>?>, _ link: Handover<SamplingLink>
  ) -> @Sendable () -> Void {
    var pipeline = configuration.pipeline
    let settings = Hardware.sensorSettings(configuration.sensor)
    switch source {
    case .wearer(let seed):
      let wearer = SimulatedWearer(endlessFrom: seed)
      var sensor = SimulatedSensorParameters()
      sensor.motorShake = 1
      return onClock(of: speed, Simulation(wearer, sensor, nil, settings, pipeline, kept), link)
    case .scenario(let scenario):
      return onClock(
        of: speed,
        Simulation(
          scenario.wearer, scenario.sensor, scenario.duration, settings, pipeline, kept, scenario.commands), link)
    case .trace(let recording):
      if recording.header == nil { pipeline.acceptComputedSamples() }
      let changes = Array(zip(recording.changes.map(\.sample), played))
      return onClock(of: speed, Playback(recording.measurements, pipeline, changes), link)
    case .i2c(let bus):
      return hardwareBody(configuration, bus: bus, kept, motor, link)
    }
  }

  private static func hardwareBody(
    _ configuration: Configuration, bus: String, _ kept: Kept,
    _ motor: Handover<VibrationMotor<MotorOutput>?>, _ link: Handover<SamplingLink>
  ) -> @Sendable () -> Void {
    let settings = Hardware.sensorSettings(configuration.sensor)
    let pipeline = configuration.pipeline
    let device = Handover(Hardware.bus(bus))
    guard settings.mode == .dataReady, let line = Hardware.interruptLine(configuration.sensor) else {
      return {
        var loop = SamplingLoop(
          source: InertialSensor(on: device.take(), settings), motor: motor.take(), clock: SystemClock(),
          pipeline: pipeline, kept: kept, link: link.take())
        loop.run()
      }
    }
    let clock = EdgeClock(waitingFor: line)
    let edges = Handover(line)
    return {
      var loop = SamplingLoop(
        source: InertialSensor(on: device.take(), edges: edges.take(), settings), motor: motor.take(), clock: clock,
        pipeline: pipeline, kept: kept, link: link.take())
      loop.run()
    }
  }

  private static func onClock(
    of speed: Pace, _ run: some SimulatedRun, _ link: Handover<SamplingLink>
  ) -> @Sendable () -> Void {
    switch speed {
    case .scaled(1): { run.run(on: SystemClock(), link.take()) }
    case .scaled(let factor): { run.run(on: PacedClock(factor: factor), link.take()) }
    case .unbounded: { run.run(on: VirtualClock(), link.take()) }
    }
  }
}
