// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

/// Levels that a pin does not take while it is told not to.
private final class Failure {
  var fails: (UInt8) -> Bool = { _ in false }
}

private struct FailingPin: OutputPin {
  let pin: SimulatedPin<VirtualClock>
  let failure: Failure

  func set(percent: UInt8) throws(PinError) {
    guard !failure.fails(percent) else { throw .gone }
    try pin.set(percent: percent)
  }
}

struct MotorFaultTests {
  private final class Bench {
    let clock = VirtualClock(startingAt: LoopBench.start)
    let failure = Failure()
    let log = PinLog()
    private(set) var taken: [Publication] = []
    private let service = ServiceSide()
    private var loop: SamplingLoop<InertialSensor<SimulatedMPU6050<VirtualClock>, NoEdges>, FailingPin, VirtualClock>

    init() {
      let scene = Scenario.slowSlouch
      let chip = SimulatedMPU6050(clock: clock, wearer: scene.wearer, parameters: scene.sensor)
      let pin = FailingPin(pin: SimulatedPin(clock: clock, log: log), failure: failure)
      loop = SamplingLoop(
        source: InertialSensor(on: chip, settings), motor: VibrationMotor(on: pin), clock: clock,
        pipeline: .holding, link: service.takeLink())
    }

    /// Turns for so long; gives the motor's faults.
    @discardableResult
    func run(for length: Interval) -> [PinError] {
      let before = taken.count
      let end = clock.now() + length.microseconds
      while clock.now() < end, let deadline = loop.turn(at: Timestamp(microseconds: clock.now())) {
        while let publication = service.receive() { taken.append(publication) }
        clock.sleep(until: deadline.microseconds)
      }
      return taken[before...].compactMap(\.motorFault)
    }

    /// Turns until the motor has the level; gives the motor's faults.
    func run(until isActive: Bool) -> [PinError] {
      var faults: [PinError] = []
      let end = clock.now() + 60_000_000
      while log.isActive != isActive && clock.now() < end { faults += run(for: .milliseconds(1)) }
      return faults
    }

    var recoveries: Int { taken.count(where: \.isMotorRecovered) }
    var levels: [Bool] { taken.compactMap(\.motorIsOn) }
  }

  @Test func aPulseThatCannotBeginIsPublishedOnce() {
    let bench = Bench()
    bench.failure.fails = { $0 > 0 }
    // The acknowledgement of the reference posture: one pulse.
    #expect(bench.run(for: .seconds(15)) == [.gone])
    #expect(bench.log.edges.count == 0 && bench.levels == [])
    #expect(bench.recoveries == 1)
  }

  /// An absent line is one fault, and everything else goes on.
  @Test func aDeadPinIsPublishedOnceForAllPulses() {
    let bench = Bench()
    bench.failure.fails = { _ in true }
    #expect(bench.run(for: .seconds(45)) == [.gone])
    #expect(bench.levels == [] && bench.recoveries == 0)
    #expect(bench.taken.contains { $0.frame?.events.contains { $0.event == "deviated" } == true })
  }

  @Test func aPinThatComesBackIsSaidAndDriven() {
    let bench = Bench()
    bench.failure.fails = { _ in true }
    #expect(bench.run(for: .seconds(1)) == [.gone])
    bench.failure.fails = { _ in false }
    // The pause between two tries has grown to 0.8 s.
    #expect(bench.run(for: .seconds(1)) == [])
    #expect(bench.recoveries == 1)
    #expect(bench.run(until: true) == [])
    #expect(bench.levels == [true])
  }

  @Test func switchingOffIsTriedAgainUntilItSucceeds() {
    let bench = Bench()
    #expect(bench.run(until: true) == [])
    let on = bench.clock.now()
    bench.failure.fails = { $0 == 0 }
    #expect(bench.run(for: .milliseconds(500)) == [.gone])
    #expect(bench.log.isActive)
    bench.failure.fails = { _ in false }
    #expect(bench.run(until: false) == [])
    #expect(!bench.log.isActive && bench.clock.now() - on < 900_000)
  }

  @Test func aPinThatWorkedBetweenFailsAnew() {
    let bench = Bench()
    bench.failure.fails = { _ in true }
    #expect(bench.run(for: .seconds(1)).count == 1)
    bench.failure.fails = { _ in false }
    #expect(bench.run(until: true) == [])
    bench.failure.fails = { $0 == 0 }
    #expect(bench.run(for: .milliseconds(500)) == [.gone])
  }
}
