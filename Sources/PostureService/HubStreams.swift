// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import Logging
import NIOCore
import PostureCore
import PostureFormats

/// What the hub tells its clients without being asked anew: tilts, events and samples.
extension Hub {
  struct Watch {
    let interval: Int64
    var next: Int64
    /// Members of its tilt messages; all where there are none chosen.
    let fields: Set<TiltMessage.Field>?
    let hasEvents: Bool
  }

  func watch(_ channel: any Channel, rate: Double, fields: Set<TiltMessage.Field>?, events: Bool) {
    clients[ObjectIdentifier(channel)]?.watch = Watch(
      interval: Int64(1e6 / rate), next: .min / 2, fields: fields, hasEvents: events)
    var message = WatchMessage(rate_hz: rate, limits: state.facts.detector.limits)
    message.fields = fields.map { chosen in TiltMessage.Field.allCases.filter(chosen.contains).map(\.rawValue) }
    message.events = events ? nil : false
    send(JSONLine.encode(message), to: channel)
  }

  /// To the watchers whose turn it is at a sample's time, or to all.
  func sendTilt(at time: Int64?) {
    var lines: [Set<TiltMessage.Field>?: String] = [:]
    // The sample that is nearest to the beat: one that comes a little early is not to wait for the next.
    let early = (state.description?.period.microseconds ?? 0) / 2
    for (key, client) in clients {
      guard let watch = client.watch, time.map({ $0 >= watch.next &- early }) ?? true else { continue }
      let line = lines[watch.fields] ?? tiltLine(watch.fields)
      lines[watch.fields] = line
      send(line, to: client.channel)
      guard let time else { continue }
      // On the beat, so that the rate is kept on average; a beat that was missed is not made up for.
      let beat = watch.next &+ watch.interval
      clients[key]?.watch?.next = beat > time ? beat : time + watch.interval
    }
  }

  private func tiltLine(_ fields: Set<TiltMessage.Field>?) -> String {
    var tilt = state.tilt
    if let fields { tilt.chosen = fields }
    return JSONLine.encode(tilt)
  }

  func announce(_ event: EventRecord) {
    logger.info("\(event.text)")
    let line = JSONLine.encode(events.append(event))
    for client in clients.values where client.watch?.hasEvents == true { send(line, to: client.channel) }
    for client in clients.keys { goOnTellingEvents(to: client) }
  }

  func tellEvents(to channel: any Channel, after number: UInt64, isFollowing: Bool) {
    let client = ObjectIdentifier(channel)
    guard clients[client]?.events?.isInPresent != false else {
      return send(JSONLine.encode(ErrorMessage("events: those before are still on their way")), to: channel)
    }
    clients[client]?.events = EventReading(
      after: number, isFollowing: isFollowing, events, at: SystemClock().now())
    goOnTellingEvents(to: client)
  }

  /// As many as the client takes; the rest waits in the log for the next tick.
  func goOnTellingEvents(to client: ObjectIdentifier) {
    guard let channel = clients[client]?.channel, clients[client]?.events != nil else { return }
    let now = SystemClock().now()
    while channel.hasRoom(below: Self.longestQueue / 2), let line = clients[client]?.events?.line(from: events, at: now)
    {
      channel.writeAndFlush(ByteBuffer(string: line + "\n"), promise: nil)
    }
    if clients[client]?.events?.isStuck(at: now) == true { drop(channel) }
    guard clients[client]?.events?.isOver == true else { return }
    clients[client]?.events = nil
    if clients[client]?.hasFinished == true { finishedAsking(channel) }
  }

  func streamSamples(to channel: any Channel) {
    // The clients before have had theirs by now: the hub has just pumped.
    if samples == nil { samples = SampleStream(lost: state.last?.lost ?? 0) }
    clients[ObjectIdentifier(channel)]?.takesSamples = true
    var message = SamplesMessage(sensor: state.sensor, rate_hz: state.rate)
    if let scale = describe(state.description)?.scale {
      message.lsb_per_g = scale.acceleration
      message.lsb_per_dps = scale.angularVelocity
    }
    send(JSONLine.encode(message), to: channel)
  }

  func sendSamples(_ batch: SampleBatchMessage?) {
    guard let batch else { return }
    let line = JSONLine.encode(batch)
    for client in clients.values where client.takesSamples { send(line, to: client.channel) }
  }

  /// Once nobody takes samples any more, none are gathered.
  func endSamplesOfNobody() {
    if !clients.values.contains(where: \.takesSamples) { samples = nil }
  }

  func stopStreams(to channel: any Channel) {
    let client = ObjectIdentifier(channel)
    clients[client]?.watch = nil
    clients[client]?.events = nil
    clients[client]?.takesSamples = false
    clients[client]?.followsSession = false
    endSamplesOfNobody()
    clients[client]?.recording?.finish(.request)
    send(JSONLine.encode(DoneMessage(request: "stop")), to: channel)
    goOnRecording(to: client)
  }

  func sendPose(_ pose: PoseMessage?) {
    guard let pose, let client = calibrator.client.flatMap({ clients[$0] }) else { return }
    send(JSONLine.encode(pose), to: client.channel)
  }
}
