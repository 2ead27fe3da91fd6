// SPDX-License-Identifier: MIT
import Drivers
import HAL
import LinuxIO
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

private func edges(_ pin: PinLog) -> [PinEdge] { (0..<pin.edges.count).map { pin.edges[$0] } }

private func edge(_ time: Int64, _ isActive: Bool) -> PinEdge {
  PinEdge(time: Timestamp(microseconds: time), isActive: isActive)
}

/// The edges of pulses that begin so many microseconds after a time.
private func pulses(_ time: Int64, _ starts: Int64..., lasting length: Int64) -> [PinEdge] {
  starts.flatMap { [edge(time + $0, true), edge(time + $0 + length, false)] }
}

/// What was published of the motor, as edges.
private func published(_ taken: [(time: Int64, publication: Publication)]) -> [PinEdge] {
  taken.compactMap { item in item.publication.motorIsOn.map { edge(item.time, $0) } }
}

struct MotorTests {
  @Test func aSlouchIsNudgedOfWithTwoPulsesAndRemindedOfWithThree() throws {
    let bench = LoopBench(.slouchUntilReminded)
    let taken = bench.run(for: Scenario.slouchUntilReminded.duration)
    let frames = taken.compactMap(\.publication.frame)
    let calibrated = try #require(frames.time(of: "calibrated"))
    let deviated = try #require(frames.time(of: "deviated"))
    let reminded = try #require(frames.time(of: "reminded"))
    #expect(reminded - deviated >= 60_000_000 && reminded - deviated < 60_000_000 + period.microseconds)
    #expect(
      edges(bench.pin)
        == pulses(calibrated, 0, lasting: 80_000) + pulses(deviated, 0, 300_000, lasting: 150_000)
        + pulses(reminded, 0, 300_000, 600_000, lasting: 150_000))
    #expect(published(taken) == edges(bench.pin))
    #expect(bench.service.control.motorIsOnSince == nil)
  }

  /// A batch is up to 100 ms old when it is read: a cue that began with its sample would have lost its first pulse.
  @Test(arguments: [100, 470] as [Int64])
  func aCueBeginsWhenItsBatchIsReadAndIsWhole(batch: Int64) throws {
    var settings = batched
    settings.batch = .milliseconds(batch)
    let bench = LoopBench(.slowSlouch, settings: settings)
    let taken = bench.run(for: .seconds(45))
    func turn(of event: String) throws -> (time: Int64, age: Int64) {
      let item = try #require(
        taken.first { item in item.publication.frame?.events.contains { $0.event == event } == true })
      return (item.time, item.time - (item.publication.frame?.time ?? 0))
    }
    let calibrated = try turn(of: "calibrated")
    let deviated = try turn(of: "deviated")
    for age in [calibrated.age, deviated.age] { #expect((0...batch * 1000).contains(age)) }
    #expect(max(calibrated.age, deviated.age) > 10_000)
    #expect(
      edges(bench.pin)
        == pulses(calibrated.time, 0, lasting: 80_000) + pulses(deviated.time, 0, 300_000, lasting: 150_000))
    #expect(published(taken) == edges(bench.pin))
  }

  @Test func uprightSittingIsLeftAlone() throws {
    let bench = LoopBench(.upright)
    let frames = bench.frames(for: .seconds(40))
    let calibrated = try #require(frames.time(of: "calibrated"))
    #expect(edges(bench.pin) == pulses(calibrated, 0, lasting: 80_000))
  }

  /// Between off and full on a line that only switches: a share of each period while the cue is on, and it is said to
  /// be on all the while.
  @Test func strengthIsAShareOfEachPeriod() throws {
    let bench = LoopBench(.upright, strength: 40)
    let taken = bench.run(for: .seconds(20))
    let calibrated = try #require(taken.compactMap(\.publication.frame).time(of: "calibrated"))
    #expect(
      edges(bench.pin)
        == pulses(
          calibrated, 0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, lasting: 4000))
    #expect(published(taken) == pulses(calibrated, 0, lasting: 80_000))
  }

  /// When the nudge of the slow slouch comes, in time since the chip's creation.
  private func nudge() throws -> Timestamp {
    let deviated = try #require(LoopBench(.slowSlouch).frames(for: .seconds(45)).time(of: "deviated"))
    return Timestamp(microseconds: deviated - LoopBench.start)
  }

  @Test func itIsOffWhileTheSensorIsLost() throws {
    let nudge = try nudge()
    let lostFrom = nudge + .milliseconds(50)
    let bench = LoopBench(.slowSlouch, faults: [.noAnswer(from: lostFrom, to: lostFrom + .seconds(3))])
    let taken = bench.run(for: .seconds(45))
    let deviated = nudge.microseconds + LoopBench.start
    let fault = try #require(taken.first { $0.publication.sensorFault != nil }?.time)
    #expect(fault >= deviated + 50_000 && fault < deviated + 50_000 + period.microseconds)
    let after = edges(bench.pin).filter { $0.time.microseconds >= deviated }
    // Two faults are only tried again; with the third the sensor is lost.
    #expect(after == [edge(deviated, true), edge(fault + 2 * period.microseconds, false)])
    #expect(published(taken).suffix(2) == after)
    // Whoever watches is told of the loss with a motor that is off.
    let told = taken.drop { $0.time < fault + 2 * period.microseconds }.map(\.publication)
    let off = try #require(told.firstIndex { $0.motorIsOn == false })
    let lost = try #require(told.firstIndex { $0.sensorState == .lost })
    #expect(off < lost)
  }

  /// Back within the cue's time, it plays what is left of it; neither while it is lost nor while it is started anew.
  @Test func itIsOnAgainWhenTheSensorIsBackInTime() throws {
    let nudge = try nudge()
    let lostFrom = nudge + .milliseconds(10)
    let bench = LoopBench(.slowSlouch, faults: [.noAnswer(from: lostFrom, to: lostFrom + .milliseconds(40))])
    let taken = bench.run(for: .seconds(45))
    let deviated = nudge.microseconds + LoopBench.start
    let states = taken.compactMap { item in item.publication.sensorState.map { (time: item.time, state: $0) } }
    #expect(states.map(\.state) == [.running, .degraded, .lost, .recovering, .running])
    try #require(states.count == 5)
    let (lost, back) = (states[2].time, states[4].time)
    #expect(back - deviated > 200_000 && back - deviated < 450_000)
    // It was off between the pulses anyway.
    let on = max(back, deviated + 300_000)
    #expect(
      edges(bench.pin).filter { (deviated...deviated + 1_000_000).contains($0.time.microseconds) }
        == [edge(deviated, true), edge(lost, false), edge(on, true), edge(deviated + 450_000, false)])
    #expect(published(taken) == edges(bench.pin))
  }

  @Test func aPassingFaultLeavesThePatternAlone() throws {
    let nudge = try nudge()
    let lostFrom = nudge + .milliseconds(50)
    // One transfer fails, which the driver takes for a passing fault.
    let bench = LoopBench(.slowSlouch, faults: [.noAnswer(from: lostFrom, to: lostFrom + period)])
    _ = bench.run(for: .seconds(45))
    let deviated = nudge.microseconds + LoopBench.start
    let after = edges(bench.pin).filter { $0.time.microseconds >= deviated }
    #expect(after == pulses(deviated, 0, 300_000, lasting: 150_000))
  }

  @Test func itIsOffAfterTheEndInTheMiddleOfAPulse() throws {
    let nudge = try nudge()
    let pin = PinLog()
    let limit = Interval(microseconds: nudge.microseconds + 70_000)
    var loop = LoopBench.loop(
      .slowSlouch, limit: limit, VirtualClock(startingAt: LoopBench.start), pin: pin,
      ServiceSide(capacity: 8192).takeLink())
    loop.run()
    let last = edges(pin).suffix(2)
    #expect(last.map(\.isActive) == [true, false])
    #expect(last.last.map { $0.time.microseconds - LoopBench.start - nudge.microseconds < 150_000 } == true)
  }

  /// The service side learns what is, however late it looks, and what was not taken is no sample lost.
  @Test func aFullChannelKeepsTheMotorsStateForLater() throws {
    let nudge = try nudge()
    let bench = LoopBench(.slowSlouch, capacity: 4)
    while bench.clock.now() < LoopBench.start + nudge.microseconds + 40_000 { #expect(bench.turn()) }
    #expect(bench.pin.isActive && bench.service.control.motorIsOnSince == LoopBench.start + nudge.microseconds)
    while bench.service.receive() != nil {}
    let taken = bench.run(for: .milliseconds(16))
    #expect(taken.compactMap(\.publication.motorIsOn) == [true])
    #expect(taken.compactMap(\.publication.sensorState) == [])
  }
}

/// Notes when, in the system's time, it was last switched off.
private final class SwitchedOff {
  var time: Int64?
}

private struct TimedPin: OutputPin {
  let off: SwitchedOff

  func set(percent: UInt8) throws(PinError) { off.time = percent > 0 ? nil : SystemClock().now() }
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
      source: source, motor: VibrationMotor(on: TimedPin(off: off)), clock: VirtualClock(),
      pipeline: .holding, link: service.takeLink())
    loop.run()
    let time = try #require(off.time)
    let waited = SystemClock().now() - time
    #expect(waited > 500_000)
  }
}
