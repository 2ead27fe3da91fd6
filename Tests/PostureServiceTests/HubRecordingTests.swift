// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import LinuxIO
import NIOPosix
import PostureCore
import PostureFormats
import PostureSimulation
import TestSupport
import Testing

@testable import PostureService

/// Recordings as the hub makes them.
struct HubRecordingTests {
  private let directory = TemporaryDirectory()
  private let log = LogLines()
  private var path: String { directory.file("t.trace") }

  /// Lets a hub take what a loop has published, and record it.
  private func record(_ loop: LoopBench, _ body: () -> Void = {}) async throws -> [Substring] {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let hub = try loop.service.makeHub(on: group, log)
    let path = path
    try await hub.record { try Recorder(path: path) { _ in RecorderTests.header } }
    // It takes what there is, once at its start and once at its end.
    await hub.start(isRealtime: false) {}
    body()
    await hub.close()
    try await group.shutdownGracefully()
    return try contents(of: path).split(separator: "\n")
  }

  /// A loss is marked where the samples are missing, not where the service side learns of it.
  @Test func aLossIsMarkedWhereTheSamplesAreMissing() async throws {
    let loop = LoopBench(.upright, capacity: 16)
    let end = loop.clock.now() + 1_000_000
    while loop.clock.now() < end { _ = loop.turn() }
    let lost = loop.service.control.lost
    #expect(lost > 50)
    let rows = try await record(loop) { for _ in 0..<4 { _ = loop.turn() } }
      .drop { !$0.hasPrefix("time_us") }.dropFirst()
    // The sensor and its state have come too.
    #expect(rows.count == 14 + 4 + 1)
    let mark = try #require(rows.firstIndex { $0.hasPrefix("#!") })
    #expect(rows[mark].hasSuffix(" lost \(lost) dropped"))
    #expect(mark - rows.startIndex == 14)
  }

  @Test func whatNobodyCameForInTimeIsLate() async throws {
    let loop = LoopBench(.upright, capacity: 1024)
    while loop.clock.now() < LoopBench.start + 1_000_000 { _ = loop.turn() }
    loop.clock.sleep(until: loop.clock.now() + 32_000)
    while loop.clock.now() < LoopBench.start + 2_000_000 { _ = loop.turn() }
    let remarks = try await record(loop).filter { $0.hasPrefix("#!") }
    #expect(remarks.map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") } == ["lost 4 late"])
  }

  /// Everything that befalls a sensor: the file says what and when, and its replay decides what the run decided.
  @Test(arguments: [settings, batched])
  func whatBefellTheSensorIsWrittenAndTheReplayDecidesTheSame(settings: SensorSettings) async throws {
    let faults: [SimulatedFault] = [
      .noAnswer(from: at(22), to: at(22.5)), .brownOut(at: at(24)), .noAnswer(from: at(40), to: at(43)),
      .busFault(from: at(60), to: at(60.03)),
    ]
    let loop = LoopBench(.slowSlouch, faults: faults, capacity: 16_384, settings: settings)
    let end = loop.clock.now() + Scenario.slowSlouch.duration.microseconds
    while loop.clock.now() < end { _ = loop.turn() }
    #expect(loop.service.control.lost == 0)
    let lines = try await record(loop)
    let remarks = lines.filter { $0.hasPrefix("#!") }.map { $0.split(separator: " ") }

    let said = Set(remarks.filter { $0[2] == "fault" }.map { $0[3] })
    #expect(said.isSuperset(of: ["no-acknowledge", "bus-fault"]) && said.contains { $0.hasPrefix("configuration") })
    let losses = remarks.filter { $0[2] == "lost" }
    // Each fault that lost the sensor left a hole, with its own reason.
    #expect(losses.count >= 3 && losses.allSatisfy { $0.count == 5 && Int($0[3]).map { $0 > 0 } == true })
    #expect(losses[0][4] == "no-acknowledge" && losses.contains { $0[4].hasPrefix("configuration") })
    // Remarks stand in the order of time, but for samples that were read after a fault and taken before it.
    let times = remarks.compactMap { Int64($0[1]) }
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 > $0 - 100_000 })

    var options = Replay.Options()
    options.parameters = .holding
    var replay = Replay(source: "t", options)
    let bytes = Array(try contents(of: path).utf8)
    try replay.read(bytes.span)
    try replay.finish()
    let replayed = String(decoding: replay.events, as: UTF8.self).split(separator: "\n")
    let announced = log.lines.filter { $0.hasPrefix("info: ") }.map { $0.dropFirst("info: ".count) }
    #expect(announced.count > 4 && announced.contains { $0.contains(" deviated ") })
    func words(_ line: Substring) -> Substring { line.drop { $0 != " " } }
    func time(_ line: Substring) -> Int64? { Int64(line.prefix { $0 != " " }) }
    #expect(replayed.map(words) == announced.map(words))
    let shift = try #require(announced.first.flatMap(time)) - (try #require(replayed.first.flatMap(time)))
    #expect(replayed.compactMap(time).map { $0 + shift } == announced.compactMap(time))
  }
}
