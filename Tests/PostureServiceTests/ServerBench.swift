// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import LinuxIO
import Logging
import NIOPosix
import PostureCore
import PostureFormats
import TestSupport
import Testing

@testable import PostureService

/// Hub and status server as the daemon has them, with the test in place of the sampling thread.
final class ServerBench {
  let directory = TemporaryDirectory()
  let control = SamplingControl()
  let log = LogLines()
  let hub: Hub
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private var publications: SampleChannel<Publication>.Sender
  private var commands: SampleChannel<Command>.Receiver
  private var judgements: SampleChannel<Judgement>.Receiver
  private var server: StatusServer?

  var path: String { directory.file("s") }

  init(
    notifier: ServiceNotifier? = nil, capacity: Int = 512, isHurried: Bool = true,
    cutOffMotor: (@Sendable () -> Void)? = nil, buttonGestures: sending ((Int64, Logger) -> [ButtonGesture])? = nil,
    calibrator: SensorCalibrator = SensorCalibrator(), keeper: ReferenceKeeper = ReferenceKeeper(),
    history: sending HistoryKeeper = HistoryKeeper(nil),
    describe: @escaping @Sendable (SensorDescription?) -> TraceHeader? = { _ in nil },
    settings: Settings = Settings(), readSettings: (@Sendable () throws -> Settings)? = nil,
    access: AccessPolicy = AccessPolicy()
  ) throws {
    var judgements = SampleChannel<Judgement>(capacity: 2, filler: Judgement(number: 0, parameters: .init()))
    self.judgements = judgements.takeReceiver()
    var publications = SampleChannel<Publication>(capacity: capacity, filler: .ended)
    var commands = SampleChannel<Command>(capacity: 8, filler: .calibrate)
    self.publications = publications.takeSender()
    self.commands = commands.takeReceiver()
    let silent = try ServiceNotifier(socket: nil, watchdogMicroseconds: nil, watchdogProcess: nil)
    hub = Hub(
      on: group.next(), facts: Recorded.facts, control: control, cutOffMotor: cutOffMotor,
      buttonGestures: buttonGestures, publications: publications.takeReceiver(), commands: commands.takeSender(),
      calibrator: calibrator, keeper: keeper, history: history, settings: try SettingsInForce(settings),
      readSettings: readSettings,
      keepsHours: true, judgements: judgements.takeSender(), access: access, describe: describe,
      notifier: notifier ?? silent,
      isHurried: isHurried, logger: log.logger)
  }

  /// Runs a body with a server that listens and a hub that pumps.
  static func run(
    calibrator: SensorCalibrator = SensorCalibrator(), keeper: ReferenceKeeper = ReferenceKeeper(),
    describe: @escaping @Sendable (SensorDescription?) -> TraceHeader? = { _ in nil },
    settings: Settings = Settings(), readSettings: (@Sendable () throws -> Settings)? = nil,
    access: AccessPolicy = AccessPolicy(), _ body: (ServerBench) async throws -> Void
  ) async throws {
    let bench = try ServerBench(
      calibrator: calibrator, keeper: keeper, describe: describe, settings: settings, readSettings: readSettings,
      access: access)
    try await bench.listen()
    await bench.hub.start(isRealtime: false) {}
    do { try await body(bench) } catch {
      await bench.close()
      throw error
    }
    await bench.close()
  }

  func listen(mode: UInt32 = 0o600, group: String? = nil) async throws {
    server = try await StatusServer.listen(socket(mode: mode, group: group), hub: hub)
  }

  func socket(mode: UInt32 = 0o600, group: String? = nil) -> Configuration.Socket {
    var socket = Configuration().socket
    socket.path = path
    socket.mode = mode
    socket.group = group
    return socket
  }

  func closeServer() async {
    await server?.close()
    server = nil
  }

  func close() async {
    await hub.close()
    await closeServer()
    do { try await group.shutdownGracefully() } catch { Issue.record("the event loop does not end: \(error)") }
  }

  /// Waits for room, at most a minute.
  func publish(_ publication: Publication) {
    let deadline = SystemClock().now() + 60_000_000
    while !publications.send(publication) {
      guard SystemClock().now() < deadline else {
        Issue.record("the hub takes nothing")
        return
      }
      usleep(200)
    }
  }

  /// The sensor has been found and gives samples.
  func publishRunning() {
    publish(.sensorFound(Recorded.found))
    publish(.sensorState(.running))
  }

  func publish(_ frames: some Sequence<Frame>) { for frame in frames { publish(.frame(frame)) } }

  func judgement() -> Judgement? { judgements.receive() }
  func command() -> Command? { commands.receive() }
  /// The next one that is no pause while a sensor is turned about.
  func commandBesideSilences() -> Command? {
    while let command = commands.receive() {
      switch command {
      case .silence, .resume: break
      default: return command
      }
    }
    return nil
  }
}
