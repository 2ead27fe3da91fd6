// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

private func sample(_ time: Int64) -> Measurement {
  let raw = RawSample(time: Timestamp(microseconds: time), ax: 1, ay: 2, az: 3, gx: 4, gy: 5, gz: 6)
  return Measurement(raw: raw, sample: SensorScale(acceleration: 8192, angularVelocity: 65.5).sample(from: raw))
}

/// A source and what it is drained into, as one object.
private final class Drained<Source: SampleSource & ~Copyable> {
  private var source: Source
  private var buffer = MeasurementBuffer(filler: sample(0))

  init(_ source: consuming Source) { self.source = source }

  func drain(at now: Int64) throws -> (next: NextDrain, taken: [Measurement]) {
    let next = try source.drain(into: &buffer, at: Timestamp(microseconds: now))
    var taken: [Measurement] = []
    while let measurement = buffer.popFirst() { taken.append(measurement) }
    return (next, taken)
  }

  var retry: Timestamp { source.retry }
  var state: SensorState { source.state }
  var description: SensorDescription? { source.description }
}

private func due(_ time: Int64) -> NextDrain { .at(Timestamp(microseconds: time)) }

struct TraceSourceTests {
  @Test func samplesComeWhenTheirTimeHasPassed() throws {
    let source = Drained(TraceSource([sample(500), sample(1500), sample(9500)]))
    let first = try source.drain(at: 70_000)
    #expect(first.taken.map(\.sample.time.microseconds) == [70_000])
    #expect(first.next == due(71_000))
    let early = try source.drain(at: 70_999)
    #expect(early.taken.isEmpty && early.next == due(71_000))
    let second = try source.drain(at: 71_000)
    #expect(second.taken.map(\.sample.time.microseconds) == [71_000] && second.next == due(79_000))
    let last = try source.drain(at: 200_000)
    #expect(last.taken.map(\.sample.time.microseconds) == [79_000] && last.next == .ended)
  }

  @Test func onlyTimesAreMoved() throws {
    var commanded = sample(2000)
    commanded.command = .calibrate
    let source = Drained(TraceSource([sample(1000), commanded]))
    let taken = try source.drain(at: 50_000).taken + source.drain(at: 51_000).taken
    #expect(taken.map(\.command) == [nil, .calibrate])
    #expect(taken[1].raw == RawSample(time: Timestamp(microseconds: 51_000), ax: 1, ay: 2, az: 3, gx: 4, gy: 5, gz: 6))
    #expect(taken[1].sample.acceleration == commanded.sample.acceleration)
    #expect(taken[1].sample.time.microseconds == 51_000)
  }

  @Test func itRunsFromItsFirstSampleOnAndNeedsNoSensor() throws {
    let source = Drained(TraceSource([sample(0), sample(1000)]))
    #expect(source.state == .starting && source.description == nil)
    _ = try source.drain(at: 50)
    #expect(source.state == .running && source.description == nil)
    _ = try source.drain(at: 2000)
    #expect(source.state == .running)
  }

  @Test func atMost32ComeAtOnceAndTheRestAtOnceAfterThem() throws {
    let source = Drained(TraceSource((0..<70).map { sample($0 * 1000) }))
    #expect(try source.drain(at: 0).taken.count == 1)
    let second = try source.drain(at: 1_000_000)
    #expect(second.taken.map(\.sample.time.microseconds) == (1...32).map { $0 * 1000 })
    #expect(second.next == due(33_000))
    let third = try source.drain(at: 1_000_000)
    #expect(third.taken.count == 32 && third.next == due(65_000))
    let last = try source.drain(at: 1_000_000)
    #expect(last.taken.count == 5 && last.next == .ended)
    #expect(try source.drain(at: 2_000_000).next == .ended)
  }

  @Test func aBatchThatEndsTheTraceSaysSo() throws {
    let source = Drained(TraceSource((0..<33).map { sample($0 * 1000) }))
    #expect(try source.drain(at: 0).next == due(1000))
    let last = try source.drain(at: 1_000_000)
    #expect(last.taken.count == 32 && last.next == .ended)
  }

  @Test func theLoopPlaysItWholeAndEnds() throws {
    let service = ServiceSide(capacity: 512)
    let samples = Recorded.frames.prefix(300).map(\.measurement)
    let clock = VirtualClock(startingAt: 1_000_000)
    var loop = SamplingLoop(
      source: TraceSource(samples), motor: VibrationMotor(on: SimulatedPin(clock: clock)), clock: clock,
      pipeline: .holding, link: service.takeLink())
    loop.run()
    var taken: [Publication] = []
    while let publication = service.receive() { taken.append(publication) }
    #expect(taken.last?.isEnd == true)
    #expect(taken.compactMap(\.sensorState) == [.running] && taken.allSatisfy { $0.found == nil })
    let shift = 1_000_000 - samples[0].sample.time.microseconds
    #expect(taken.compactMap(\.frame?.time) == samples.map { $0.sample.time.microseconds + shift })
    #expect(clock.now() == 1_000_000 + 299 * 10_000)
  }

  @Test func anEmptyTraceTraps() async {
    await #expect(processExitsWith: .failure) { _ = TraceSource([]) }
  }
}

/// Fails, and hands over one sample at each other draining.
private struct Unsteady: SampleSource {
  private var isFailing = false
  var retry: Timestamp { Timestamp(microseconds: 123) }
  var state: SensorState { .degraded }
  var description: SensorDescription? { Recorded.found }

  mutating func drain(
    into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) -> NextDrain {
    isFailing.toggle()
    guard isFailing else { throw .noNewData }
    buffer.append(sample(now.microseconds))
    return .at(now + .milliseconds(5))
  }
}

struct LimitedSourceTests {
  @Test func itEndsSoLongAfterItsFirstDraining() throws {
    let source = Drained(LimitedSource(Unsteady(), duration: .milliseconds(20)))
    #expect(try source.drain(at: 7_000_000).next == due(7_005_000))
    #expect(throws: SensorFault.noNewData) { try source.drain(at: 7_010_000) }
    let last = try source.drain(at: 7_020_000)
    #expect(last.next == due(7_025_000) && last.taken.count == 1)
    let over = try source.drain(at: 7_020_001)
    #expect(over.next == .ended && over.taken.isEmpty)
    #expect(try source.drain(at: 7_500_000).next == .ended)
  }

  @Test func withoutADurationItNeverEnds() throws {
    let source = Drained(LimitedSource(Unsteady(), duration: nil))
    #expect(try source.drain(at: 0).taken.count == 1)
    #expect(throws: SensorFault.noNewData) { try source.drain(at: 10) }
    #expect(try source.drain(at: .max / 2).taken.count == 1)
  }

  @Test func itTriesAgainWhenItsSourceDoes() {
    let source = Drained(LimitedSource(Unsteady(), duration: .seconds(1)))
    #expect(source.retry.microseconds == 123 && source.state == .degraded && source.description == Recorded.found)
  }
}

struct SamplingControlTests {
  @Test func nobodyIsOverdueBeforeTheFirstSleep() {
    #expect(!SamplingControl().isOverdue(at: .max))
  }

  @Test func whoeverIsNotBackByTheTimeIsOverdue() {
    let control = SamplingControl()
    control.expect(by: 5000)
    #expect(!control.isOverdue(at: 5000))
    #expect(control.isOverdue(at: 5001))
    control.expect(by: 9000)
    #expect(!control.isOverdue(at: 5001))
    control.expect(by: .max)
    #expect(!control.isOverdue(at: .max))
  }

  @Test func itRemembersSinceWhenTheMotorIsOn() {
    let control = SamplingControl()
    #expect(control.motorIsOnSince == nil)
    control.noteMotor(onSince: 0)
    #expect(control.motorIsOnSince == 0)
    control.noteMotor(onSince: nil)
    #expect(control.motorIsOnSince == nil)
  }

  @Test func stoppingAndLosing() {
    let control = SamplingControl()
    #expect(!control.isStopRequested && control.lost == 0)
    control.countLost()
    control.countLost()
    control.stop()
    control.stop()
    #expect(control.isStopRequested && control.lost == 2)
  }
}
