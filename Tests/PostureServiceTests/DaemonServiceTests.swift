// SPDX-License-Identifier: MIT
import LinuxIO
import PostureCore
import PostureSimulation
import Synchronization
import Testing

@testable import PostureService

struct DaemonServiceTests {
  private struct NoThread: Error {}

  /// A thread that plays a trace of so many samples on virtual time and ends.
  private static func playing(_ count: Int, _ link: Handover<SamplingLink>) throws -> SamplingThread {
    let thread = Handover(
      try RealtimeThread(name: "sampling", priority: nil) {
        let clock = VirtualClock()
        var loop = SamplingLoop<TraceSource, SimulatedPin<VirtualClock>, VirtualClock>(
          source: TraceSource(Recorded.frames.prefix(count).map(\.measurement)), motor: nil, clock: clock,
          pipeline: .holding, link: link.take())
        loop.run()
      })
    return SamplingThread(whyOrdinary: "a test") { thread.take().join() }
  }

  @Test func itRunsFromStartToEnd() async throws {
    let bench = try ServerBench()
    var publications = SampleChannel<Publication>(capacity: 512, filler: .ended)
    var commands = SampleChannel<Command>(capacity: 8, filler: .calibrate)
    let log = LogLines()
    let control = SamplingControl()
    let notifier = try ServiceNotifier(socket: nil, watchdogMicroseconds: nil, watchdogProcess: nil)
    let hub = Hub(
      on: bench.hub.eventLoop, facts: Recorded.facts, control: control, publications: publications.takeReceiver(),
      commands: commands.takeSender(), settings: try SettingsInForce(), notifier: notifier, isHurried: true,
      logger: log.logger)
    let link = Handover(
      SamplingLink(
        control: control, overflow: .drop, publications: publications.takeSender(), commands: commands.takeReceiver()))
    let path = bench.path
    let service = DaemonService(hub: hub, socket: bench.socket(), control: control, logger: log.logger) {
      // The socket is there before the first sample is.
      #expect(attributes(of: path).st_size == 0)
      return try Self.playing(300, link)
    }
    try await service.run()
    #expect(bench.directory.names == [])
    let lines = log.lines
    #expect(lines.count == 5)
    #expect(
      lines.prefix(2) == ["notice: listening on \(path)", "notice: sampling without real-time scheduling: a test"])
    #expect(lines.dropFirst(2).first == "notice: sampling" && lines.last == "notice: ended, motor off")
    await bench.close()
  }

  @Test func aThreadThatCannotStartEndsItAndTheSocket() async throws {
    let bench = try ServerBench()
    let service = DaemonService(
      hub: bench.hub, socket: bench.socket(), control: bench.control, logger: bench.log.logger
    ) {
      throw NoThread()
    }
    await #expect(throws: NoThread.self) { try await service.run() }
    #expect(bench.directory.names == [])
    await bench.close()
  }

  @Test func aSocketThatIsTakenStartsNoThread() async throws {
    let bench = try ServerBench()
    try await bench.listen()
    let hasStarted = Atomic<Bool>(false)
    let service = DaemonService(
      hub: bench.hub, socket: bench.socket(), control: bench.control, logger: bench.log.logger
    ) {
      hasStarted.store(true, ordering: .relaxed)
      throw NoThread()
    }
    await #expect(throws: (any Error).self) { try await service.run() }
    let didStart = hasStarted.load(ordering: .relaxed)
    #expect(!didStart)
    await bench.close()
  }
}
