// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import NIOCore
import PostureFormats
import PosturePacing

/// The hub's clients: how they come and go, and what is on its way to them.
extension Hub {
  struct Client {
    let channel: any Channel
    /// Nil where the kernel does not tell.
    let peer: PeerCredentials?
    var watch: Watch?
    /// Parts of a trace that it is still to be sent.
    var saving: Saving?
    /// What comes from when it asked on, as a trace.
    var recording: ClientRecording?
    /// Events that it is still to be told.
    var events: EventReading?
    var takesSamples = false
    /// Steps of a session that it is about to begin.
    var draft: [SessionStep] = []
    var followsSession = false
    /// Of what it has asked for, and what takes its time.
    var answersOwed = 0
    /// It asks no more.
    var hasFinished = false

    /// Something may still come for it.
    var isAwaiting: Bool {
      answersOwed > 0 || watch != nil || saving != nil || recording != nil || events != nil || takesSamples
        || followsSession
    }
  }

  /// Begins to send a client the trace of the last so many seconds; false where there is nothing.
  func save(lastSeconds: Double, to client: ObjectIdentifier) -> Bool {
    guard let header = describe(state.description) else { return false }
    let trace = blackBox.trace(lastSeconds: lastSeconds, header: header, settings: settings.decisive)
    guard trace.samples > 0 else { return false }
    clients[client]?.saving = Saving(trace, at: SystemClock().now())
    goOnSaving(to: client)
    return true
  }

  /// As much as the client takes; the rest waits for the next tick.
  func goOnSaving(to client: ObjectIdentifier) {
    guard let channel = clients[client]?.channel, clients[client]?.saving != nil else { return }
    let now = SystemClock().now()
    while channel.hasRoom(below: Self.longestQueue / 2), let message = clients[client]?.saving?.next(at: now) {
      channel.writeAndFlush(ByteBuffer(string: message + "\n"), promise: nil)
    }
    if clients[client]?.saving?.isStuck(at: now) == true { drop(channel) }
    guard clients[client]?.saving?.isOver == true else { return }
    clients[client]?.saving = nil
    if clients[client]?.hasFinished == true { finishedAsking(channel) }
  }

  private func hasRoom(for peer: PeerCredentials?) -> Bool {
    if access.mayChange(peer) { return clients.count < StatusServer.mostClients }
    let own = clients.values.count { $0.peer?.user == peer?.user && !access.mayChange($0.peer) }
    return own < StatusServer.mostClientsOfOne
      && clients.count < StatusServer.mostClients - StatusServer.reservedClients
  }

  /// - Parameter peer: who it is; nil where the kernel does not tell.
  func connected(_ channel: any Channel, peer: PeerCredentials?) -> Bool {
    guard hasRoom(for: peer) else {
      logger.warning("a client was turned away: there are \(clients.count) already")
      return false
    }
    clients[ObjectIdentifier(channel)] = Client(channel: channel, peer: peer)
    send(JSONLine.encode(VersionMessage()), to: channel)
    return true
  }

  func disconnected(_ channel: any Channel) {
    calibrator.end(for: ObjectIdentifier(channel))
    clients[ObjectIdentifier(channel)] = nil
    endSamplesOfNobody()
  }

  /// A client has closed its sending side. Whoever watches goes on; the rest have had their answers.
  func finishedAsking(_ channel: any Channel) {
    let client = ObjectIdentifier(channel)
    clients[client]?.hasFinished = true
    if clients[client]?.isAwaiting != true && calibrator.client != client { channel.closeAfterWriting() }
  }

  func send(_ line: String, to channel: any Channel) {
    // Not writable: more than `longestQueue` waits already, and the client does not read it.
    guard channel.isWritable else { return drop(channel) }
    channel.writeAndFlush(ByteBuffer(string: line + "\n"), promise: nil)
  }

  func drop(_ channel: any Channel) {
    if channel.isActive { logger.warning("a client was dropped: it does not read") }
    channel.close(promise: nil)
  }
}
