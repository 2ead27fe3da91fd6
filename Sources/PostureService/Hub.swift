// SPDX-License-Identifier: MIT
import Drivers
import HAL
import LinuxIO
import Logging
import NIOCore
import PostureCore
import PostureFormats
import PosturePacing

/// The service side's one place: drains the publications, answers clients, feeds recorder and watchdog.
///
/// It runs on the event loop alone, whose executor it borrows, so that nothing in it is locked. Each pump drains all
/// there is; a request is pumped for first, so that its answer is fresh.
package actor Hub {
  /// Between pumps while nobody watches: events and rows wait at most so long. The channel holds far more.
  static let idlePeriod = TimeAmount.milliseconds(250)
  /// Between pumps while somebody watches, or while the sensor starts.
  static let livelyPeriod = TimeAmount.milliseconds(20)
  /// Between pumps while time is simulated and runs faster or slower than the world's.
  static let hurriedPeriod = TimeAmount.milliseconds(1)
  /// Longer than the motor itself ever lets a pulse last, in microseconds.
  private static let longestMotorOn: Int64 = 1_500_000
  /// Bytes that may wait for a client that reads slowly, beside what the kernel holds; beyond, it is dropped.
  static let longestQueue = 65_536

  package nonisolated let eventLoop: any EventLoop
  // Unsafe by its type's nature: the event loop outlives the hub, which holds it.
  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe eventLoop.executor.asUnownedSerialExecutor()
  }

  var state: ServiceState
  private var faultLog = FaultLog()
  let control: SamplingControl
  private let cutOffMotor: (@Sendable () -> Void)?
  private let buttonGestures: ((Int64, Logger) -> [ButtonGesture])?
  private var hasCutOff = false
  private var publications: SampleChannel<Publication>.Receiver
  var outbox: CommandOutbox
  /// What the samples are to be corrected by, until the first one that is.
  var commandedAccelerometer: AccelerometerCalibration?
  var calibrator: SensorCalibrator
  private var keeper: ReferenceKeeper
  var schedule: Schedule
  var settings: SettingsInForce
  /// Reads them anew; nil where nothing can.
  let readSettings: (@Sendable () throws -> Settings)?
  /// What beside the hub follows the settings.
  let configure: @Sendable (Configuration) -> Void
  /// Hours of the day mean something to the source.
  let keepsHours: Bool
  private var judgements: SampleChannel<Judgement>.Sender?
  /// Of the last sample.
  private var judgement: UInt32 = 0
  var paced = SessionRunner()
  var breaks: BreakReminder
  /// The mode is the wearer's own choice, and not where the programme has left it.
  var isTrackingChosen = false
  var blackBox = BlackBox()
  var events = EventLog()
  /// Nil while no client takes samples.
  var samples: SampleStream?
  /// What the samples of the black box are: made for a trace of theirs.
  let describe: @Sendable (SensorDescription?) -> TraceHeader?
  private(set) var recorder: Recorder?
  let archive: Archive
  let history: HistoryKeeper
  var programme: ProgrammeKeeper
  private let feeder: WatchdogFeeder
  let isHurried: Bool
  let logger: Logger
  private let started = SystemClock().now()
  var clients: [ObjectIdentifier: Client] = [:]
  let access: AccessPolicy
  private(set) var isRealtime = false
  private var isClosed = false
  private var isPausedForCalibrator = false
  /// The one in use, as far as it has been seen.
  private var reference: ReferenceName?
  private var onEnd: (@Sendable () -> Void)?

  /// - Parameters:
  ///   - cutOffMotor: drives the motor off whatever the sampling thread does.
  ///   - buttonGestures: those since the last call, at a time in microseconds.
  ///   - calibrator: keeps the accelerometer's calibration.
  ///   - keeper: keeps the reference postures.
  ///   - history: keeps minutes and cues.
  ///   - settings: what holds; `readSettings` reads them anew.
  ///   - access: who may change something.
  ///   - keepsHours: cues are given, or not, by the hours of the day.
  ///   - describe: what a trace says of the samples; nil where they have no chip's integers.
  package init(
    on eventLoop: any EventLoop, facts: ServiceState.Facts, control: SamplingControl,
    cutOffMotor: (@Sendable () -> Void)? = nil, buttonGestures: sending ((Int64, Logger) -> [ButtonGesture])? = nil,
    publications: consuming SampleChannel<Publication>.Receiver, commands: consuming SampleChannel<Command>.Sender,
    calibrator: SensorCalibrator = SensorCalibrator(), keeper: ReferenceKeeper = ReferenceKeeper(),
    history: sending HistoryKeeper = HistoryKeeper(nil), settings: SettingsInForce,
    readSettings: (@Sendable () throws -> Settings)? = nil,
    configure: @escaping @Sendable (Configuration) -> Void = { _ in }, keepsHours: Bool = false,
    judgements: consuming SampleChannel<Judgement>.Sender? = nil, access: AccessPolicy = AccessPolicy(),
    describe: @escaping @Sendable (SensorDescription?) -> TraceHeader? = { _ in nil },
    notifier: ServiceNotifier, isHurried: Bool, logger: Logger
  ) {
    self.eventLoop = eventLoop
    state = ServiceState(facts)
    self.control = control
    self.cutOffMotor = cutOffMotor
    self.buttonGestures = buttonGestures
    self.publications = publications
    outbox = CommandOutbox(commands)
    self.keeper = keeper
    self.history = history
    programme = ProgrammeKeeper(settings.configuration.programme)
    schedule = Schedule(keepsHours ? settings.configuration.cues : Configuration.Cues())
    self.settings = settings
    archive = Archive(settings.configuration.recording)
    breaks = BreakReminder(settings.configuration.breaks)
    self.readSettings = readSettings
    self.configure = configure
    self.keepsHours = keepsHours
    self.judgements = judgements
    self.access = access
    self.describe = describe
    self.calibrator = calibrator
    self.isHurried = isHurried
    feeder = WatchdogFeeder(notifier, logger)
    self.logger = logger
  }

  /// Records what is published from now on.
  func record(with make: @Sendable () throws -> Recorder?) throws { recorder = try make() }

  /// Begins to pump, until `close`. Calls `onEnd` once, when the source has ended and everything of it has been taken.
  package func start(isRealtime: Bool, onEnd: @escaping @Sendable () -> Void) {
    self.isRealtime = isRealtime
    self.onEnd = onEnd
    calibrator.announce(logger)
    keeper.announce(logger)
    tick()
  }

  /// Takes what is left and closes the record.
  package func close() {
    pump()
    endSession(.stopped)
    isClosed = true
    closeRecordings()
    history.close()
    feeder.stopping()
  }

  private func tick() {
    guard !isClosed else { return }
    pump()
    if let (client, message) = calibrator.expire(), let channel = clients[client]?.channel {
      send(JSONLine.encode(message), to: channel)
      if clients[client]?.hasFinished == true { finishedAsking(channel) }
    }
    guardMotor()
    for gesture in buttonGestures?(SystemClock().now(), logger) ?? [] { perform(gesture) }
    if !isHurried { schedule.tell(minute: WallClock.minuteOfDay()) { pass($0) } }
    for client in clients.keys {
      goOnSaving(to: client)
      goOnRecording(to: client)
      goOnTellingEvents(to: client)
    }
    resumeAfterCalibrator()
    if paced.isOverdue(at: SystemClock().now()) { endSession(.sensorLost) }
    feeder.feed(state, isOverdue: !isHurried && control.isOverdue(at: SystemClock().now()))
    let isLively =
      state.state == .starting || calibrator.client != nil || paced.session != nil
      || clients.values.contains { $0.watch != nil || $0.saving != nil || $0.events?.isInPresent == false }
    let period = isHurried ? Self.hurriedPeriod : isLively ? Self.livelyPeriod : Self.idlePeriod
    eventLoop.scheduleTask(in: period) { self.assumeIsolated { $0.tick() } }
  }

  func pump() {
    outbox.flush()
    settings.pass { judgement in judgements?.send(judgement) ?? true }
    while !mustWait, let publication = publications.receive() {
      let (before, fault) = (state.state, state.faultSinceSample)
      let events = state.take(publication, at: uptime)
      switch publication {
      case .frame(let frame):
        if frame.accelerometer == commandedAccelerometer { commandedAccelerometer = nil }
        keep(frame)
        remember(frame, isJudgedAnew: frame.judgement != judgement)
        if frame.judgement != judgement {
          judgement = frame.judgement
          record(frame, settings.decisive(judgement), after: fault?.name)
        } else {
          record(frame, nil, after: fault?.name)
        }
        sendTilt(at: frame.output.time.microseconds)
        sendSamples(samples?.append(frame))
        sendPose(calibrator.take(frame))
        goOnPacing(frame)
      case .sensorFault(let fault, let time):
        record(fault: fault.name, at: time)
        history.take(fault: fault.name, at: time)
      case .sensorState, .ended:
        sendTilt(at: nil)
        if !state.state.isSampling { sendPose(calibrator.lose()) }
      default: break
      }
      faultLog.note(publication, before, bus: state.facts.bus, logger)
      if case .sensorFound(let sensor) = publication {
        calibrator.found(sensor, logger)
        keeper.found(sensor, logger)
        blackBox.forget()
        endRecordings(.sensor)
      }
      for event in events { announce(event) }
      if case .ended = publication {
        endRecordings(.source)
        endSession(.sensorLost)
        onEnd?()
      }
    }
    sendSamples(samples?.take())
    flushRecordings()
    passPaced()
    history.upkeep(logger)
  }

  var uptime: Double { Double(SystemClock().now() - started) * 1e-6 }

  /// The second line of defence beside the motor's own: the sampling thread may hang with the motor on.
  private func guardMotor() {
    guard !isHurried, let since = control.motorIsOnSince, SystemClock().now() - since > Self.longestMotorOn else {
      hasCutOff = false
      return
    }
    if !hasCutOff {
      logger.error("motor: on for too long while the sampling thread hangs; switched off")
      _ = state.take(.motorCutOff, at: uptime)
    }
    hasCutOff = true
    cutOffMotor?()
  }

  var canCalibrate: Bool { state.state.isSampling || state.state == .starting }

  private func perform(_ gesture: ButtonGesture) {
    let now = state.last?.circumstances
    let request = ButtonRequest(
      gesture, isSilenced: now?.silence != nil, mode: now?.mode ?? .training, pause: state.facts.pause,
      window: state.facts.calibrationWindow)
    guard canCalibrate || !request.needsSensor else {
      return logger.warning("button: no calibration, the sensor is \(state.state.rawValue)")
    }
    guard pass(request.command) else { return logger.warning("button: too many commands at once") }
    logger.notice("button: \(request.text)")
  }

  /// Sends a command on its way; false where too many are under way already.
  func pass(_ command: Command) -> Bool {
    // Whoever asks for silence means it beyond a calibration too.
    if case .silence = command { isPausedForCalibrator = false }
    guard outbox.send(command) else { return false }
    if case .setMode(let mode) = command { isTrackingChosen = mode == .tracking }
    return true
  }

  /// A sensor that is turned about in the hand is worn by nobody.
  func pauseForCalibrator() {
    guard state.last?.circumstances.silence == nil else { return }
    isPausedForCalibrator = pass(.silence(.pause, for: SensorCalibrator.patience))
  }

  private func resumeAfterCalibrator() {
    guard isPausedForCalibrator, calibrator.client == nil, pass(.resume) else { return }
    isPausedForCalibrator = false
  }

  /// What of a sample is to last.
  private func keep(_ frame: Frame) {
    blackBox.take(frame)
    guard let sensor = state.description else { return }
    if let changed = frame.reference, changed.isAsked {
      if let reference = changed.reference {
        keeper.note(changed.name, reference, sensor: sensor, logger)
      } else {
        logger.warning("reference: \(changed.name.name) is impossible with the accelerometer's new calibration")
        keeper.forget(changed.name, sensor: sensor, logger)
      }
    }
    let now = frame.circumstances
    if case .setReference(let name, nil)? = frame.measurement.command { keeper.forget(name, sensor: sensor, logger) }
    if let earlier = reference, earlier != now.reference { keeper.use(now.reference, sensor: sensor, logger) }
    reference = now.reference
  }
}
