// SPDX-License-Identifier: MIT
// Makes the generics of the core and the drivers concrete, so that `make pure` compiles (and so checks) every line of
// their hot path as Embedded Swift without allocation. Compiled as a file of the module Drivers; never run.
import HAL
import PostureCore

struct NoBus: I2CBus {
  @_lifetime(reading: copy reading)
  mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    throw .noAcknowledge
  }
}

/// A line that has an edge at each asking.
struct EveryEdge: InputEdges {
  private var sequence: UInt32 = 0

  mutating func next() throws(PinError) -> InputEdge? {
    sequence &+= 1
    return InputEdge(time: Int64(sequence), isRising: true, sequence: sequence)
  }

  mutating func reopen() throws(PinError) { throw .busy }
}

struct NoPin: OutputPin {
  func set(percent: UInt8) throws(PinError) {}
}

struct GradedPin: OutputPin {
  var isGraded: Bool { true }
  func set(percent: UInt8) throws(PinError) { throw .gone }
  mutating func reopen() throws(PinError) {}
}

/// What one turn of the sampling loop works on.
struct Works: ~Copyable {
  var buffer = MeasurementBuffer(
    filler: Measurement(raw: nil, sample: SensorScale(acceleration: 1, angularVelocity: 1).sample(from: .zero)))
  var pipeline = PosturePipeline()
  var player = HapticPlayer()
  let patterns = PosturePipeline.Parameters().patterns
  var events = 0
}

/// One turn of the sampling loop.
func turn(
  _ sensor: inout some SampleSource & ~Copyable, _ motor: inout VibrationMotor<some OutputPin & ~Copyable>,
  _ works: inout Works, at now: Timestamp
) {
  var next = now
  do {
    if case .at(let time) = try sensor.drain(into: &works.buffer, at: now) { next = time }
  } catch { next = sensor.retry }
  if let found = sensor.description, !found.hasGyroscope { works.events += 1 }
  while let measurement = works.buffer.popFirst() {
    if let command = measurement.command { works.pipeline.perform(command, at: measurement.sample.time) }
    guard let output = works.pipeline.process(measurement.sample) else { continue }
    works.events += output.eventCount + Int(measurement.missing)
    if let cue = output.cue {
      works.player.play(works.patterns[cue.kind].scaled(by: cue.intensity), for: cue.kind, at: now)
    }
  }
  let output = works.player.output(at: now)
  do {
    let percent = sensor.state.isTrusted ? output.percent : 0
    if let until = try motor.drive(percent: percent, at: next), until < next { works.events += 1 }
  } catch { works.events -= 1 }
}

func run(
  _ sensor: inout some SampleSource & ~Copyable, _ motor: inout VibrationMotor<some OutputPin & ~Copyable>
) {
  var works = Works()
  works.pipeline.takeReference(over: .seconds(3), from: Timestamp(microseconds: 0))
  for tick in 0..<1000 { turn(&sensor, &motor, &works, at: Timestamp(microseconds: Int64(tick) * 10000)) }
}

func settings(_ mode: SamplingMode) -> SensorSettings {
  SensorSettings(period: .milliseconds(10), accelerationRange: 4, angularVelocityRange: 500, mode: mode)
}

@main struct Entry {
  static func main() {
    var motor = VibrationMotor(on: NoPin())
    var graded = VibrationMotor(on: GradedPin())
    var polled = InertialSensor(on: NoBus(), settings(.polled))
    run(&polled, &motor)
    var buffered = InertialSensor(on: NoBus(), settings(.fifo))
    run(&buffered, &graded)
    var edged = InertialSensor(on: NoBus(), edges: EveryEdge(), settings(.dataReady))
    run(&edged, &motor)
  }
}
