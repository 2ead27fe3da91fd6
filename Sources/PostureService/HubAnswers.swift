// SPDX-License-Identifier: MIT
import Logging
import NIOCore
import PostureCore
import PostureFormats
import PosturePacing

/// The hub's answers to its clients.
extension Hub {
  func answer(_ line: String, from channel: any Channel) {
    switch Request.parse(line) {
    case .failure(let error): send(JSONLine.encode(ErrorMessage(error.description)), to: channel)
    case .success(let request): answer(request, from: channel)
    }
  }

  private func answer(_ request: Request, from channel: any Channel) {
    pump()
    if let refusal = access.refusal(of: request, from: clients[ObjectIdentifier(channel)]?.peer) {
      return send(JSONLine.encode(refusal), to: channel)
    }
    switch request {
    case .version: send(JSONLine.encode(VersionMessage()), to: channel)
    case .status: send(JSONLine.encode(status), to: channel)
    case .metrics:
      let text = status.metrics(states: ServiceState.SourceState.allCases.map(\.rawValue), events: events.newest)
      send(JSONLine.encode(MetricsMessage(text: text)), to: channel)
    case .settings: send(JSONLine.encode(settings.message), to: channel)
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
    case .mark(let word, let seconds): mark(word, seconds, for: channel)
    case .save where clients[ObjectIdentifier(channel)]?.saving != nil:
      send(JSONLine.encode(ErrorMessage("save: the trace before is still on its way")), to: channel)
    case .save where clients.values.count { $0.saving != nil } >= Saving.most:
      send(
        JSONLine.encode(ErrorMessage("save: \(Saving.most) clients are being given a trace: ask again soon")),
        to: channel)
    case .save(let seconds):
      if !save(lastSeconds: seconds, to: ObjectIdentifier(channel)) {
        send(
          JSONLine.encode(ErrorMessage("save: found no samples of a chip, expected a sensor that gives some")),
          to: channel)
      }
    case .record where clients[ObjectIdentifier(channel)]?.recording != nil:
      send(JSONLine.encode(ErrorMessage("record: this client is recording already")), to: channel)
    case .record where recordingClients.count >= ClientRecording.most:
      send(JSONLine.encode(ErrorMessage("record: \(ClientRecording.most) clients are recording already")), to: channel)
    case .record(let seconds):
      if !record(for: seconds, to: ObjectIdentifier(channel)) {
        send(
          JSONLine.encode(ErrorMessage("record: found no samples of a chip, expected a sensor that gives some")),
          to: channel)
      }
    case .programme: send(JSONLine.encode(programme.message(hasHistory: history.isKept)), to: channel)
    case .forget(let forgotten): forget(forgotten, for: channel)
    case .watch(let rate, let fields, let events): watch(channel, rate: rate, fields: fields, events: events)
    case .events(let number, let isFollowing): tellEvents(to: channel, after: number, isFollowing: isFollowing)
    case .samples: streamSamples(to: channel)
    case .sessionSteps(let steps): add(steps, for: channel)
    case .session(let title): beginSession(title, for: channel)
    case .stopSession: stopSession(for: channel)
    case .sessionStatus(let isFollowing): tellSession(to: channel, isFollowing: isFollowing)
    case .stop: stopStreams(to: channel)
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
    guard pass(command) else {
      return send(JSONLine.encode(ErrorMessage("request: too many commands at once")), to: channel)
    }
    send(answer.map { JSONLine.encode($0) } ?? JSONLine.encode(DoneMessage(request: request)), to: channel)
  }

  /// Into what is recorded: nothing else of it is kept.
  private func mark(_ word: LabelWord, _ seconds: Double?, for channel: any Channel) {
    guard let time = state.last?.output.time else {
      return send(
        JSONLine.encode(ErrorMessage("mark: found no samples, expected a sensor that gives some")), to: channel)
    }
    let mark = TraceMark(word, length: seconds.map { .seconds($0) }, at: time)
    guard blackBox.take(mark) else {
      let message = "mark: found \(BlackBox.mostMarks) within a minute, expected fewer"
      return send(JSONLine.encode(ErrorMessage(message)), to: channel)
    }
    record(mark)
    send(JSONLine.encode(DoneMessage(request: "mark")), to: channel)
  }

  private var status: StatusMessage {
    var status = state.status(uptime: uptime, lost: control.lost, isRealtime: isRealtime, clients: clients.count)
    calibrator.complete(&status, accelerometer)
    status.history_fault = history.fault
    status.session = paced.session?.plan.title
    status.sitting_s = suggestsBreaks ? breaks.sitting.seconds.rounded(places: 0) : nil
    return status
  }

  private var accelerometer: AccelerometerCalibration { commandedAccelerometer ?? state.accelerometer }

  private func answerOfCalibrator(
    to request: Request, from client: ObjectIdentifier
  ) throws(SensorCalibrator.Refusal) -> String {
    var wasCleared: Bool?
    switch request {
    case .calibrateSensor:
      let message = try calibrator.begin(for: client, state)
      // Turned about in the hand, nobody wears it.
      pauseForCalibrator()
      return JSONLine.encode(message)
    case .applySensorCalibration:
      try requireRoom(for: request)
      command(try calibrator.apply(for: client, logger))
    case .clearSensorCalibration:
      try requireRoom(for: request)
      let wasKept = try calibrator.clear(state, logger)
      wasCleared = wasKept || accelerometer != .identity
      if wasCleared == true { command(.identity) }
    default: break
    }
    var message = calibrator.message(accelerometer)
    message.was_cleared = wasCleared
    return JSONLine.encode(message)
  }

  /// Before anything is stored: what is answered is to be so.
  private func requireRoom(for request: Request) throws(SensorCalibrator.Refusal) {
    guard outbox.hasRoom else { throw SensorCalibrator.Refusal(text: "\(request.word): too many commands at once") }
  }

  /// In force with the next sample.
  private func command(_ calibration: AccelerometerCalibration) {
    // There is room: it was looked for before anything was stored.
    if pass(.calibrateAccelerometer(calibration)) { commandedAccelerometer = calibration }
  }
}
