// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import PostureFormats
import ServiceLifecycle

/// The daemon as one service: socket, hub and sampling thread, from start to end.
package struct DaemonService: Service {
  private let hub: Hub
  private let socket: Configuration.Socket
  /// The service manager's socket, in place of one of its own.
  private let activation: Int32?
  private let control: SamplingControl
  private let logger: Logger
  /// Makes the record, once everything else that may refuse to start has not.
  private let makeRecorder: @Sendable () throws -> Recorder?
  /// Starts the sampling thread.
  private let startSampling: @Sendable () throws -> SamplingThread

  package init(
    hub: Hub, socket: Configuration.Socket, activation: Int32? = nil, control: SamplingControl, logger: Logger,
    makeRecorder: @escaping @Sendable () throws -> Recorder? = { nil },
    startSampling: @escaping @Sendable () throws -> SamplingThread
  ) {
    self.hub = hub
    self.socket = socket
    self.activation = activation
    self.control = control
    self.logger = logger
    self.makeRecorder = makeRecorder
    self.startSampling = startSampling
  }

  /// Returns when the source has ended, or after a request to shut down; the motor is off then.
  package func run() async throws {
    StatusServer.makeRoom(logger)
    let server: StatusServer
    if let activation {
      server = try await StatusServer.listen(onDescriptor: activation, hub: hub)
      if socket.group != nil || socket.mode != Configuration().socket.mode {
        logger.warning("socket.group and socket.mode mean nothing to the service manager's socket: see its unit")
      }
      logger.notice("listening on the service manager's socket")
    } else {
      server = try await StatusServer.listen(socket, hub: hub)
      logger.notice("listening on \(socket.path)")
    }
    let thread: SamplingThread
    do {
      try await hub.record(with: makeRecorder)
      thread = try startSampling()
    } catch {
      await server.close()
      throw error
    }
    if let reason = thread.whyOrdinary { logger.notice("sampling without real-time scheduling: \(reason)") }
    let (ends, end) = AsyncStream<Void>.makeStream()
    await hub.start(isRealtime: thread.whyOrdinary == nil) { end.finish() }
    await withGracefulShutdownHandler {
      for await _ in ends {}
    } onGracefulShutdown: {
      control.stop()
      end.finish()
    }
    control.stop()
    thread.join()
    await hub.close()
    await server.close()
    logger.notice("ended, motor off")
  }
}

/// The sampling thread while it runs.
package final class SamplingThread: Sendable {
  /// Why it has no real-time scheduling; nil where it has.
  package let whyOrdinary: String?
  private let wait: @Sendable () -> Void

  package init(whyOrdinary: String?, join: @escaping @Sendable () -> Void) {
    self.whyOrdinary = whyOrdinary
    wait = join
  }

  /// Returns when the thread has ended.
  package func join() { wait() }
}
