// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import Logging
import PostureFormats
import PostureService
import PostureSimulation
import ServiceLifecycle
import UnixSignals

@main
struct Postured: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postured",
    abstract:
      "A wearable posture trainer: reads an inertial sensor, notices when its wearer leans for too long, and reminds by vibration.",
    discussion: """
      Where no configuration names hardware, it runs on a simulated wearer. Ask it with posturectl.
      A reminder, not a medical device: with complaints, see a physician first. Nothing leaves this machine.
      """,
    version: "postured \(Version.program)")

  @Option(
    help: ArgumentHelp(
      "Settings; without it \(Settings.usualPath), where that exists. Every *.conf of the directory FILE.d overrules it.",
      valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("A setting in place of the files' one; can be given again.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Path of the status socket, in place of socket.path.", valueName: "path"))
  var socket: String?

  @Option(
    help: ArgumentHelp(
      "Log nothing below it, in place of log.level: trace, debug, info, notice, warning, error or critical.",
      valueName: "level"))
  var logLevel: String?

  @Flag(help: "Run on a simulated wearer, whatever the configuration says.")
  var simulate = false

  @Option(help: ArgumentHelp("The simulated wearer's day; 1 without it.", valueName: "n"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("Play one simulated scenario and end: \(SourceChoice.scenarioNames).", valueName: "name"))
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "Play a recorded trace, or a CSV file in SI units, as if it were the sensor, and end.", valueName: "file"))
  var trace: String?

  @Option(
    help: ArgumentHelp(
      "File of the accelerometer's calibration, in place of sensor.calibration; a simulated sensor has no other.",
      valueName: "file"))
  var calibration: String?

  @Option(
    help: ArgumentHelp(
      "File of the reference postures, in place of reference.file; a simulated sensor has no other.", valueName: "file")
  )
  var references: String?

  @Option(
    help: ArgumentHelp(
      "File of the history, in place of history.file; a simulated sensor has no other.", valueName: "file"))
  var history: String?

  @Option(help: ArgumentHelp("How fast simulated or recorded time passes: a factor, or max.", valueName: "n|max"))
  var speed = Pace.scaled(1)

  @Option(help: ArgumentHelp("Record every sample into a new trace.", valueName: "file"))
  var record: String?

  @Flag(help: "Read the configuration, say what would be done, and touch nothing.")
  var check = false

  @Flag(help: "Only drive the configured motor off, and end: for what a killed daemon may have left on.")
  var motorOff = false

  func run() async throws {
    Signals.ignoreHangup()
    do {
      let sources = sources
      var settings = try Settings(from: sources)
      let source = try SourceChoice.choose(
        simulate: simulate, seed: seed, scenario: scenario, trace: trace, record: record, settings)
      if let header = source.recording?.header { try settings.adopt(header.settings) }
      if source.isHardware && speed != .scaled(1) {
        throw ProgramError(.usage, "--speed: found hardware as the source, expected --simulate or --trace with it")
      }
      let stores = try Stores(
        source, settings.configuration, calibration: calibration, references: references, history: history)
      if check {
        print(CheckReport.text(settings, source, speed, stores, record: record))
        return
      }
      if motorOff { return try Self.switchMotorOff(settings.configuration.motor) }
      let isPlayed = source.recording != nil
      try await serve(settings, source, stores) {
        guard !isPlayed else { throw ProgramError(.usage, "a recording that is played is judged as it says") }
        if let file = sources.file, FileAttributes.size(of: file) == nil {
          throw ProgramError(.noInput, "\(file) cannot be read again")
        }
        return try Settings(from: sources)
      }
    } catch {
      let (status, text) = Self.described(error)
      StandardError.write("postured: \(text)\n")
      throw ExitCode(status.rawValue)
    }
  }

  private var sources: Settings.Sources {
    var sources = Settings.Sources()
    sources.file = config
    sources.scenario = (scenario.flatMap { Scenario(rawValue: $0) }?.settings ?? []).map {
      TraceSetting(key: $0.key, value: $0.value)
    }
    sources.options = settings + (logLevel.map { ["log.level=\($0)"] } ?? [])
    sources.socket = socket
    return sources
  }

  /// Opening a motor's output drives it off, and closing it does so again.
  private static func switchMotorOff(_ motor: Configuration.Motor) throws {
    guard var output = Hardware.motorOutput(motor) else { return }
    try output.open()
  }

  private func serve(
    _ settings: Settings, _ source: SourceChoice, _ stores: Stores,
    readSettings: @escaping @Sendable () throws -> Settings
  ) async throws {
    let configuration = settings.configuration
    // First of all: no other thread may look at the environment meanwhile.
    let activation: Int32?
    do { activation = try ActivationSocket.take() } catch { throw ProgramError(.unavailable, error.message) }
    let log = LogOutput(.ofStandardError(), level: Logger.Level(configuration.log.level))
    let logger = log.logger
    // Nobody else may reach a file of ours before its mode is set.
    FileAttributes.restrictNewFiles()
    logger.notice("\(source.summary(configuration))")
    if let cut = source.recording?.cut { logger.warning("\(cut.notice)") }
    let calibrator = SensorCalibrator(store: stores.calibration, isSimulated: !source.isHardware)
    let keeper = ReferenceKeeper(store: stores.references, isSimulated: !source.isHardware)
    let (daemon, hub) = try Composition.service(
      settings, source, speed, calibrator, keeper, history: stores.history, record: record, readSettings: readSettings,
      configure: { log.leastLevel = Logger.Level($0.log.level) }, activation: activation, logger)
    let reload = await ReloadService(hub)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: daemon, successTerminationBehavior: .gracefullyShutdownGroup),
          .init(service: reload, successTerminationBehavior: .ignore),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }

  private static func described(_ error: any Error) -> (ExitStatus, String) {
    switch error {
    case let error as ProgramError: (error.status, error.description)
    case let error as ConfigurationErrors: (.badConfiguration, error.description)
    case let error as InputError: (.badData, error.description)
    case let error as MotorOutput.Failure: (.unavailable, "motor: \(error.message)")
    case let error as SystemError: (.system, error.message)
    default: (.software, "\(error)")
    }
  }
}
