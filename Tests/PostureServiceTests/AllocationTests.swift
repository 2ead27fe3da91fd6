// SPDX-License-Identifier: MIT
import AllocationSpy
import Drivers
import Glibc
import HAL
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

/// What the simulated chip itself has taken from the heap, which no real one would.
private final class Tally {
  var allocations: UInt64 = 0
  var frees: UInt64 = 0
}

private struct TalliedBus: ~Copyable, I2CBus {
  var chip: SimulatedMPU6050<VirtualClock>
  let tally: Tally

  @_lifetime(reading: copy reading)
  mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    let before = allocationspy_this_thread()
    defer {
      let after = allocationspy_this_thread()
      tally.allocations += after.allocations - before.allocations
      tally.frees += after.frees - before.frees
    }
    try chip.exchange(written, reading: &reading, with: address)
  }
}

/// What a loop did, and how often it called the heap for it.
private struct Happenings {
  var turns = 0
  var frames = 0
  var events = 0
  var faults = 0
  var motor = 0
  var commands = 0
  var allocations: UInt64 = 0
  var frees: UInt64 = 0
}

private final class CountedLoop {
  private let clock = VirtualClock(startingAt: LoopBench.start)
  private let tally = Tally()
  let pin = PinLog()
  let service: ServiceSide
  private var loop: SamplingLoop<InertialSensor<TalliedBus, NoEdges>, SimulatedPin<VirtualClock>, VirtualClock>

  init(
    _ scenario: Scenario, _ settings: SensorSettings, faults: [SimulatedFault] = [], capacity: Int = 64,
    strength: UInt8 = 100
  ) {
    service = ServiceSide(capacity: capacity)
    var sensor = scenario.sensor
    sensor.faults += faults
    let chip = SimulatedMPU6050(clock: clock, wearer: scenario.wearer, parameters: sensor)
    var motor = VibrationMotor<SimulatedPin<VirtualClock>>.Parameters()
    motor.strength = strength
    loop = SamplingLoop(
      source: InertialSensor(on: TalliedBus(chip: chip, tally: tally), settings),
      motor: VibrationMotor(on: SimulatedPin(clock: clock, log: pin), motor), clock: clock,
      pipeline: .holding, link: service.takeLink())
  }

  /// Each changes something: a calibration that is in force already would be no work.
  private static let commands: InlineArray<4, Command> = [
    .calibrate, .calibrateAccelerometer(someCalibration), .calibrate, .calibrateAccelerometer(.identity),
  ]

  /// Turns for so long, with a command every ten seconds; takes what is published unless told otherwise.
  func run(for length: Interval, isTaking: Bool = true) -> Happenings {
    var seen = Happenings()
    let end = clock.now() + length.microseconds
    var nextCommand = clock.now() + 5_000_000
    let chip = (allocations: tally.allocations, frees: tally.frees)
    let before = allocationspy_this_thread()
    while clock.now() < end, let deadline = loop.turn(at: Timestamp(microseconds: clock.now())) {
      clock.sleep(until: deadline.microseconds)
      seen.turns += 1
      if clock.now() >= nextCommand {
        nextCommand += 10_000_000
        if service.send(Self.commands[seen.commands % 4]) { seen.commands += 1 }
      }
      while isTaking, let publication = service.receive() { count(publication, in: &seen) }
    }
    let after = allocationspy_this_thread()
    seen.allocations = after.allocations - before.allocations - (tally.allocations - chip.allocations)
    seen.frees = after.frees - before.frees - (tally.frees - chip.frees)
    return seen
  }

  private func count(_ publication: Publication, in seen: inout Happenings) {
    switch publication {
    case .frame(let frame):
      seen.frames += 1
      seen.events += frame.output.eventCount
    case .sensorFault: seen.faults += 1
    case .motor: seen.motor += 1
    case .sensorFound, .sensorState, .motorFault, .motorRecovered, .motorCutOff, .ended: break
    }
  }
}

@Suite(.enabled(if: allocationspy_is_active() != 0, "a sanitizer owns malloc"))
struct AllocationTests {
  @Test func theSpyCountsAnAllocation() {
    let before = allocationspy_this_thread()
    let object = PinLog()
    let between = allocationspy_this_thread()
    #expect(between.allocations > before.allocations)
    withExtendedLifetime(object) {}
  }

  @Test func theSpyCountsNothingWhereNothingIsAllocated() {
    let before = allocationspy_this_thread()
    var sum = 0
    for value in 0..<1000 { sum &+= value }
    let after = allocationspy_this_thread()
    #expect(after.allocations == before.allocations && sum == 499_500)
  }

  /// The runtime allocates at the first use of some types: every kind of command once, before anything is counted.
  private static let fillCaches: Void = {
    for settings in [settings, batched] { _ = CountedLoop(.upright, settings).run(for: .seconds(40)) }
  }()

  @Test(arguments: [(settings, 100), (batched, 100), (batched, 50)] as [(SensorSettings, UInt8)])
  func turnsWithEventsAndCommandsDoNotAllocate(settings: SensorSettings, strength: UInt8) {
    Self.fillCaches
    let loop = CountedLoop(.slouchUntilReminded, settings, strength: strength)
    _ = loop.run(for: .seconds(8))
    let seen = loop.run(for: .seconds(100))
    #expect(seen.turns > (settings.mode == .polled ? 12_000 : 1000) && seen.frames > 9900)
    #expect(seen.events > 5 && seen.commands == 10 && seen.motor > 10 && loop.pin.edges.count > 10)
    #expect(seen.allocations == 0 && seen.frees == 0)
  }

  @Test(arguments: [settings, batched])
  func aFullChannelDoesNotAllocate(settings: SensorSettings) {
    Self.fillCaches
    let loop = CountedLoop(.upright, settings, capacity: 4)
    _ = loop.run(for: .seconds(8), isTaking: false)
    let lost = loop.service.control.lost
    let seen = loop.run(for: .seconds(20), isTaking: false)
    #expect(loop.service.control.lost - lost > 1900)
    #expect(seen.allocations == 0 && seen.frees == 0)
  }

  /// In a process of its own, from which Swift Testing's hooks on thrown errors can be taken: they allocate a backtrace
  /// for each.
  @Test func turnsWithFaultsDoNotAllocate() async {
    await #expect(processExitsWith: .success) { try runWithFaults(settings) }
  }

  @Test func batchesWithFaultsDoNotAllocate() async {
    await #expect(processExitsWith: .success) { try runWithFaults(batched) }
  }
}

private func runWithFaults(_ settings: SensorSettings) throws {
  for name in ["_swift_willThrow", "_swift_willThrowTypedImpl"] {
    let hook = try #require(dlsym(nil, name))
    hook.assumingMemoryBound(to: UInt.self).pointee = 0
  }
  // Each kind once while the runtime still fills its caches, and once when that is over.
  let faults = [2.0, 52].flatMap { start -> [SimulatedFault] in
    [
      .noAnswer(from: at(start), to: at(start + 2)), .noAnswer(from: at(start + 8), to: at(start + 8.008)),
      .brownOut(at: at(start + 16)), .frozen(from: at(start + 20), to: at(start + 23)),
      .ones(from: at(start + 28), to: at(start + 28.1)), .timeout(from: at(start + 32), to: at(start + 32.2)),
    ]
  }
  let loop = CountedLoop(.slouchUntilReminded, settings, faults: faults)
  #expect(loop.run(for: .seconds(50)).faults > 5)
  let seen = loop.run(for: .seconds(60))
  #expect(seen.frames > 4500)
  #expect(seen.events > 5 && seen.faults > 5)
  #expect(seen.allocations == 0)
  #expect(seen.frees == 0)
}
