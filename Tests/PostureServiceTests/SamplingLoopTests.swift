// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import HAL
import LinuxIO
import PostureCore
import PostureSimulation
import Synchronization
import Testing

@testable import PostureService

struct SamplingLoopTests {
  @Test(arguments: [2, 8, 10] as [Int64])
  func samplesComeAtTheRateAskedFor(milliseconds: Int64) throws {
    let settings = SensorSettings(
      period: .milliseconds(milliseconds), accelerationRange: 4, angularVelocityRange: 500)
    let bench = try LoopBench(.upright, settings: settings)
    let taken = bench.run(for: .seconds(4))
    let times = taken.compactMap(\.publication.frame?.time)
    #expect(times.count == taken.count)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == milliseconds * 1000 })
    // Reset and waking take 160 ms (PS-MPU-6000A-00), then comes the first period.
    #expect(times.first == LoopBench.start + 160_000 + milliseconds * 1000)
    #expect(times.count == Int((4_000 - 160 - 1) / milliseconds))
    #expect(zip(taken, times).allSatisfy { $0.time == $1 })
  }

  /// The loop adds nothing to and takes nothing from what the pipeline alone decides, commands included.
  @Test func framesAreWhatThePipelineMakesOfTheirSamples() throws {
    let bench = try LoopBench(.slouchUntilReminded)
    var frames = bench.frames(for: .seconds(40))
    #expect(bench.service.send(.calibrate))
    frames += bench.frames(for: .seconds(30))
    var pipeline = PosturePipeline()
    for frame in frames {
      if let command = frame.measurement.command { pipeline.perform(command, at: frame.measurement.sample.time) }
      let processed = pipeline.process(frame.measurement.sample)
      let output = try #require(processed)
      #expect(output.up == frame.output.up && output.tilt == frame.output.tilt && output.motor == frame.output.motor)
      #expect(output.eventCount == frame.output.eventCount)
      #expect(pipeline.bias == frame.bias)
      #expect(frame.hasReference == (pipeline.reference != nil) && frame.isCalibrating == pipeline.isCalibrating)
    }
    #expect(frames.filter { $0.measurement.command != nil }.count == 1)
    #expect(frames.time(of: "deviated") != nil)
  }

  @Test func aCommandIsPerformedBeforeTheNextSampleAndPublishedWithIt() throws {
    let bench = try LoopBench(.upright)
    var frames = bench.frames(for: .seconds(10))
    let before = frames.count
    #expect(frames.allSatisfy { $0.measurement.command == nil })
    #expect(frames.last?.isCalibrating == false)
    #expect(bench.service.send(.calibrate))
    frames += bench.frames(for: .milliseconds(16))
    #expect(frames.count == before + 2)
    #expect(frames[before].measurement.command == .calibrate)
    #expect(frames[before].isCalibrating)
    #expect(frames[before + 1].measurement.command == nil)
    #expect(frames[before + 1].isCalibrating)
  }

  @Test func severalCommandsGoWithOneSampleEach() throws {
    let bench = try LoopBench(.upright)
    for _ in 0..<3 { #expect(bench.service.send(.calibrate)) }
    // The chip is reset meanwhile: the first command waits for the first sample.
    let frames = bench.frames(for: .milliseconds(300))
    let commanded = frames.indices.filter { frames[$0].measurement.command != nil }
    #expect(commanded == [0, 1, 2])
  }

  @Test func aFaultIsPublishedAndSamplesComeAgain() throws {
    let bench = try LoopBench(.upright, faults: [.noAnswer(from: at(2), to: at(3))])
    let taken = bench.run(for: .seconds(6))
    let faults = taken.filter { $0.publication.sensorFault != nil }
    #expect(faults.allSatisfy { $0.publication.sensorFault == .bus(.noAcknowledge) })
    #expect(faults.count >= 4)
    #expect(faults.first.map { $0.time - LoopBench.start >= 2_000_000 } == true)
    let later = taken.filter { $0.publication.frame != nil && $0.time > LoopBench.start + 3_000_000 }
    #expect(later.count > 200)
    #expect(taken.compactMap(\.publication.frame).events.contains { $0.event == "gap" })
  }

  @Test func theSourcesEndIsPublishedLast() throws {
    let bench = try LoopBench(.upright, limit: .seconds(2))
    let taken = bench.run(for: .seconds(5))
    #expect(taken.filter(\.publication.isEnd).count == 1)
    #expect(taken.last?.publication.isEnd == true)
    #expect(bench.clock.now() <= LoopBench.start + 2_000_000 + period.microseconds)
  }

  @Test func aFullChannelDropsAndCountsWithoutWaiting() throws {
    let reference = try LoopBench(.upright)
    let all = reference.frames(for: .seconds(1))
    let bench = try LoopBench(.upright, capacity: 4)
    let end = LoopBench.start + 1_000_000
    while bench.clock.now() < end { #expect(bench.turn()) }
    #expect(bench.service.control.lost == UInt64(all.count - 4))
    var kept: [Int64] = []
    while let publication = bench.service.receive() { kept.append(publication.frame?.time ?? -1) }
    #expect(kept == all.prefix(4).map(\.time))
    // There is room again.
    #expect(bench.run(for: .milliseconds(24)).count == 3)
  }
}

struct SamplingRunTests {
  /// Runs on virtual time, in this thread, and calls a function before each sleep.
  private func run(
    _ scenario: Scenario, limit: Interval? = nil,
    beforeSleep: @escaping (Int64, SamplingControl, PinLog) -> Void
  ) throws -> (pin: PinLog, control: SamplingControl, end: Int64) {
    // Room for the whole run: nobody takes anything meanwhile.
    let service = ServiceSide(capacity: 8192)
    let control = service.control
    let pin = PinLog()
    let clock = WatchedClock { beforeSleep($0, control, pin) }
    var loop = try LoopBench.loop(scenario, limit: limit, clock, pin: pin, service.takeLink())
    loop.run()
    return (pin, control, clock.now())
  }

  @Test func aRequestToStopEndsTheRun() throws {
    var turns = 0
    let result = try run(.upright) { now, control, _ in
      turns += 1
      if now - LoopBench.start >= 1_000_000 { control.stop() }
    }
    #expect(turns > 100)
    #expect(result.end - LoopBench.start < 1_000_000 + 2 * period.microseconds)
  }

  @Test func aRequestBeforeTheStartEndsItAtOnce() throws {
    let service = ServiceSide()
    service.control.stop()
    let clock = VirtualClock()
    var loop = try LoopBench.loop(.upright, clock, service.takeLink())
    loop.run()
    #expect(clock.now() == 0)
    #expect(service.receive() == nil)
  }

  @Test func theEndOfTheSourceEndsTheRun() throws {
    let result = try run(.upright, limit: .seconds(1)) { _, _, _ in }
    #expect(result.end - LoopBench.start > 1_000_000)
    #expect(!result.control.isStopRequested)
  }

  @Test func itIsExpectedBackTwoSecondsAfterItsDeadlineAndNotAfterItsEnd() throws {
    var wasEverEarly = false
    var sleeps = 0
    let result = try run(.upright, limit: .seconds(1)) { now, control, _ in
      sleeps += 1
      if control.isOverdue(at: now + 2_000_000) { wasEverEarly = true }
      // The longest sleep is 100 ms.
      if !control.isOverdue(at: now + 2_100_001) { wasEverEarly = true }
    }
    #expect(sleeps > 100 && !wasEverEarly)
    #expect(!result.control.isOverdue(at: .max))
  }

  @Test func theMotorIsOffAfterAStopInTheMiddleOfAPulse() throws {
    var stopped: Int64?
    let result = try run(.slowSlouch) { now, control, pin in
      // The nudge, not the pulse that acknowledges the reference posture.
      guard stopped == nil, pin.isActive, now - LoopBench.start > 20_000_000 else { return }
      stopped = now
      control.stop()
    }
    let time = try #require(stopped)
    #expect(!result.pin.isActive)
    let last = result.pin.edges[result.pin.edges.count - 1]
    #expect(!last.isActive && last.time.microseconds - time <= period.microseconds)
    let on = result.pin.edges[result.pin.edges.count - 2]
    #expect(on.isActive && last.time - on.time < .milliseconds(150))
  }

  @Test func waitingForRoomLosesNothing() throws {
    let reference = try LoopBench(.upright, limit: .seconds(4))
    let expected = reference.run(for: .seconds(5)).map { $0.publication.frame?.time }
    let pauses = Atomic<Int>(0)
    let service = ServiceSide(
      capacity: 4,
      overflow: .wait {
        pauses.add(1, ordering: .relaxed)
        usleep(50)
      })
    let handover = Handover(service.takeLink())
    let thread = try RealtimeThread(name: "sampling", priority: nil) {
      runUpright(for: .seconds(4), handover.take())
    }
    var taken: [Int64?] = []
    let deadline = SystemClock().now() + 20_000_000
    while SystemClock().now() < deadline {
      guard let publication = service.receive() else {
        usleep(300)
        continue
      }
      taken.append(publication.frame?.time)
      if publication.isEnd { break }
    }
    service.control.stop()
    thread.join()
    #expect(taken == expected)
    #expect(service.control.lost == 0)
    #expect(pauses.load(ordering: .relaxed) > 0)
  }

  @Test func aRequestToStopEndsTheWaitingForRoom() throws {
    let pauses = Atomic<Int>(0)
    let service = ServiceSide(capacity: 4, overflow: .wait { pauses.add(1, ordering: .relaxed) })
    let handover = Handover(service.takeLink())
    let thread = try RealtimeThread(name: "sampling", priority: nil) { runUpright(for: nil, handover.take()) }
    let deadline = SystemClock().now() + 5_000_000
    while pauses.load(ordering: .relaxed) == 0 && SystemClock().now() < deadline { usleep(100) }
    service.control.stop()
    thread.join()
    #expect(pauses.load(ordering: .relaxed) > 0)
    #expect(service.control.lost > 0)
  }
}

/// The whole body of a sampling thread: virtual time is made where it passes.
private func runUpright(for limit: Interval?, _ link: consuming SamplingLink) {
  do {
    var loop = try LoopBench.loop(.upright, limit: limit, VirtualClock(startingAt: LoopBench.start), link)
    loop.run()
  } catch { fatalError("a simulated pin does what it is told: \(error)") }
}

func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }
