// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import PostureCore
import Synchronization
import Testing

@testable import PostureService

/// What the hub does by itself, beside answering.
struct HubTests {
  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }
    func add() { value.add(1, ordering: .relaxed) }
  }

  private func run(_ bench: ServerBench, _ body: () async throws -> Void) async throws {
    try await bench.listen()
    await bench.hub.start(isRealtime: false) {}
    do { try await body() } catch {
      await bench.close()
      throw error
    }
    await bench.close()
  }

  /// The thread notes since when the motor is on, and does not come back.
  @Test func itCutsTheMotorOffWhereTheSamplingThreadHangs() async throws {
    let (cuts, ticks) = (Counter(), Counter())
    let bench = try ServerBench(
      isHurried: false, cutOffMotor: { cuts.add() },
      buttonGestures: { _, _ in
        ticks.add()
        return []
      })
    try await run(bench) {
      bench.publishRunning()
      bench.publish(.motor(isOn: true))
      // A watcher keeps the hub lively.
      let client = try Client.greeted(bench.path)
      _ = try client.ask("watch")
      #expect(try client.status().motor_on)
      bench.control.noteMotor(onSince: SystemClock().now() - 1_600_000)
      // It is done again and again, and said once.
      #expect(try await eventually { cuts.count >= 2 })
      #expect(bench.log.count(of: "error: motor: on for too long while the sampling thread hangs; switched off") == 1)
      let status = try client.status()
      #expect(!status.motor_on && status.motor_cut_offs == 1)
      // The thread is back, and hangs once more.
      bench.control.noteMotor(onSince: nil)
      let tick = ticks.count
      #expect(try await eventually { ticks.count > tick + 1 })
      let before = cuts.count
      bench.control.noteMotor(onSince: SystemClock().now() - 1_600_000)
      #expect(try await eventually { cuts.count > before })
      #expect(bench.log.count(of: "error: motor: ") == 2)
      #expect(try client.status().motor_cut_offs == 2)
    }
  }

  @Test func itLeavesAMotorThatIsOnForACueAlone() async throws {
    let cuts = Counter()
    let bench = try ServerBench(isHurried: false, cutOffMotor: { cuts.add() })
    try await run(bench) {
      // A busy machine may take its time here: it has been on for a moment all the while.
      bench.control.noteMotor(onSince: SystemClock().now() + 3_600_000_000)
      try await Task.sleep(for: .milliseconds(100))
      #expect(cuts.count == 0 && bench.log.lines == [])
    }
  }

  /// Where time is simulated, a pulse lasts as long as that takes, and nobody feels it.
  @Test func itCutsNothingOffInSimulatedTime() async throws {
    let cuts = Counter()
    let bench = try ServerBench(isHurried: true, cutOffMotor: { cuts.add() })
    try await run(bench) {
      bench.control.noteMotor(onSince: 0)
      try await Task.sleep(for: .milliseconds(30))
      #expect(cuts.count == 0)
    }
  }

  /// Gestures that the hub has not asked for yet.
  private final class Gestures: Sendable {
    private let waiting = Mutex<[ButtonGesture]>([])

    func add(_ gesture: ButtonGesture) { waiting.withLock { $0.append(gesture) } }
    func take() -> [ButtonGesture] {
      waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
    }
  }

  /// What is in force already is undone by the same gesture.
  @Test func theSameGestureAgainTakesItBack() {
    func command(_ gesture: ButtonGesture, isSilenced: Bool = false, _ mode: Mode = .training) -> Command {
      ButtonRequest(gesture, isSilenced: isSilenced, mode: mode, pause: .seconds(60), window: .seconds(3)).command
    }
    #expect(command(.longPress) == .silence(.pause, for: .seconds(60)))
    #expect(command(.longPress, isSilenced: true) == .resume)
    #expect(command(.doublePress) == .setMode(.tracking))
    #expect(command(.doublePress, .tracking) == .setMode(.training))
  }

  @Test func theButtonAsksForAllThatAFingerCanSay() async throws {
    let gestures = Gestures()
    let bench = try ServerBench(buttonGestures: { _, _ in gestures.take() })
    try await run(bench) {
      bench.publishRunning()
      #expect(bench.command() == nil)
      for (gesture, command, text) in [
        (.press, .calibrate, "calibrating, hold still for 3.0 s"),
        (.longPress, .silence(.pause, for: .seconds(1800)), "pausing for 30 min"),
        (.doublePress, .setMode(.tracking), "tracking, without cues"),
      ] as [(ButtonGesture, Command, String)] {
        gestures.add(gesture)
        let isCommanded = try await eventually { bench.command() == command }
        #expect(isCommanded, "\(gesture)")
        #expect(bench.log.lines.last == "notice: button: \(text)")
        #expect(bench.command() == nil)
      }
    }
  }

  @Test func aPressIsRefusedWhileTheSensorIsLost() async throws {
    let gestures = Gestures()
    let bench = try ServerBench(buttonGestures: { _, _ in gestures.take() })
    try await run(bench) {
      bench.publish(.sensorState(.lost))
      let client = try Client.greeted(bench.path)
      #expect(try client.status().state == "lost")
      gestures.add(.press)
      #expect(try await eventually { bench.log.count(of: "warning: button: no calibration, the sensor is lost") == 1 })
      #expect(bench.command() == nil)
      // It is silent from the first sample on.
      gestures.add(.longPress)
      #expect(try await eventually { bench.command() == .silence(.pause, for: .seconds(1800)) })
    }
  }

  /// The sampling thread takes none: what does not fit is said, and not taken for granted.
  @Test func whatFindsNoRoomIsSaid() async throws {
    let gestures = Gestures()
    let bench = try ServerBench(buttonGestures: { _, _ in gestures.take() })
    try await run(bench) {
      bench.publishRunning()
      for _ in 0..<25 { gestures.add(.doublePress) }
      let isSaid = try await eventually { bench.log.count(of: "warning: button: too many commands at once") == 1 }
      #expect(isSaid)
      #expect(bench.log.count(of: "notice: button: ") == 24)
    }
  }
}
