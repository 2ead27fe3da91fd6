// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats
import PostureSimulation
import TestSupport
import Testing

@testable import PostureService

/// The accelerometer's calibration on the sampling thread, and in what is recorded of it.
struct SamplingCalibrationTests {
  private let directory = TemporaryDirectory()
  private let log = LogLines()

  private func kept(_ model: SensorModel = .mpu6050, _ address: UInt8 = 0x68) throws -> Kept {
    Kept(
      calibration: KeptCalibration(
        model: model, address: try #require(I2CAddress(address)), calibration: someCalibration))
  }

  @Test func theOneThatIsKeptGoesWithTheFirstSample() throws {
    let bench = LoopBench(.upright, kept: try kept())
    #expect(bench.service.send(.calibrate))
    let frames = bench.frames(for: .seconds(1))
    #expect(frames[0].measurement.command == .calibrateAccelerometer(someCalibration))
    // One command a sample.
    #expect(frames[1].measurement.command == .calibrate)
    #expect(frames.dropFirst(2).allSatisfy { $0.measurement.command == nil })
    #expect(frames.allSatisfy { $0.accelerometer == someCalibration })
    // What is published of the sample is what the chip gave.
    let raw = try #require(frames[0].measurement.raw)
    #expect(frames[0].measurement.sample == Recorded.found.scale.sample(from: raw))
  }

  @Test(arguments: [(SensorModel.mpu6500, 0x68), (.mpu6050, 0x69)] as [(SensorModel, UInt8)])
  func anotherSensorsIsNotApplied(model: SensorModel, address: UInt8) throws {
    let frames = LoopBench(.upright, kept: try kept(model, address)).frames(for: .seconds(1))
    #expect(frames.allSatisfy { $0.measurement.command == nil && $0.accelerometer == .identity })
  }

  @Test func aNewOneIsInForceWithTheNextSample() throws {
    let bench = LoopBench(.upright)
    let before = bench.frames(for: .seconds(5))
    #expect(before.allSatisfy { $0.accelerometer == .identity })
    #expect(bench.service.send(.calibrateAccelerometer(someCalibration)))
    let after = bench.frames(for: .seconds(5))
    #expect(after[0].measurement.command == .calibrateAccelerometer(someCalibration))
    #expect(after.allSatisfy { $0.accelerometer == someCalibration })
    #expect(before.last?.output.up != after.first?.output.up)
  }

  /// Kept from the start, changed, removed, with reference postures between: the replay comes to the very bits.
  @Test func aReplayRepeatsEveryChangeBitForBit() throws {
    let other = try #require(AccelerometerCalibration(offset: .init(-7, 99, 12_345), scale: .init(1, -9999, 31_415)))
    let bench = LoopBench(.slouchUntilReminded, settings: batched, kept: try kept())
    var frames = bench.frames(for: .seconds(20))
    for command in [
      .calibrateAccelerometer(other), .calibrate, .calibrateAccelerometer(.identity),
      .calibrateAccelerometer(someCalibration),
    ] as [Command] {
      #expect(bench.service.send(command))
      frames += bench.frames(for: .seconds(12))
    }
    let path = directory.file("t")
    let recorder = try Recorder(path: path) { _ in RecorderTests.header }
    for frame in frames {
      recorder.append(
        frame.measurement, from: Recorded.found, correctedBy: frame.accelerometer, lostSoFar: 0, reason: "late")
    }
    recorder.close(log.logger)
    let text = try contents(of: path)
    #expect(text.contains("\n# acceleration-calibration: \(someCalibration.text)\n"))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("#! ") } == 4)
    let live = self.bits(of: frames.compactMap { $0.output.up })
    #expect(try bits(of: replayed(text)) == live)
    // The header's, and each of the rows', is needed for it.
    for line in text.split(separator: "\n") where line.contains("acceleration-calibration") {
      #expect(try bits(of: replayed(text.replacing(line + "\n", with: ""))) != live, "\(line)")
    }
  }

  private func bits(of ups: [Direction]) -> [UInt64] { ups.flatMap { [$0.x, $0.y, $0.z].map(\.bitPattern) } }

  private func replayed(_ text: String) throws -> [Direction] {
    var reader = TraceReader(source: "t")
    var pipeline = PosturePipeline(.holding)
    var ups: [Direction] = []
    func take(_ measurement: Measurement) {
      if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
      if let up = pipeline.process(measurement.sample)?.up { ups.append(up) }
    }
    let bytes = Array(text.utf8)
    try reader.read(bytes.span) { take($0) }
    try reader.finish { take($0) }
    return ups
  }

  /// The service side is far behind just then: every command is known of in the end, in its order, and each once.
  @Test func aCommandThatFindsNoRoomIsToldWithALaterSample() throws {
    let bench = LoopBench(.upright, capacity: 4)
    _ = bench.frames(for: .seconds(1))
    let commands: [Command] = [.calibrateAccelerometer(someCalibration), .setMode(.tracking), .calibrate]
    // Nothing is taken meanwhile: the channel is full, and the first command's sample is lost.
    while bench.service.control.lost == 0 { #expect(bench.turn()) }
    for command in commands { #expect(bench.service.send(command)) }
    let lost = bench.service.control.lost
    while bench.service.control.lost < lost + 10 { #expect(bench.turn()) }
    while let publication = bench.service.receive() { #expect(publication.frame?.measurement.command == nil) }
    let frames = bench.frames(for: .seconds(1))
    #expect(frames.compactMap(\.measurement.command) == commands)
    #expect(frames.allSatisfy { $0.accelerometer == someCalibration })
  }

  /// A trace that is played has its own.
  @Test func aPlayedTracesCommandsAreNotOverruled() throws {
    let service = ServiceSide(capacity: 512)
    let sample = Recorded.frames[0].measurement.sample
    var measurements = Recorded.frames.prefix(10).map(\.measurement)
    for index in measurements.indices { measurements[index].command = nil }
    measurements[0].command = .calibrateAccelerometer(someCalibration)
    let clock = VirtualClock(startingAt: sample.time.microseconds)
    var loop = SamplingLoop(
      source: TraceSource(measurements), motor: VibrationMotor(on: SimulatedPin(clock: clock)), clock: clock,
      pipeline: .holding, kept: try kept(.mpu6050, 0x69), link: service.takeLink())
    #expect(service.send(.calibrate))
    loop.run()
    var commands: [Command?] = []
    while let publication = service.receive() {
      if let frame = publication.frame { commands.append(frame.measurement.command) }
    }
    #expect(commands.prefix(3) == [.calibrateAccelerometer(someCalibration), .calibrate, nil])
  }
}
