// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

@testable import PostureService

/// What the tests ask of the sensor unless they say otherwise: 125 Hz, so that no pulse ends on a sample, one by one.
let period = Interval.milliseconds(8)
let settings = SensorSettings(period: period, accelerationRange: 4, angularVelocityRange: 500, mode: .polled)
/// As the daemon has it: 100 Hz, from the chip's FIFO every 100 ms.
let batched = SensorSettings(period: .milliseconds(10), accelerationRange: 4, angularVelocityRange: 500)

/// A sampling loop on virtual time: the real driver on a simulated chip, with a logged pin, turned by hand.
final class LoopBench {
  typealias Loop<Clock: MonotonicClock> = SamplingLoop<
    LimitedSource<InertialSensor<SimulatedMPU6050<Clock>, NoEdges>>, SimulatedPin<Clock>, Clock
  >

  static let start: Int64 = 7_000_000

  let clock = VirtualClock(startingAt: LoopBench.start)
  let pin = PinLog()
  let service: ServiceSide
  private var loop: Loop<VirtualClock>

  convenience init(
    _ scenario: Scenario, faults: [SimulatedFault] = [], limit: Interval? = nil, capacity: Int = 64,
    settings: SensorSettings = settings, strength: UInt8 = 100, kept: Kept = Kept(),
    pipeline: PosturePipeline.Parameters = .holding
  ) {
    var sensor = scenario.sensor
    sensor.faults += faults
    self.init(
      scenario.wearer, sensor, limit: limit, capacity: capacity, settings: settings, strength: strength, kept: kept,
      pipeline: pipeline, planned: scenario.commands)
  }

  init(
    _ wearer: SimulatedWearer, _ sensor: SimulatedSensorParameters, limit: Interval? = nil, capacity: Int = 64,
    settings: SensorSettings = settings, strength: UInt8 = 100, kept: Kept = Kept(),
    pipeline: PosturePipeline.Parameters = .holding, planned: [(after: Interval, command: Command)] = []
  ) {
    service = ServiceSide(capacity: capacity)
    loop = Self.loop(
      wearer, sensor, settings: settings, strength: strength, limit: limit, clock, pin: pin, kept: kept,
      pipeline: pipeline, planned: planned, service.takeLink())
  }

  static func loop<Clock: MonotonicClock>(
    _ scenario: Scenario, settings: SensorSettings = settings, limit: Interval? = nil, _ clock: Clock,
    pin: PinLog = PinLog(), _ link: consuming SamplingLink
  ) -> Loop<Clock> {
    loop(
      scenario.wearer, scenario.sensor, settings: settings, limit: limit, clock, pin: pin, planned: scenario.commands,
      link)
  }

  private static func loop<Clock: MonotonicClock>(
    _ wearer: SimulatedWearer, _ sensor: SimulatedSensorParameters, settings: SensorSettings = settings,
    strength: UInt8 = 100, limit: Interval? = nil, _ clock: Clock, pin: PinLog = PinLog(), kept: Kept = Kept(),
    pipeline: PosturePipeline.Parameters = .holding, planned: [(after: Interval, command: Command)] = [],
    _ link: consuming SamplingLink
  ) -> Loop<Clock> {
    let coin = SimulatedMotor()
    let chip = SimulatedMPU6050(clock: clock, wearer: wearer, parameters: sensor, motor: coin)
    var motor = VibrationMotor<SimulatedPin<Clock>>.Parameters()
    motor.strength = strength
    return SamplingLoop(
      source: LimitedSource(InertialSensor(on: chip, settings), duration: limit),
      motor: VibrationMotor(on: SimulatedPin(clock: clock, log: pin, motor: coin), motor), clock: clock,
      pipeline: pipeline, kept: kept, planned: planned, link: link)
  }

  /// Judges what is sampled from now on by other parameters.
  func judge(by parameters: PosturePipeline.Parameters, number: UInt32) {
    #expect(service.send(Judgement(number: number, parameters: parameters)))
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
  var sensorState: SensorState? {
    if case .sensorState(let state) = self { state } else { nil }
  }
  var found: SensorDescription? {
    if case .sensorFound(let found) = self { found } else { nil }
  }
  var motorFault: PinError? {
    if case .motorFault(let error) = self { error } else { nil }
  }
  var motorIsOn: Bool? {
    if case .motor(let isOn) = self { isOn } else { nil }
  }
  var isMotorCutOff: Bool {
    if case .motorCutOff = self { true } else { false }
  }
  var isMotorRecovered: Bool {
    if case .motorRecovered = self { true } else { false }
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
  private static let all: (frames: [Frame], found: SensorDescription) = {
    let hundred = SensorSettings(
      period: .milliseconds(10), accelerationRange: 4, angularVelocityRange: 500, mode: .polled)
    let taken = LoopBench(.slouchUntilReminded, settings: hundred).run(for: Scenario.slouchUntilReminded.duration)
    guard let found = taken.lazy.compactMap(\.publication.found).first else { fatalError("nothing is found") }
    return (taken.compactMap(\.publication.frame), found)
  }()

  static var frames: [Frame] { all.frames }
  /// The sensor of the frames.
  static var found: SensorDescription { all.found }

  static let facts = ServiceState.Facts(
    source: "simulated", hasMotor: true, detector: PosturePipeline.Parameters.holding.detector,
    calibrationWindow: .seconds(3))
}
