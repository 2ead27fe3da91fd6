// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import LinuxIO
import NIOPosix
import PostureCore
import TestSupport
import Testing

@testable import PostureService

/// A datagram socket that stands in for systemd's.
private final class Manager {
  private let raw = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

  init(_ path: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafeBytes(of: address) {
      bind(raw, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    precondition(result == 0, "bind: \(SystemError.text(of: errno))")
  }

  deinit { close(raw) }

  /// What has arrived.
  func received() -> [String] {
    var messages: [String] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(raw, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      guard count >= 0 else { return messages }
      messages.append(String(decoding: buffer[..<count], as: UTF8.self))
    }
  }
}

struct WatchdogFeederTests {
  private let directory = TemporaryDirectory()
  private let log = LogLines()
  private var path: String { directory.file("notify") }

  private func notifier(watchdog: Int? = nil) throws -> ServiceNotifier {
    try ServiceNotifier(
      socket: path, watchdogMicroseconds: watchdog.map { "\($0)" }, watchdogProcess: "\(getpid())")
  }

  private var running: ServiceState {
    var state = ServiceState(Recorded.facts)
    for publication in [.sensorFound(Recorded.found), .frame(Recorded.frames[0]), .sensorState(.running)]
      as [Publication]
    {
      _ = state.take(publication, at: 0)
    }
    return state
  }

  @Test func itIsReadyWithTheFirstSampleAndNotBefore() throws {
    let manager = Manager(path)
    let feeder = WatchdogFeeder(try notifier(), log.logger)
    var state = ServiceState(Recorded.facts)
    feeder.feed(state, isOverdue: false)
    #expect(manager.received() == ["STATUS=Starting, source simulated"])
    _ = state.take(.sensorFault(.noNewData, at: at(0)), at: 0)
    _ = state.take(.sensorState(.lost), at: 0)
    feeder.feed(state, isOverdue: false)
    #expect(manager.received() == ["STATUS=Sensor lost: the chip answers but has no new samples"])
    _ = state.take(.sensorFound(Recorded.found), at: 0)
    feeder.feed(state, isOverdue: false)
    #expect(manager.received() == [])
    _ = state.take(.frame(Recorded.frames[0]), at: 0)
    _ = state.take(.sensorState(.running), at: 0)
    feeder.feed(state, isOverdue: false)
    #expect(manager.received() == ["READY=1\nSTATUS=Sampling MPU-6050, source simulated"])
    _ = state.take(.frame(Recorded.frames[1]), at: 0)
    feeder.feed(state, isOverdue: false)
    #expect(manager.received() == [])
  }

  @Test func theStatusIsToldWhenItChanges() throws {
    let manager = Manager(path)
    let feeder = WatchdogFeeder(try notifier(), log.logger)
    var state = running
    feeder.feed(state, isOverdue: false)
    #expect(manager.received().count == 1)
    feeder.feed(state, isOverdue: true)
    feeder.feed(state, isOverdue: true)
    #expect(manager.received() == ["STATUS=The sampling thread hangs"])
    feeder.feed(state, isOverdue: false)
    #expect(manager.received() == ["STATUS=Sampling MPU-6050, source simulated"])
    _ = state.take(.ended, at: 0)
    feeder.feed(state, isOverdue: false)
    feeder.stopping()
    let last = manager.received()
    #expect(last.count == 2 && last[0].hasPrefix("STATUS=The ") && last[0].hasSuffix(" has ended"))
    #expect(last.last == "STOPPING=1")
    #expect(log.lines == [])
  }

  @Test func withoutAWatchdogItIsNotFed() throws {
    let manager = Manager(path)
    let feeder = WatchdogFeeder(try notifier(), log.logger)
    for _ in 0..<10 { feeder.feed(running, isOverdue: false) }
    #expect(!manager.received().contains("WATCHDOG=1"))
  }

  /// Feeds every millisecond; gives the times between which each of the meals was sent.
  private func meals(
    _ feeder: WatchdogFeeder, _ manager: Manager, _ state: ServiceState, for microseconds: Int64
  ) -> [(before: Int64, after: Int64)] {
    let clock = SystemClock()
    let end = clock.now() + microseconds
    var meals: [(Int64, Int64)] = []
    while clock.now() < end {
      let before = clock.now()
      feeder.feed(state, isOverdue: false)
      if manager.received().contains("WATCHDOG=1") { meals.append((before, clock.now())) }
      usleep(1000)
    }
    return meals
  }

  @Test func itIsFedAtAThirdOfTheInterval() throws {
    let manager = Manager(path)
    let feeder = WatchdogFeeder(try notifier(watchdog: 60_000), log.logger)
    let meals = meals(feeder, manager, running, for: 200_000)
    #expect(meals.count >= 3 && meals.count <= 11)
    #expect(zip(meals, meals.dropFirst()).allSatisfy { $1.after - $0.before >= 20_000 })
  }

  @Test func itIsFedWhileTheSensorIsKnowinglyLost() throws {
    let manager = Manager(path)
    let feeder = WatchdogFeeder(try notifier(watchdog: 3000), log.logger)
    var state = running
    _ = state.take(.sensorFault(.bus(.noAcknowledge), at: at(0)), at: 0)
    _ = state.take(.sensorState(.lost), at: 0)
    #expect(meals(feeder, manager, state, for: 100_000).count >= 3)
  }

  /// A fault that passes, and the many tries of one that does not, are nothing that a manager would want to know.
  @Test func onlyWhatMattersToTheManagerIsTold() throws {
    let manager = Manager(path)
    let feeder = WatchdogFeeder(try notifier(), log.logger)
    var state = running
    feeder.feed(state, isOverdue: false)
    #expect(manager.received().count == 1)
    _ = state.take(.sensorFault(.overrun, at: at(0)), at: 0)
    _ = state.take(.sensorState(.degraded), at: 0)
    feeder.feed(state, isOverdue: false)
    #expect(manager.received() == [])
    for sensorState in [.lost, .recovering, .lost] as [SensorState] {
      _ = state.take(.sensorState(sensorState), at: 0)
      feeder.feed(state, isOverdue: false)
    }
    #expect(manager.received().count == 1)
  }

  @Test func itIsNotFedWhileTheThreadIsOverdue() throws {
    let manager = Manager(path)
    let feeder = WatchdogFeeder(try notifier(watchdog: 3000), log.logger)
    feeder.feed(running, isOverdue: false)
    #expect(manager.received().contains("WATCHDOG=1"))
    for _ in 0..<20 {
      feeder.feed(running, isOverdue: true)
      usleep(1000)
    }
    #expect(!manager.received().contains("WATCHDOG=1"))
    feeder.feed(running, isOverdue: false)
    #expect(manager.received().contains("WATCHDOG=1"))
  }

  @Test func aManagerThatIsGoneIsSaidOnce() throws {
    let feeder = WatchdogFeeder(try notifier(watchdog: 3), log.logger)
    for _ in 0..<5 {
      feeder.feed(running, isOverdue: false)
      usleep(10)
    }
    feeder.stopping()
    #expect(log.lines == ["error: service manager: notify systemd: No such file or directory"])
  }

  @Test func theHubFeedsItWithWhatTheThreadHasPromised() async throws {
    let manager = Manager(path)
    let bench = try ServerBench(notifier: notifier(watchdog: 3000), isHurried: false)
    bench.publish(.frame(Recorded.frames[0]))
    bench.control.expect(by: SystemClock().now() - 1)
    await bench.hub.start(isRealtime: false) {}
    var seen: [String] = []
    try await Task.sleep(for: .milliseconds(20))
    seen += manager.received()
    #expect(seen.contains("READY=1\nSTATUS=The sampling thread hangs"))
    #expect(!seen.contains("WATCHDOG=1"))
    bench.control.expect(by: .max)
    #expect(try await eventually { manager.received().contains("WATCHDOG=1") })
    await bench.close()
    #expect(manager.received().last == "STOPPING=1")
  }
}
