// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import NIOCore
import NIOPosix
import PostureFormats

/// The status socket: a Unix stream socket on one event loop.
package struct StatusServer: Sendable {
  /// More than a wearer has programs; each costs a descriptor and a queue.
  package static let mostClients = 80
  /// Descriptors of everything else: sensor, lines, files, the event loop's and the runtime's own.
  private static let otherDescriptors = 48
  /// Of them for whoever may change something: one who may only ask cannot lock the wearer out.
  static let reservedClients = 8
  /// Of one user who may only ask.
  static let mostClientsOfOne = 16
  /// Connections that may wait to be accepted.
  private static let backlog: Int32 = 16

  private let channel: any Channel
  /// The file to be removed; nil where it is another's.
  private let path: String?

  /// Sees to it that so many clients have a descriptor each: without one a client would wait unheard.
  static func makeRoom(_ logger: Logger) {
    let wanted = mostClients + otherDescriptors
    do throws(SystemError) {
      let limit = try DescriptorLimit.raise(to: wanted)
      guard limit < wanted else { return }
      logger.warning("found a limit of \(limit) descriptors, expected \(wanted): not all of \(mostClients) clients fit")
    } catch { logger.warning("\(error.message)") }
  }

  /// Listens on a socket that a service manager has made, and whose file stays its own.
  package static func listen(onDescriptor descriptor: Int32, hub: Hub) async throws -> StatusServer {
    do {
      return StatusServer(channel: try await bootstrap(hub).withBoundSocket(descriptor).get(), path: nil)
    } catch {
      throw ProgramError(.unavailable, "the service manager's socket cannot be used: \(error)")
    }
  }

  /// Listens on the path of the settings.
  ///
  /// The socket is made under another name, given its group and mode, and only then renamed: at no moment can somebody
  /// reach it whom it does not admit. The process's umask must let nobody else in meanwhile. A dead socket is replaced,
  /// a live one or any other file is not.
  package static func listen(_ settings: Configuration.Socket, hub: Hub) async throws -> StatusServer {
    let provisional = settings.path + "~"
    for path in [settings.path, provisional] { try refuseToReplace(path) }
    let channel: any Channel
    do {
      channel = try await bootstrap(hub).bind(unixDomainSocketPath: provisional).get()
    } catch {
      let reason = (error as? IOError).map { SystemError.text(of: $0.errnoCode) } ?? "\(error)"
      throw ProgramError(.cannotCreate, "socket.path: cannot listen on \(settings.path): \(reason)")
    }
    do {
      try admit(settings, to: provisional)
      try FileAttributes.rename(provisional, to: settings.path)
    } catch {
      // What is closed or gone already needs nothing more.
      do { try await channel.close() } catch {}
      do { try FileAttributes.remove(provisional) } catch {}
      if let error = error as? ProgramError { throw error }
      throw ProgramError(.cannotCreate, "socket.path: \(error)")
    }
    return StatusServer(channel: channel, path: settings.path)
  }

  private static func bootstrap(_ hub: Hub) -> ServerBootstrap {
    ServerBootstrap(group: hub.eventLoop)
      .serverChannelOption(.backlog, value: backlog)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      // One client's lines are answered within a turn of the loop: so few that nobody can keep the hub from its own work.
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Request.longest))
      .childChannelOption(
        .writeBufferWaterMark, value: .init(low: Hub.longestQueue / 2, high: Hub.longestQueue)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ClientHandler(hub))
        }
      }
  }

  /// Stops listening and removes the socket, where it is its own.
  package func close() async {
    // What is gone or closed already needs nothing more.
    if let path { do { try FileAttributes.remove(path) } catch {} }
    do { try await channel.close() } catch {}
  }

  private static func admit(_ settings: Configuration.Socket, to path: String) throws {
    if let group = settings.group {
      guard let identifier = try SystemGroups.identifier(of: group) else {
        throw ProgramError(.badConfiguration, "socket.group: there is no group \(InputError.quote(group))")
      }
      try FileAttributes.setGroup(identifier, of: path)
    }
    try FileAttributes.setMode(settings.mode, of: path)
  }

  private static func refuseToReplace(_ path: String) throws {
    do {
      switch try UnixSocketPath.probe(path) {
      case .absent: break
      case .dead: try FileAttributes.remove(path)
      case .alive: throw ProgramError(.unavailable, "socket.path: another postured answers on \(path)")
      case .notASocket: throw ProgramError(.badConfiguration, "socket.path: \(path) exists and is no socket")
      }
    } catch let error as SystemError {
      throw ProgramError(.cannotCreate, "socket.path: \(error.message)")
    }
  }
}

/// One client: gathers its bytes into lines for the hub.
private final class ClientHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let hub: Hub
  private var line: [UInt8] = []
  private var isRefused = false

  init(_ hub: Hub) { self.hub = hub }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    let peer = Self.peer(of: channel)
    let isAdmitted = hub.assumeIsolated { $0.connected(channel, peer: peer) }
    if !isAdmitted { refuse("too many clients: at most \(StatusServer.mostClients)", context) }
  }

  /// Nil where it is not known: it may ask then, and change nothing.
  private static func peer(of channel: any Channel) -> PeerCredentials? {
    // Unsafe by its name's word: the descriptor is lent, and only asked about its other end.
    do {
      return try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
        try PeerCredentials(ofSocket: $0)
      }
    } catch { return nil }
  }

  func channelInactive(context: ChannelHandlerContext) {
    let channel = context.channel
    hub.assumeIsolated { $0.disconnected(channel) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let channel = context.channel
    for byte in unwrapInboundIn(data).readableBytesView where !isRefused && channel.isActive {
      if byte == UInt8(ascii: "\n") {
        let request = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        hub.assumeIsolated { $0.answer(request, from: channel) }
      } else if line.count == Request.longest {
        refuse("request: found more than \(Request.longest) bytes, expected at most so many on a line", context)
      } else {
        line.append(byte)
      }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case ChannelEvent.inputClosed? = event as? ChannelEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    guard !isRefused else { return }
    if !line.isEmpty {
      refuse("request: found the end of the stream within a line, expected a newline", context)
    } else {
      let channel = context.channel
      hub.assumeIsolated { $0.finishedAsking(channel) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A client that went away: nobody is left to tell.
    context.close(promise: nil)
  }

  /// Says why, and closes.
  private func refuse(_ reason: String, _ context: ChannelHandlerContext) {
    isRefused = true
    let channel = context.channel
    channel.writeAndFlush(ByteBuffer(string: JSONLine.encode(ErrorMessage(reason)) + "\n"), promise: nil)
    channel.closeAfterWriting()
  }
}

extension Channel {
  /// Whether fewer bytes wait to be written: the rest of a queue is for what else is said to the client meanwhile.
  func hasRoom(below bytes: Int) -> Bool {
    do { return try (syncOptions?.getOption(.bufferedWritableBytes)).map { $0 < bytes } ?? isWritable } catch {
      // It is closed: nobody is left to tell.
      return false
    }
  }

  /// Closes once everything that waits has been written: `close` alone would drop it.
  func closeAfterWriting() {
    writeAndFlush(ByteBuffer()).whenComplete { _ in self.close(promise: nil) }
  }
}
