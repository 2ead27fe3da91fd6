// SPDX-License-Identifier: MIT
// Makes the generics of the core and the drivers concrete, so that `make pure` compiles (and so checks) every line of
// their hot path as Embedded Swift without allocation. Compiled as a file of the module Drivers; never run.
import HAL
import PostureCore

struct NoBus: I2CBus {
  mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    throw .noAcknowledge
  }
}

struct NoPin: OutputPin {
  func set(active: Bool) throws(PinError) {}
}

/// One turn of the sampling loop.
func turn(
  _ sensor: inout MPU6050<NoBus>, _ motor: inout VibrationMotor<NoPin>, _ buffer: inout MeasurementBuffer,
  _ pipeline: inout PosturePipeline, at now: Timestamp
) -> Int {
  var events = 0
  do { _ = try sensor.drain(into: &buffer, at: now) } catch { return -1 }
  while let measurement = buffer.popFirst() {
    if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
    if let output = pipeline.process(measurement.sample) { events += output.eventCount }
  }
  do { try motor.set(on: pipeline.motor(at: now).isOn) } catch { return -1 }
  return events + Int(buffer.overwritten)
}

@main struct Entry {
  static func main() {
    guard let address = I2CAddress(0x68) else { return }
    let settings = SensorSettings(period: .milliseconds(10), accelerationRange: 4, angularVelocityRange: 500)
    var sensor = MPU6050(on: NoBus(), at: address, settings)
    var buffer = MeasurementBuffer(
      filler: Measurement(raw: nil, sample: SensorScale(acceleration: 1, angularVelocity: 1).sample(from: .zero)))
    var pipeline = PosturePipeline()
    pipeline.takeReference(over: .seconds(3), from: Timestamp(microseconds: 0))
    var motor: VibrationMotor<NoPin>
    do { motor = try VibrationMotor(on: NoPin()) } catch { return }
    for tick in 0..<1000 {
      _ = turn(&sensor, &motor, &buffer, &pipeline, at: Timestamp(microseconds: Int64(tick) * 10000))
    }
  }
}
