// SPDX-License-Identifier: MIT
import Drivers
import HAL
import LinuxIO
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

struct MotorTests {
  private func edges(_ pin: PinLog) -> [PinEdge] { (0..<pin.edges.count).map { pin.edges[$0] } }

  /// The edges of pulses that begin so many microseconds after a time.
  private func pulses(_ time: Int64, _ starts: Int64..., lasting length: Int64) -> [PinEdge] {
    starts.flatMap { start in
      [(start, true), (start + length, false)].map {
        PinEdge(time: Timestamp(microseconds: time + $0.0), isActive: $0.1)
      }
    }
  }

  @Test func aSlouchIsNudgedOfWithTwoPulsesAndRemindedOfWithThree() throws {
    let bench = try LoopBench(.slouchUntilReminded)
    let frames = bench.frames(for: Scenario.slouchUntilReminded.duration)
    let calibrated = try #require(frames.time(of: "calibrated"))
    let deviated = try #require(frames.time(of: "deviated"))
    let reminded = try #require(frames.time(of: "reminded"))
    #expect(reminded - deviated >= 60_000_000 && reminded - deviated < 60_000_000 + period.microseconds)
    #expect(
      edges(bench.pin)
        == pulses(calibrated, 0, lasting: 80_000) + pulses(deviated, 0, 300_000, lasting: 150_000)
        + pulses(reminded, 0, 300_000, 600_000, lasting: 150_000))
  }

  @Test func uprightSittingIsLeftAlone() throws {
    let bench = try LoopBench(.upright)
    let frames = bench.frames(for: .seconds(40))
    let calibrated = try #require(frames.time(of: "calibrated"))
    #expect(edges(bench.pin) == pulses(calibrated, 0, lasting: 80_000))
  }

  @Test func itIsOffWhileTheSensorIsLost() throws {
    let untroubled = try LoopBench(.slowSlouch)
    let frames = untroubled.frames(for: .seconds(45))
    let deviated = try #require(frames.time(of: "deviated"))
    let lostFrom = Timestamp(microseconds: deviated - LoopBench.start + 50_000)
    let bench = try LoopBench(.slowSlouch, faults: [.noAnswer(from: lostFrom, to: lostFrom + .seconds(3))])
    let taken = bench.run(for: .seconds(45))
    let fault = try #require(taken.first { $0.publication.sensorFault != nil }?.time)
    #expect(fault >= deviated + 50_000 && fault < deviated + 50_000 + period.microseconds)
    let after = edges(bench.pin).filter { $0.time.microseconds >= deviated }
    #expect(
      after == [
        PinEdge(time: Timestamp(microseconds: deviated), isActive: true),
        // Two faults are only tried again; with the third the sensor is lost.
        PinEdge(time: Timestamp(microseconds: fault) + period * 2, isActive: false),
      ])
  }

  @Test func aPassingFaultLeavesThePatternAlone() throws {
    let untroubled = try LoopBench(.slowSlouch)
    let frames = untroubled.frames(for: .seconds(45))
    let deviated = try #require(frames.time(of: "deviated"))
    let lostFrom = Timestamp(microseconds: deviated - LoopBench.start + 50_000)
    // One transfer fails, which the driver takes for a passing fault.
    let bench = try LoopBench(.slowSlouch, faults: [.noAnswer(from: lostFrom, to: lostFrom + period)])
    _ = bench.run(for: .seconds(45))
    let after = edges(bench.pin).filter { $0.time.microseconds >= deviated }
    #expect(after.map(\.isActive) == [true, false, true, false])
    #expect(after.last?.time.microseconds == deviated + 450_000)
  }

  @Test func itIsOffAfterTheEndInTheMiddleOfAPulse() throws {
    let untroubled = try LoopBench(.slowSlouch)
    let frames = untroubled.frames(for: .seconds(45))
    let deviated = try #require(frames.time(of: "deviated"))
    let pin = PinLog()
    let limit = Interval(microseconds: deviated - LoopBench.start + 70_000)
    var loop = try LoopBench.loop(
      .slowSlouch, limit: limit, VirtualClock(startingAt: LoopBench.start), pin: pin,
      ServiceSide(capacity: 8192).takeLink())
    loop.run()
    let last = edges(pin).suffix(2)
    #expect(last.map(\.isActive) == [true, false])
    #expect(last.last.map { $0.time.microseconds - deviated < 150_000 } == true)
  }
}

/// Notes when, in the system's time, it was last switched off.
private final class SwitchedOff {
  var time: Int64?
}

private struct TimedPin: OutputPin {
  let off: SwitchedOff

  func set(active: Bool) throws(PinError) { off.time = active ? nil : SystemClock().now() }
}

struct MotorEndTests {
  /// A service side that takes nothing makes the end of a trace wait for room; nobody's back is to feel that.
  @Test func itIsOffBeforeTheEndWaitsForRoom() throws {
    let frames = Recorded.frames
    let deviated = try #require(frames.firstIndex { $0.events.contains { $0.event == "deviated" } })
    let service = ServiceSide(capacity: 4)
    let off = SwitchedOff()
    let source = TraceSource(frames[...(deviated + 7)].map(\.measurement))
    var loop = SamplingLoop(
      source: source, motor: try VibrationMotor(on: TimedPin(off: off)), clock: VirtualClock(),
      pipeline: PosturePipeline.Parameters(), link: service.takeLink())
    loop.run()
    let time = try #require(off.time)
    let waited = SystemClock().now() - time
    #expect(waited > 500_000)
  }
}

/// A pin that fails to take a level while it is told to.
private final class Failure {
  var ofLevel: Bool?
}

private struct FailingPin: OutputPin {
  let pin: SimulatedPin<VirtualClock>
  let failure: Failure

  func set(active: Bool) throws(PinError) {
    guard active != failure.ofLevel else { throw PinError(number: 5) }
    try pin.set(active: active)
  }
}

struct MotorFaultTests {
  private final class Bench {
    let clock = VirtualClock(startingAt: LoopBench.start)
    let failure = Failure()
    let log = PinLog()
    private let service = ServiceSide()
    private var loop: SamplingLoop<MPU6050<SimulatedMPU6050<VirtualClock>>, FailingPin, VirtualClock>

    init() throws {
      let scene = Scenario.slowSlouch
      let chip = SimulatedMPU6050(clock: clock, wearer: scene.wearer, parameters: scene.sensor)
      let pin = FailingPin(pin: SimulatedPin(clock: clock, log: log), failure: failure)
      loop = SamplingLoop(
        source: MPU6050(on: chip, at: scene.sensor.address, settings), motor: try VibrationMotor(on: pin),
        clock: clock, pipeline: PosturePipeline.Parameters(), link: service.takeLink())
    }

    /// Turns for so long; gives the motor's faults.
    func run(for length: Interval) -> [PinError] {
      var faults: [PinError] = []
      let end = clock.now() + length.microseconds
      while clock.now() < end, let deadline = loop.turn(at: Timestamp(microseconds: clock.now())) {
        while let publication = service.receive() { faults += publication.motorFault.map { [$0] } ?? [] }
        clock.sleep(until: deadline.microseconds)
      }
      return faults
    }

    /// Turns until the motor has the level; gives the motor's faults.
    func run(until isActive: Bool) -> [PinError] {
      var faults: [PinError] = []
      let end = clock.now() + 60_000_000
      while log.isActive != isActive && clock.now() < end { faults += run(for: .milliseconds(1)) }
      return faults
    }
  }

  @Test func aPulseThatCannotBeginIsPublishedOnce() throws {
    let bench = try Bench()
    bench.failure.ofLevel = true
    // The acknowledgement of the reference posture: one pulse.
    let faults = bench.run(for: .seconds(15))
    #expect(faults == [PinError(number: 5)])
    #expect(bench.log.edges.count == 0)
  }

  @Test func aDeadPinIsPublishedOnceForAllPulses() throws {
    let bench = try Bench()
    bench.failure.ofLevel = true
    let faults = bench.run(for: .seconds(45))
    #expect(faults == [PinError(number: 5)])
  }

  @Test func switchingOffIsTriedAgainUntilItSucceeds() throws {
    let bench = try Bench()
    #expect(bench.run(until: true) == [])
    let on = bench.clock.now()
    bench.failure.ofLevel = false
    #expect(bench.run(for: .milliseconds(500)) == [PinError(number: 5)])
    #expect(bench.log.isActive)
    bench.failure.ofLevel = nil
    #expect(bench.run(until: false) == [])
    #expect(!bench.log.isActive && bench.clock.now() - on < 520_000)
  }

  @Test func aPinThatWorkedBetweenFailsAnew() throws {
    let bench = try Bench()
    bench.failure.ofLevel = true
    #expect(bench.run(for: .seconds(15)).count == 1)
    bench.failure.ofLevel = nil
    #expect(bench.run(until: true) == [])
    bench.failure.ofLevel = false
    let faults = bench.run(for: .milliseconds(500))
    #expect(faults == [PinError(number: 5)])
  }
}
