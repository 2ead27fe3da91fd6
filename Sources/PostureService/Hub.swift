// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import Logging
import NIOCore
import PostureCore
import PostureFormats

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

  private var state: ServiceState
  private var faultLog = FaultLog()
  private let control: SamplingControl
  private let cutOffMotor: (@Sendable () -> Void)?
  private let buttonGestures: ((Int64, Logger) -> [ButtonGesture])?
  private var asked = ButtonRequest.Asked()
  private var hasCutOff = false
  private var publications: SampleChannel<Publication>.Receiver
  private var commands: SampleChannel<Command>.Sender
  /// One that found no room.
  private var unsentCommand: Command?
  /// What the samples are to be corrected by, until the first one that is.
  private var commandedAccelerometer: AccelerometerCalibration?
  private var calibrator: SensorCalibrator
  private var recorder: Recorder?
  private let feeder: WatchdogFeeder
  private let isHurried: Bool
  private let logger: Logger
  private let started = SystemClock().now()
  private var clients: [ObjectIdentifier: Client] = [:]
  private var isRealtime = false
  private var isClosed = false
  private var onEnd: (@Sendable () -> Void)?

  private struct Client {
    let channel: any Channel
    var watch: Watch?
  }

  private struct Watch {
    let interval: Int64
    var next: Int64
  }

  /// - Parameters:
  ///   - cutOffMotor: drives the motor off whatever the sampling thread does.
  ///   - buttonGestures: those since the last call, at a time in microseconds.
  ///   - calibrator: keeps the accelerometer's calibration.
  package init(
    on eventLoop: any EventLoop, facts: ServiceState.Facts, control: SamplingControl,
    cutOffMotor: (@Sendable () -> Void)? = nil, buttonGestures: sending ((Int64, Logger) -> [ButtonGesture])? = nil,
    publications: consuming SampleChannel<Publication>.Receiver, commands: consuming SampleChannel<Command>.Sender,
    calibrator: SensorCalibrator = SensorCalibrator(), notifier: ServiceNotifier, isHurried: Bool, logger: Logger
  ) {
    self.eventLoop = eventLoop
    state = ServiceState(facts)
    self.control = control
    self.cutOffMotor = cutOffMotor
    self.buttonGestures = buttonGestures
    self.publications = publications
    self.commands = commands
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
    tick()
  }

  /// Takes what is left and closes the record.
  package func close() {
    pump()
    isClosed = true
    recorder?.close(logger)
    feeder.stopping()
  }

  private func tick() {
    guard !isClosed else { return }
    pump()
    if let (client, message) = calibrator.expire(), let channel = clients[client]?.channel {
      send(JSONLine.encode(message), to: channel)
    }
    guardMotor()
    for gesture in buttonGestures?(SystemClock().now(), logger) ?? [] { perform(gesture) }
    feeder.feed(state, isOverdue: !isHurried && control.isOverdue(at: SystemClock().now()))
    let isLively =
      state.state == .starting || calibrator.client != nil || clients.values.contains { $0.watch != nil }
    let period = isHurried ? Self.hurriedPeriod : isLively ? Self.livelyPeriod : Self.idlePeriod
    eventLoop.scheduleTask(in: period) { self.assumeIsolated { $0.tick() } }
  }

  private func pump() {
    if let command = unsentCommand, commands.send(command) { unsentCommand = nil }
    while let publication = publications.receive() {
      let (before, fault) = (state.state, state.faultSinceSample)
      let events = state.take(publication, at: uptime)
      switch publication {
      case .frame(let frame):
        if frame.accelerometer == commandedAccelerometer { commandedAccelerometer = nil }
        recorder?.append(
          frame.measurement, from: state.description, correctedBy: frame.accelerometer, lostSoFar: frame.lost,
          reason: fault?.name ?? "late")
        sendTilt(at: frame.output.time.microseconds)
        sendPose(calibrator.take(frame))
      case .sensorFault(let fault, let time): recorder?.append(fault: fault.name, at: time)
      case .sensorState, .ended:
        sendTilt(at: nil)
        if !state.state.isSampling { sendPose(calibrator.lose()) }
      default: break
      }
      faultLog.note(publication, before, bus: state.facts.bus, logger)
      if case .sensorFound(let sensor) = publication { calibrator.found(sensor, logger) }
      for event in events { announce(event) }
      if case .ended = publication { onEnd?() }
    }
    recorder?.flushIfDue(logger)
  }

  private func announce(_ event: EventRecord) {
    logger.info("\(event.text)")
    let line = JSONLine.encode(event)
    for client in clients.values where client.watch != nil { send(line, to: client.channel) }
  }

  /// To the watchers whose turn it is at a sample's time, or to all.
  private func sendTilt(at time: Int64?) {
    var line: String?
    for (key, client) in clients {
      guard let watch = client.watch, time.map({ $0 >= watch.next }) ?? true else { continue }
      let text = line ?? JSONLine.encode(state.tilt)
      line = text
      send(text, to: client.channel)
      guard let time else { continue }
      // On the beat, so that the rate is kept on average; a beat that was missed is not made up for.
      let beat = watch.next &+ watch.interval
      clients[key]?.watch?.next = beat > time ? beat : time + watch.interval
    }
  }

  private func sendPose(_ pose: PoseMessage?) {
    guard let pose, let client = calibrator.client.flatMap({ clients[$0] }) else { return }
    send(JSONLine.encode(pose), to: client.channel)
  }

  private var uptime: Double { Double(SystemClock().now() - started) * 1e-6 }

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

  private var canCalibrate: Bool { state.state.isSampling || state.state == .starting }

  private func perform(_ gesture: ButtonGesture) {
    let now = SystemClock().now()
    // What the button itself has asked for: the frames do not say yet what is in force.
    let (isSilenced, mode) = (asked.isSilenced(at: now), asked.mode)
    let request = ButtonRequest(gesture, isSilenced: isSilenced, mode: mode, window: state.facts.calibrationWindow)
    guard canCalibrate || !request.needsSensor else {
      return logger.warning("button: no calibration, the sensor is \(state.state.rawValue)")
    }
    guard commands.send(request.command) else { return logger.warning("button: too many commands at once") }
    asked.note(request.command, at: now)
    logger.notice("button: \(request.text)")
  }

  func connected(_ channel: any Channel) -> Bool {
    guard clients.count < StatusServer.mostClients else {
      logger.warning("a client was turned away: there are \(clients.count) already")
      return false
    }
    clients[ObjectIdentifier(channel)] = Client(channel: channel)
    send(JSONLine.encode(VersionMessage()), to: channel)
    return true
  }

  func disconnected(_ channel: any Channel) {
    calibrator.end(for: ObjectIdentifier(channel))
    clients[ObjectIdentifier(channel)] = nil
  }

  /// A client has closed its sending side. Whoever watches goes on; the rest have had their answers.
  func finishedAsking(_ channel: any Channel) {
    let client = ObjectIdentifier(channel)
    if clients[client]?.watch == nil && calibrator.client != client { channel.closeAfterWriting() }
  }

  func answer(_ line: String, from channel: any Channel) {
    switch Request.parse(line) {
    case .failure(let error): send(JSONLine.encode(ErrorMessage(error.description)), to: channel)
    case .success(let request): answer(request, from: channel)
    }
  }

  private func answer(_ request: Request, from channel: any Channel) {
    pump()
    switch request {
    case .version: send(JSONLine.encode(VersionMessage()), to: channel)
    case .status:
      var status = state.status(
        uptime: uptime, lost: control.lost, isRealtime: isRealtime, clients: clients.count)
      calibrator.complete(&status, accelerometer)
      send(JSONLine.encode(status), to: channel)
    case .why(let number): send(JSONLine.encode(state.why(number)), to: channel)
    case .calibrate(let name, let isBending):
      ask(
        .takeReference(name, isBending: isBending), for: "calibrate", from: channel,
        answer: CalibrateMessage(window_s: state.facts.calibrationWindow.seconds))
    case .useReference(let name): ask(.useReference(name), for: "use-reference", from: channel)
    case .keepReference: ask(.keepReference, for: "keep-reference", from: channel)
    case .forgetReference(let name): ask(.setReference(name, nil), for: "forget-reference", from: channel)
    case .silence(let silence, let seconds):
      let length = seconds.map { Interval.seconds($0) } ?? state.facts.length(of: silence)
      ask(
        .silence(silence, for: length), for: silence.name, from: channel,
        answer: DoneMessage(request: silence.name, for_s: length.seconds))
    case .resume: ask(.resume, for: "resume", from: channel)
    case .mode(let mode): ask(.setMode(mode), for: "mode", from: channel)
    case .save: send(JSONLine.encode(ErrorMessage("save: nothing is kept")), to: channel)
    case .watch(let rate):
      clients[ObjectIdentifier(channel)]?.watch = Watch(interval: Int64(1e6 / rate), next: .min / 2)
      send(JSONLine.encode(WatchMessage(rate_hz: rate, limits: state.facts.detector.limits)), to: channel)
    case .calibrateSensor, .applySensorCalibration, .clearSensorCalibration, .sensorCalibration:
      do throws(SensorCalibrator.Refusal) {
        send(try answerOfCalibrator(to: request, from: ObjectIdentifier(channel)), to: channel)
      } catch { send(JSONLine.encode(ErrorMessage(error.text)), to: channel) }
    }
  }

  /// Passes a command on, and says that it is under way; what comes of it, an event says.
  private func ask(
    _ command: Command, for request: String, from channel: any Channel, answer: (some Message)? = nil as DoneMessage?
  ) {
    guard canCalibrate else {
      return send(JSONLine.encode(ErrorMessage("\(request): the sensor is \(state.state.rawValue)")), to: channel)
    }
    guard commands.send(command) else {
      return send(JSONLine.encode(ErrorMessage("request: too many commands at once")), to: channel)
    }
    send(answer.map { JSONLine.encode($0) } ?? JSONLine.encode(DoneMessage(request: request)), to: channel)
  }

  private var accelerometer: AccelerometerCalibration { commandedAccelerometer ?? state.accelerometer }

  private func answerOfCalibrator(
    to request: Request, from client: ObjectIdentifier
  ) throws(SensorCalibrator.Refusal) -> String {
    var wasCleared: Bool?
    switch request {
    case .calibrateSensor: return JSONLine.encode(try calibrator.begin(for: client, state))
    case .applySensorCalibration: command(try calibrator.apply(for: client, logger))
    case .clearSensorCalibration:
      let wasKept = try calibrator.clear(state, logger)
      wasCleared = wasKept || accelerometer != .identity
      if wasCleared == true { command(.identity) }
    default: break
    }
    var message = calibrator.message(accelerometer)
    message.was_cleared = wasCleared
    return JSONLine.encode(message)
  }

  /// In force with the next sample; where there is no room for it now, there is soon.
  private func command(_ calibration: AccelerometerCalibration) {
    commandedAccelerometer = calibration
    let command = Command.calibrateAccelerometer(calibration)
    unsentCommand = commands.send(command) ? nil : command
  }

  func send(_ line: String, to channel: any Channel) {
    // Not writable: more than `longestQueue` waits already, and the client does not read it.
    guard channel.isWritable else {
      if channel.isActive { logger.warning("a client was dropped: it does not read") }
      channel.close(promise: nil)
      return
    }
    channel.writeAndFlush(ByteBuffer(string: line + "\n"), promise: nil)
  }
}
