// SPDX-License-Identifier: MIT
import LinuxIO
import NIOCore
import PostureCore
import PostureFormats

/// What the hub records: into a file from its start on, and for clients from when they ask.
extension Hub {
  /// Begins to send a client the trace of what comes from now on; false where no chip gives samples.
  func record(for seconds: Double?, to client: ObjectIdentifier) -> Bool {
    guard var header = describe(state.description), let last = state.last else { return false }
    header.title = "Recorded from \(WallClock.date()) on"
    let opening = blackBox.trace(lastSeconds: 0, header: header, settings: settings.decisive)
    guard opening.samples > 0, let channel = clients[client]?.channel else { return false }
    send(JSONLine.encode(RecordMessage(sensor: state.sensor, rate_hz: state.rate)), to: channel)
    clients[client]?.recording = ClientRecording(
      opening: opening, for: seconds, judgedBy: settings.decisive(last.judgement), lostSoFar: last.lost,
      at: SystemClock().now())
    goOnRecording(to: client)
    return true
  }

  /// - Parameter settings: by which the sample is judged, where they are others than before.
  func record(_ frame: Frame, _ settings: [TraceSetting]?, after fault: String?) {
    let reason = fault ?? "late"
    if let settings { recorder?.judge(by: settings, at: frame.output.time) }
    recorder?.append(
      frame.measurement, from: state.description, correctedBy: frame.accelerometer, lostSoFar: frame.lost,
      reason: reason)
    for client in recordingClients { clients[client]?.recording?.take(frame, settings, reason: reason) }
    archive.take(frame, settings, judgedBy: self.settings.decisive(frame.judgement), reason: reason, logger) {
      guard var header = describe(state.description) else { return nil }
      header.title = "Recorded from \(WallClock.date()) on"
      return Archive.Beginning(
        opening: blackBox.trace(lastSeconds: 0, header: header, settings: self.settings.decisive),
        header: state.samples == 1 ? header : nil)
    }
  }

  /// Writes what is due.
  func flushRecordings() {
    recorder?.flushIfDue(logger)
    archive.upkeep(logger)
  }

  func closeRecordings() {
    endRecordings(.daemon)
    recorder?.close(logger)
    archive.close(logger)
  }

  func record(fault name: String, at time: Timestamp) {
    recorder?.append(fault: name, at: time)
    archive.take(fault: name, at: time)
    for client in recordingClients { clients[client]?.recording?.take(fault: name, at: time) }
  }

  func record(_ mark: TraceMark) {
    recorder?.append(mark)
    archive.take(mark)
    for client in recordingClients { clients[client]?.recording?.take(mark) }
  }

  /// A trace is of one sensor.
  func endRecordings(_ ending: RecordedMessage.Ending) {
    for client in recordingClients {
      clients[client]?.recording?.finish(ending)
      goOnRecording(to: client)
    }
    if ending == .sensor { archive.close(logger) }
  }

  var recordingClients: [ObjectIdentifier] { clients.filter { $0.value.recording != nil }.map(\.key) }

  /// As much as the client takes; the rest waits for the next tick.
  func goOnRecording(to client: ObjectIdentifier) {
    guard let channel = clients[client]?.channel, clients[client]?.recording != nil else { return }
    let now = SystemClock().now()
    while channel.hasRoom(below: Self.longestQueue / 2), let message = clients[client]?.recording?.next(at: now) {
      channel.writeAndFlush(ByteBuffer(string: message + "\n"), promise: nil)
    }
    if clients[client]?.recording?.isStuck(at: now) == true { drop(channel) }
    guard clients[client]?.recording?.isOver == true else { return }
    clients[client]?.recording = nil
    if clients[client]?.hasFinished == true { finishedAsking(channel) }
  }
}
