// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

func address(_ value: UInt8) -> I2CAddress {
  guard let address = I2CAddress(value) else { preconditionFailure("no such address") }
  return address
}

func at(_ milliseconds: Double) -> Timestamp { Timestamp(microseconds: Int64((milliseconds * 1000).rounded())) }

func settings(
  _ mode: SamplingMode = .polled, milliseconds: Int64 = 10, accelerationRange: Int = 4,
  angularVelocityRange: Int = 500, batch: Int64 = 100, model: SensorModel? = nil, address: I2CAddress? = nil,
  acceptedIdentity: UInt8? = nil
) -> SensorSettings {
  SensorSettings(
    period: .milliseconds(milliseconds), accelerationRange: accelerationRange,
    angularVelocityRange: angularVelocityRange, mode: mode, batch: .milliseconds(batch), model: model,
    address: address, acceptedIdentity: acceptedIdentity)
}

/// What came of one draining.
enum Drained: Equatable {
  case next(Timestamp)
  case ended
  case fault(SensorFault, retry: Timestamp)
}

struct TimedFault: Equatable {
  var time: Timestamp
  var fault: SensorFault
}

/// A driver on some bus, drained by hand.
struct DriverBench<Bus: I2CBus & ~Copyable, Edges: InputEdges & ~Copyable>: ~Copyable {
  var sensor: InertialSensor<Bus, Edges>
  var buffer = MeasurementBuffer(filler: Measurement(raw: nil, sample: SensorScale.any.sample(from: .zero)))

  init(on bus: consuming Bus, edges: consuming Edges, _ settings: SensorSettings) {
    sensor = InertialSensor(on: bus, edges: edges, settings)
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
  @discardableResult
  mutating func run(from start: Timestamp, to end: Timestamp, _ each: ([Measurement]) -> Void = { _ in })
    -> [TimedFault]
  {
    var faults: [TimedFault] = []
    var now = start
    var sameTime = 0
    while now <= end {
      var next = now
      switch drain(at: now) {
      case .next(let time): next = time
      case .fault(let fault, let retry):
        faults.append(TimedFault(time: now, fault: fault))
        next = retry
      case .ended: return faults
      }
      each(takeAll())
      // A state machine may want to go on at once, but not for ever.
      sameTime = next == now ? sameTime + 1 : 0
      guard next >= now, sameTime < 20 else {
        Issue.record("the driver does not go on from \(now) to \(next)")
        return faults
      }
      now = next
    }
    return faults
  }

  mutating func runToFault(from start: Timestamp, to end: Timestamp) -> TimedFault? {
    var now = start
    while now <= end {
      switch drain(at: now) {
      case .next(let time): now = time
      case .fault(let fault, _): return TimedFault(time: now, fault: fault)
      case .ended: return nil
      }
    }
    return nil
  }

  /// Until it waits for something.
  mutating func settle(atMilliseconds time: Double) -> Drained {
    var drained = drain(atMilliseconds: time)
    while drained == .next(at(time)) { drained = drain(atMilliseconds: time) }
    return drained
  }
}

extension SensorScale {
  static var any: SensorScale { SensorScale(acceleration: 1, angularVelocity: 1) }
}

extension DriverBench where Bus: ~Copyable, Edges == NoEdges {
  init(on bus: consuming Bus, _ settings: SensorSettings = settings()) {
    sensor = InertialSensor(on: bus, settings)
  }
}

extension DriverBench where Bus == FakeBus, Edges: ~Copyable {
  /// Past the start of an MPU-6050: the first drain is due at 161 ms polled and by edges, at 260 ms from the FIFO.
  mutating func start(_ wires: FakeWires) {
    _ = settle(atMilliseconds: 0)
    _ = settle(atMilliseconds: 100)
    _ = settle(atMilliseconds: 160)
    _ = wires.takeTranscript()
  }

  /// Past the start and the first draining of the FIFO, at 260 ms, which gave one sample.
  mutating func startFIFO(_ wires: FakeWires, _ chip: FakeChip) {
    start(wires)
    chip.fill(0...1)
    _ = drain(atMilliseconds: 260)
    _ = takeAll()
    _ = wires.takeTranscript()
  }
}
