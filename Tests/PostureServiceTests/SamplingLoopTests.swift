// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

struct SamplingLoopTests {
  @Test(arguments: [2, 8, 10] as [Int64])
  func samplesComeAtTheRateAskedFor(milliseconds: Int64) {
    let settings = SensorSettings(
      period: .milliseconds(milliseconds), accelerationRange: 4, angularVelocityRange: 500, mode: .polled)
    let bench = LoopBench(.upright, settings: settings)
    let taken = bench.run(for: .seconds(4)).filter { $0.publication.frame != nil }
    let times = taken.compactMap(\.publication.frame?.time)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == milliseconds * 1000 })
    // Reset and waking take 160 ms (PS-MPU-6000A-00), then comes the chip's first sample, at 1 kHz.
    #expect(times.first == LoopBench.start + 161_000)
    #expect(times.count == Int((4_000 - 161 - 1) / milliseconds + 1))
    #expect(zip(taken, times).allSatisfy { $0.time == $1 })
  }

  /// The same samples, up to a batch old.
  @Test(arguments: [(2, 100), (10, 100), (10, 20), (10, 500)] as [(Int64, Int64)])
  func batchesBringEverySampleOnce(milliseconds: Int64, batch: Int64) {
    var settings = SensorSettings(
      period: .milliseconds(milliseconds), accelerationRange: 4, angularVelocityRange: 500)
    settings.batch = .milliseconds(batch)
    let bench = LoopBench(.upright, capacity: 128, settings: settings)
    let taken = bench.run(for: .seconds(4)).filter { $0.publication.frame != nil }
    let times = taken.compactMap(\.publication.frame?.time)
    #expect(zip(times, times.dropFirst()).allSatisfy { abs($1 - $0 - milliseconds * 1000) <= 50 * milliseconds })
    #expect(zip(taken, times).allSatisfy { (0...batch * 1000).contains($0.time - $1) })
    // The first turn that brings any comes a batch after the start.
    let expected = (4_000 - 160 - 2 * batch) / milliseconds
    #expect(times.count >= Int(expected) && times.count <= Int(expected + 2 * batch / milliseconds))
    #expect(taken.allSatisfy { $0.publication.frame?.measurement.missing == 0 })
    #expect(bench.service.control.lost == 0)
  }

  @Test func theSensorIsPublishedBeforeItsSamplesAndItsStateAfterTheFirst() throws {
    let taken = LoopBench(.upright, settings: batched).run(for: .seconds(2))
    let found = try #require(taken.first?.publication.found)
    #expect(found.model == .mpu6050 && found.address.value == 0x68 && found.mode == .fifo && found.hasGyroscope)
    #expect(found.period == .milliseconds(10) && found.scale == SensorScale(acceleration: 8192, angularVelocity: 65.5))
    let running = try #require(taken.firstIndex { $0.publication.sensorState == .running })
    #expect(taken[1..<running].allSatisfy { $0.publication.frame != nil && $0.time == taken[running].time })
    #expect(running > 1 && taken[(running + 1)...].allSatisfy { $0.publication.frame != nil })
  }

  /// The loop adds nothing to and takes nothing from what the pipeline alone decides, commands included.
  @Test(arguments: [settings, batched])
  func framesAreWhatThePipelineMakesOfTheirSamples(settings: SensorSettings) throws {
    let bench = LoopBench(.slouchUntilReminded, settings: settings)
    var frames = bench.frames(for: .seconds(40))
    #expect(bench.service.send(.calibrate))
    frames += bench.frames(for: .seconds(30))
    var pipeline = PosturePipeline(.holding)
    for frame in frames {
      if let command = frame.measurement.command { pipeline.perform(command, at: frame.measurement.sample.time) }
      let processed = pipeline.process(frame.measurement.sample)
      let output = try #require(processed)
      #expect(output.up == frame.output.up && output.tilt == frame.output.tilt && output.cue == frame.output.cue)
      #expect(output.eventCount == frame.output.eventCount)
      #expect(pipeline.bias == frame.bias)
      #expect(frame.circumstances == pipeline.circumstances)
    }
    #expect(frames.filter { $0.measurement.command != nil }.count == 1)
    #expect(frames.time(of: "deviated") != nil)
  }

  @Test func aCommandIsPerformedBeforeTheNextSampleAndPublishedWithIt() throws {
    let bench = LoopBench(.upright)
    var frames = bench.frames(for: .seconds(10))
    let before = frames.count
    #expect(frames.allSatisfy { $0.measurement.command == nil })
    #expect(frames.last?.circumstances.isCalibrating == false)
    #expect(bench.service.send(.calibrate))
    frames += bench.frames(for: .milliseconds(16))
    #expect(frames.count == before + 2)
    #expect(frames[before].measurement.command == .calibrate)
    #expect(frames[before].circumstances.isCalibrating)
    #expect(frames[before + 1].measurement.command == nil)
    #expect(frames[before + 1].circumstances.isCalibrating)
  }

  @Test func severalCommandsGoWithOneSampleEach() throws {
    let bench = LoopBench(.upright)
    for _ in 0..<3 { #expect(bench.service.send(.calibrate)) }
    // The chip is reset meanwhile: the first command waits for the first sample.
    let frames = bench.frames(for: .milliseconds(300))
    let commanded = frames.indices.filter { frames[$0].measurement.command != nil }
    #expect(commanded == [0, 1, 2])
  }

  @Test func aFaultIsPublishedAndSamplesComeAgain() throws {
    let bench = LoopBench(.upright, faults: [.noAnswer(from: at(2), to: at(3))])
    let taken = bench.run(for: .seconds(6))
    let faults = taken.filter { $0.publication.sensorFault != nil }
    #expect(faults.allSatisfy { $0.publication.sensorFault == .bus(.noAcknowledge) })
    #expect(faults.count >= 4)
    #expect(faults.first.map { $0.time - LoopBench.start >= 2_000_000 } == true)
    let later = taken.filter { $0.publication.frame != nil && $0.time > LoopBench.start + 3_000_000 }
    #expect(later.count > 200)
    #expect(taken.compactMap(\.publication.frame).events.contains { $0.event == "gap" })
    // It is tried anew after 0.1, 0.2, 0.4 and 0.8 s.
    let tries = Array(repeating: [.lost, .recovering] as [SensorState], count: 4).flatMap { $0 }
    #expect(taken.compactMap(\.publication.sensorState) == [.running, .degraded] + tries + [.running])
    // Each is told with the time of its turn, and what was taken before it stands before it.
    for item in taken {
      if case .sensorFault(_, let time) = item.publication { #expect(time.microseconds == item.time) }
    }
    // What is missing is counted by the period asked for, in the first sample after.
    let frames = taken.compactMap(\.publication.frame)
    let after = try #require(frames.indices.first { frames[$0].measurement.missing > 0 })
    let periods = Double(frames[after].time - frames[after - 1].time) / Double(period.microseconds)
    #expect(frames[after].measurement.missing == UInt32(periods.rounded()) - 1)
    #expect(frames.count { $0.measurement.missing > 0 } == 1)
  }

  /// A turn that comes late finds one sample in the registers, and all of them in the FIFO.
  @Test(arguments: [(settings, 4), (batched, 0)] as [(SensorSettings, UInt32)])
  func aLateTurnMissesSamplesWhereNobodyCollectsThem(settings: SensorSettings, missing: UInt32) {
    let bench = LoopBench(.upright, settings: settings)
    _ = bench.run(for: .seconds(2))
    bench.clock.sleep(until: bench.clock.now() + 32_000)
    let frames = bench.frames(for: .seconds(1))
    #expect(frames.reduce(0) { $0 + $1.measurement.missing } == missing)
    #expect(bench.service.receive() == nil)
  }

  /// So late that the FIFO has run over: it is emptied, said, and the missing samples are counted.
  @Test func anOverrunIsAFaultAndCountsWhatIsMissing() throws {
    let bench = LoopBench(.upright, settings: batched)
    _ = bench.run(for: .seconds(2))
    bench.clock.sleep(until: bench.clock.now() + 1_500_000)
    let taken = bench.run(for: .seconds(3))
    #expect(taken.compactMap(\.publication.sensorFault) == [.overrun])
    #expect(taken.compactMap(\.publication.sensorState) == [.degraded, .running])
    let missing = taken.compactMap(\.publication.frame?.measurement.missing).filter { $0 > 0 }
    #expect(missing.count == 1 && (140...170).contains(missing.first ?? 0))
  }

  @Test func theSourcesEndIsPublishedLast() throws {
    let bench = LoopBench(.upright, limit: .seconds(2))
    let taken = bench.run(for: .seconds(5))
    #expect(taken.filter(\.publication.isEnd).count == 1)
    #expect(taken.last?.publication.isEnd == true)
    #expect(bench.clock.now() <= LoopBench.start + 2_000_000 + period.microseconds)
  }

  @Test func aFullChannelDropsAndCountsWithoutWaiting() throws {
    let reference = LoopBench(.upright)
    let all = reference.frames(for: .seconds(1))
    let bench = LoopBench(.upright, capacity: 4)
    let end = LoopBench.start + 1_000_000
    while bench.clock.now() < end { #expect(bench.turn()) }
    // The sensor and its state have come too.
    #expect(bench.service.control.lost == UInt64(all.count - 2))
    var kept: [Int64] = []
    while let publication = bench.service.receive() { if let frame = publication.frame { kept.append(frame.time) } }
    #expect(kept == all.prefix(2).map(\.time))
    // There is room again.
    #expect(bench.run(for: .milliseconds(24)).count == 3)
  }

  /// What lasts is told as soon as there is room: the service side would believe the old state for ever.
  @Test func aStateThatFoundTheChannelFullIsToldLater() throws {
    let bench = LoopBench(.upright, faults: [.noAnswer(from: at(1), to: at(60))], capacity: 4)
    while bench.clock.now() < LoopBench.start + 2_000_000 { #expect(bench.turn()) }
    let lost = bench.service.control.lost
    var taken: [Publication] = []
    while let publication = bench.service.receive() { taken.append(publication) }
    #expect(taken.compactMap(\.sensorState) == [.running])
    let later = bench.run(for: .milliseconds(200))
    #expect(later.first?.publication.sensorState == .lost)
    #expect(bench.service.control.lost == lost)
  }

  @Test func theSensorThatFoundTheChannelFullIsToldLater() throws {
    // Nothing answers at first: its faults fill the channel.
    let bench = LoopBench(.upright, faults: [.noAnswer(from: at(0), to: at(20))], capacity: 4)
    while bench.clock.now() < LoopBench.start + 30_000_000 { #expect(bench.turn()) }
    while bench.service.receive() != nil {}
    let later = bench.run(for: .milliseconds(8)).map(\.publication)
    #expect(later.first?.found?.model == .mpu6050)
    #expect(later.last?.sensorState == .running)
  }

  /// With the sample of its time, counted from the first one.
  @Test func whatIsPlannedIsAskedForInItsTime() throws {
    let frames = LoopBench(.referenceNotChosen, settings: batched).frames(for: .seconds(70))
    let first = try #require(frames.first).time
    let asked = frames.filter { $0.measurement.command != nil }
    #expect(asked.map { $0.time - first } == [20_000_000, 66_000_000, 67_000_000])
    #expect(asked.map(\.measurement.command) == Scenario.referenceNotChosen.commands.map(\.command))
  }
}
