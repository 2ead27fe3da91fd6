// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

func address(_ value: UInt8) -> I2CAddress {
  guard let address = I2CAddress(value) else { preconditionFailure("no such address") }
  return address
}

func at(_ milliseconds: Double) -> Timestamp { Timestamp(microseconds: Int64((milliseconds * 1000).rounded())) }

func settings(
  milliseconds: Int64 = 10, accelerationRange: Int = 4, angularVelocityRange: Int = 500
) -> SensorSettings {
  SensorSettings(
    period: .milliseconds(milliseconds), accelerationRange: accelerationRange,
    angularVelocityRange: angularVelocityRange)
}

/// What came of one draining.
enum Drained: Equatable {
  case next(Timestamp)
  case ended
  case fault(SensorFault, retry: Timestamp)
}

/// A driver on some bus, drained by hand.
struct DriverBench<Bus: I2CBus & ~Copyable>: ~Copyable {
  var sensor: MPU6050<Bus>
  var buffer = MeasurementBuffer(filler: Measurement(raw: nil, sample: SensorScale.any.sample(from: .zero)))

  init(on bus: consuming Bus, _ settings: SensorSettings = settings(), address value: UInt8 = 0x69) {
    sensor = MPU6050(on: bus, at: address(value), settings)
  }

  mutating func drain(at time: Timestamp) -> Drained {
    do {
      switch try sensor.drain(into: &buffer, at: time) {
      case .at(let next): return .next(next)
      case .ended: return .ended
      }
    } catch {
      return .fault(error, retry: sensor.retry)
    }
  }

  mutating func drain(atMilliseconds time: Double) -> Drained { drain(at: at(time)) }

  mutating func takeAll() -> [Measurement] {
    var all: [Measurement] = []
    while let measurement = buffer.popFirst() { all.append(measurement) }
    return all
  }

  /// Drains whenever it is due, from one time on and up to another; returns the faults with their times.
  mutating func run(from start: Timestamp, to end: Timestamp, _ each: ([Measurement]) -> Void = { _ in })
    -> [(time: Timestamp, fault: SensorFault)]
  {
    var faults: [(time: Timestamp, fault: SensorFault)] = []
    var now = start
    var sameTime = 0
    while now <= end {
      var next = now
      switch drain(at: now) {
      case .next(let time): next = time
      case .fault(let fault, let retry):
        faults.append((now, fault))
        next = retry
      case .ended: return faults
      }
      each(takeAll())
      // A state machine may want to go on at once, but not for ever.
      sameTime = next == now ? sameTime + 1 : 0
      guard next >= now, sameTime < 10 else {
        Issue.record("the driver does not go on from \(now) to \(next)")
        return faults
      }
      now = next
    }
    return faults
  }
}

extension SensorScale {
  static var any: SensorScale { SensorScale(acceleration: 1, angularVelocity: 1) }
}

extension DriverBench where Bus == FakeBus {
  /// Past the start: the first sample is due at 170 ms.
  mutating func start(_ chip: FakeChip) {
    for time in [0, 100, 100, 160, 160] as [Double] { _ = drain(atMilliseconds: time) }
    _ = chip.takeTranscript()
  }
}
