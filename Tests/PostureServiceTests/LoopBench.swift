// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats
import PostureSimulation

@testable import PostureService

/// What the tests ask of the sensor unless they say otherwise: 125 Hz, so that no pulse ends on a sample.
let period = Interval.milliseconds(8)
let settings = SensorSettings(period: period, accelerationRange: 4, angularVelocityRange: 500)

/// A sampling loop on virtual time: the real driver on a simulated chip, with a logged pin, turned by hand.
final class LoopBench {
  typealias Loop<Clock: MonotonicClock> = SamplingLoop<
    LimitedSource<MPU6050<SimulatedMPU6050<Clock>>>, SimulatedPin<Clock>, Clock
  >

  static let start: Int64 = 7_000_000

  let clock = VirtualClock(startingAt: LoopBench.start)
  let pin = PinLog()
  let service: ServiceSide
  private var loop: Loop<VirtualClock>

  init(
    _ scenario: Scenario, faults: [SimulatedFault] = [], limit: Interval? = nil, capacity: Int = 64,
    settings: SensorSettings = settings
  ) throws {
    service = ServiceSide(capacity: capacity)
    loop = try Self.loop(
      scenario, faults: faults, settings: settings, limit: limit, clock, pin: pin, service.takeLink())
  }

  static func loop<Clock: MonotonicClock>(
    _ scenario: Scenario, faults: [SimulatedFault] = [], settings: SensorSettings = settings, limit: Interval? = nil,
    _ clock: Clock, pin: PinLog = PinLog(), _ link: consuming SamplingLink
  ) throws -> Loop<Clock> {
    var sensor = scenario.sensor
    sensor.faults += faults
    let chip = SimulatedMPU6050(clock: clock, wearer: scenario.wearer, parameters: sensor)
    return SamplingLoop(
      source: LimitedSource(MPU6050(on: chip, at: sensor.address, settings), duration: limit),
      motor: try VibrationMotor(on: SimulatedPin(clock: clock, log: pin)), clock: clock,
      pipeline: PosturePipeline.Parameters(), link: link)
  }

  /// One turn and the sleep after it; false where the source has ended.
  func turn() -> Bool {
    guard let deadline = loop.turn(at: Timestamp(microseconds: clock.now())) else { return false }
    clock.sleep(until: deadline.microseconds)
    return true
  }

  /// Turns for so long, or until the source ends; gives what was published, with the time of the turn that did.
  func run(for length: Interval) -> [(time: Int64, publication: Publication)] {
    let end = clock.now() + length.microseconds
    var taken: [(Int64, Publication)] = []
    var isGoing = true
    while isGoing && clock.now() < end {
      let now = clock.now()
      isGoing = turn()
      while let publication = service.receive() { taken.append((now, publication)) }
    }
    return taken
  }

  func frames(for length: Interval) -> [Frame] { run(for: length).compactMap(\.publication.frame) }
}

/// Virtual time that calls a function before each sleep: what happens outside of the sampling thread meanwhile.
struct WatchedClock: MonotonicClock {
  let base = VirtualClock(startingAt: LoopBench.start)
  let beforeSleep: (Int64) -> Void

  func now() -> Int64 { base.now() }

  func sleep(until deadline: Int64) {
    beforeSleep(base.now())
    base.sleep(until: deadline)
  }
}

extension Publication {
  var frame: Frame? {
    if case .frame(let frame) = self { frame } else { nil }
  }
  var sensorFault: SensorFault? {
    if case .sensorFault(let fault, _) = self { fault } else { nil }
  }
  var motorFault: PinError? {
    if case .motorFault(let error) = self { error } else { nil }
  }
  var isEnd: Bool {
    if case .ended = self { true } else { false }
  }
}

extension Frame {
  var time: Int64 { output.time.microseconds }
  var events: [EventRecord] { (0..<output.eventCount).map { EventRecord(output.event($0)) } }
}

extension [Frame] {
  var events: [EventRecord] { flatMap(\.events) }

  /// When an event came; nil where it did not.
  func time(of event: String) -> Int64? { events.first { $0.event == event }?.time_us }
}

/// Frames of a slouch that is held, reminded of and corrected, at 100 Hz; made once.
enum Recorded {
  static let frames: [Frame] = {
    let hundred = SensorSettings(period: .milliseconds(10), accelerationRange: 4, angularVelocityRange: 500)
    do {
      return try LoopBench(.slouchUntilReminded, settings: hundred).frames(for: Scenario.slouchUntilReminded.duration)
    } catch { fatalError("a simulated pin does what it is told: \(error)") }
  }()

  static let facts = ServiceState.Facts(
    source: "simulated", sensor: "MPU-6050", rate: 100, hasMotor: true, detector: DeviationDetector.Parameters(),
    calibrationWindow: .seconds(3))
}
