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
  /// One second at 500 Hz, the fastest; the service side comes by at least every 250 ms.
  private static let publicationCapacity = 512
  private static let commandCapacity = 8
  /// Above every ordinary process and below the kernel's own threads, which run at 50 (kernel/irq/manage.c).
  private static let priority: Int32 = 40

  static func service(
    _ configuration: Configuration, _ source: SourceChoice, _ speed: Pace, record: String?, _ logger: Logger
  ) throws -> DaemonService {
    var publications = SampleChannel<Publication>(capacity: publicationCapacity, filler: .ended)
    var commands = SampleChannel<Command>(capacity: commandCapacity, filler: .calibrate)
    let control = SamplingControl()
    let isRealtime = speed == .scaled(1)
    let hub = Hub(
      on: MultiThreadedEventLoopGroup(numberOfThreads: 1).next(), facts: facts(configuration, source), control: control,
      publications: publications.takeReceiver(), commands: commands.takeSender(),
      notifier: try ServiceNotifier.fromEnvironment(), isHurried: !isRealtime, logger: logger)
    let link = SamplingLink(
      control: control, overflow: isRealtime ? .drop : .wait(pause),
      publications: publications.takeSender(), commands: commands.takeReceiver())
    let body = try samplingBody(configuration, source, speed, Handover(link))
    let makeRecorder: @Sendable () throws -> Recorder? = {
      try record.map { try self.makeRecorder($0, source, configuration) }
    }
    return DaemonService(
      hub: hub, socket: configuration.socket, control: control, logger: logger, makeRecorder: makeRecorder
    ) {
      if isRealtime {
        do throws(SystemError) { try lockMemory() } catch { logger.notice("memory is not locked: \(error.message)") }
      }
      return try start(isRealtime: isRealtime, body)
    }
  }

  private static func facts(_ configuration: Configuration, _ source: SourceChoice) -> ServiceState.Facts {
    ServiceState.Facts(
      source: source.kind, sensor: source.sensorName, rate: source.rate(configuration),
      hasMotor: !source.isHardware || configuration.motor.line != nil, detector: configuration.pipeline.detector,
      calibrationWindow: configuration.pipeline.calibration.window)
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

  private static func makeRecorder(
    _ path: String, _ source: SourceChoice, _ configuration: Configuration
  ) throws -> Recorder {
    do {
      return try Recorder(path: path, header: header(source, configuration))
    } catch {
      throw ProgramError(.cannotCreate, "--record: \(error.message)")
    }
  }

  private static func header(_ source: SourceChoice, _ configuration: Configuration) -> TraceHeader {
    if case .trace(let path, var header?, _) = source {
      header.origin = "\(header.origin ?? "unknown"); played from \(path)"
      return header
    }
    let sensor = configuration.sensor
    var header = TraceHeader(
      title: nil, shows: nil, sensor: source.sensorName, rate: sensor.rate, scale: sensorSettings(configuration).scale,
      accelerationRange: sensor.accelerationRange, angularVelocityRange: sensor.angularVelocityRange, origin: nil)
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

  private static func sensorSettings(_ configuration: Configuration) -> SensorSettings {
    SensorSettings(
      period: .seconds(1 / configuration.sensor.rate), accelerationRange: configuration.sensor.accelerationRange,
      angularVelocityRange: configuration.sensor.angularVelocityRange)
  }

  /// What the sampling thread will run; hardware is opened here, where a failure can still be told.
  private static func samplingBody(
    _ configuration: Configuration, _ source: SourceChoice, _ speed: Pace, _ link: Handover<SamplingLink>
  ) throws -> @Sendable () -> Void {
    var pipeline = configuration.pipeline
    let settings = sensorSettings(configuration)
    switch source {
    case .wearer(let seed):
      let wearer = SimulatedWearer(endlessFrom: seed)
      return onClock(of: speed, Simulation(wearer, SimulatedSensorParameters(), nil, settings, pipeline), link)
    case .scenario(let scenario):
      return onClock(
        of: speed, Simulation(scenario.wearer, scenario.sensor, scenario.duration, settings, pipeline), link)
    case .trace(_, let header, let measurements):
      // Computed values may repeat; only a chip's own integers, with its noise, must not.
      if header == nil { pipeline.monitor.frozenAfter = nil }
      return onClock(of: speed, Playback(measurements, pipeline), link)
    case .i2c(let bus): return try hardwareBody(configuration, bus: bus, link)
    }
  }

  private static func hardwareBody(
    _ configuration: Configuration, bus: String, _ link: Handover<SamplingLink>
  ) throws -> @Sendable () -> Void {
    guard let address = I2CAddress(configuration.sensor.address) else {
      preconditionFailure("the configuration admits only usual addresses")
    }
    let device = Handover(try I2CDevice(path: bus))
    let line = Handover(try motorLine(configuration.motor))
    let settings = sensorSettings(configuration)
    let pipeline = configuration.pipeline
    return {
      let sensor = MPU6050(on: device.take(), at: address, settings)
      var loop = SamplingLoop(
        source: sensor, motor: line.take(), clock: SystemClock(), pipeline: pipeline, link: link.take())
      loop.run()
    }
  }

  private static func motorLine(_ motor: Configuration.Motor) throws -> VibrationMotor<GPIOLine>? {
    guard let line = motor.line else { return nil }
    let pin = try GPIOLine(
      chip: motor.chip.map { GPIOChipSelector($0) }, line: GPIOLineSelector(line), activeLow: motor.isActiveLow)
    do { return try VibrationMotor(on: pin) } catch {
      throw SystemError(call: "switch the motor off", number: error.number)
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
