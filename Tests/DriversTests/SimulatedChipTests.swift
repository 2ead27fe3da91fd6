// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

/// The driver on a simulated chip, whose clock it drives.
private struct SimulatedBench: ~Copyable {
  private let clock = VirtualClock()
  private var bench: DriverBench<SimulatedMPU6050<VirtualClock>>
  private(set) var measurements: [Measurement] = []
  private(set) var faults: [(time: Timestamp, fault: SensorFault)] = []

  init(
    _ wearer: SimulatedWearer = Scenario.upright.wearer, faults: [SimulatedFault] = [],
    settings: SensorSettings = settings()
  ) {
    var parameters = SimulatedSensorParameters()
    parameters.faults = faults
    bench = DriverBench(
      on: SimulatedMPU6050(clock: clock, wearer: wearer, parameters: parameters), settings, address: 0x68)
  }

  mutating func run(until end: Timestamp) {
    while clock.now() < end.microseconds {
      let now = Timestamp(microseconds: clock.now())
      switch bench.drain(at: now) {
      case .next(let next): clock.sleep(until: next.microseconds)
      case .ended: return
      case .fault(let fault, let retry):
        faults.append((now, fault))
        clock.sleep(until: retry.microseconds)
      }
      measurements += bench.takeAll()
    }
  }

  /// Samples with a time in an interval of seconds.
  func count(_ seconds: Range<Double>) -> Int {
    measurements.count { (at(seconds.lowerBound * 1000)..<at(seconds.upperBound * 1000)).contains($0.sample.time) }
  }
}

@Suite struct SimulatedChipTests {
  @Test(arguments: [2, 4, 8, 16], [250, 500, 1000, 2000])
  func atRestThereIsOneG(accelerationRange: Int, angularVelocityRange: Int) throws {
    var bench = SimulatedBench(
      settings: settings(accelerationRange: accelerationRange, angularVelocityRange: angularVelocityRange))
    bench.run(until: at(10_000))
    #expect(bench.faults.isEmpty)
    // From 170 ms on, each 10 ms.
    #expect(bench.measurements.count == 983)
    #expect(bench.count(1..<2) == 100)
    let sum = bench.measurements.reduce(Acceleration.zero) { $0 + $1.sample.acceleration }
    let mean = sum * (1 / Double(bench.measurements.count))
    #expect((mean - Acceleration(0, 0, 9.80665)).length < 0.15)
    #expect((mean.length - 9.80665).magnitude < 0.01)
    #expect(bench.measurements.allSatisfy { ($0.sample.acceleration.length - 9.80665).magnitude < 0.3 })
    #expect(bench.measurements.allSatisfy { $0.sample.angularVelocity.length < Angle.degrees(3).radians })
    #expect(bench.measurements.allSatisfy { !$0.sample.isSaturated && $0.command == nil })
  }

  /// What it measures is what the wearer does, axis by axis and sign by sign.
  @Test(arguments: [Scenario.slowSlouch, .sidewaysLean, .upsideDown])
  func theSamplesAreTheWearers(scenario: Scenario) {
    var bench = SimulatedBench(scenario.wearer)
    bench.run(until: at(30_000))
    for measurement in bench.measurements {
      // The chip's filter and its period delay the sample by 4.9 to 5.9 ms.
      let truth = scenario.wearer.state(at: measurement.sample.time + Interval(microseconds: -5400))
      #expect((measurement.sample.acceleration - truth.specificForce).length < 0.3)
      #expect((measurement.sample.angularVelocity - truth.angularVelocity).length < Angle.degrees(0.6).radians)
    }
  }

  @Test func afterASilenceItComesBack() throws {
    var bench = SimulatedBench(faults: [.noAnswer(from: at(2000), to: at(5000))])
    bench.run(until: at(10_000))
    #expect(bench.faults.allSatisfy { $0.fault == .bus(.noAcknowledge) })
    // Three polls; then 0.1, 0.2, 0.4, 0.8 and 1.6 s after one another.
    #expect(
      bench.faults.map(\.time) == [
        at(2000), at(2010), at(2020), at(2120), at(2320), at(2720), at(3520),
      ])
    #expect(bench.count(2..<5) == 0)
    let first = try #require(bench.measurements.first { $0.sample.time >= at(2000) }).sample.time
    #expect(first == at(5120 + 170))
    #expect(bench.count(6..<10) == 400)
  }

  /// Shorter than three polls: nothing is started anew.
  @Test func aShortSilenceCostsItsSamplesAlone() {
    var bench = SimulatedBench(faults: [.noAnswer(from: at(2000), to: at(2015))])
    bench.run(until: at(4000))
    #expect(bench.faults.map(\.time) == [at(2000), at(2010)])
    #expect(bench.count(1..<4) == 298)
  }

  /// Right before the check of each second the check finds it; otherwise the silence of the sleeping chip tells.
  @Test(
    arguments: [
      (1155, .configurationLost(register: 0x6B), 1160), (1305, .noNewData, 1400),
    ] as [(Double, SensorFault, Double)])
  func aBrownOutIsNoticedAndMended(dip: Double, fault: SensorFault, time: Double) throws {
    var bench = SimulatedBench(faults: [.brownOut(at: at(dip))])
    bench.run(until: at(4000))
    #expect(bench.faults.map(\.fault) == [fault])
    #expect(bench.faults.map(\.time) == [at(time)])
    let first = try #require(bench.measurements.first { $0.sample.time > at(dip) })
    #expect(first.sample.time == at(time + 100 + 170))
    #expect((first.sample.acceleration.length - 9.80665).magnitude < 0.3)
    #expect(bench.count(2..<4) == 200)
  }

  @Test func aChipAtAnotherAddressDoesNotAnswer() {
    let clock = VirtualClock()
    var bench = DriverBench(
      on: SimulatedMPU6050(clock: clock, wearer: Scenario.upright.wearer), settings(), address: 0x69)
    #expect(bench.drain(atMilliseconds: 0) == .fault(.bus(.noAcknowledge), retry: at(100)))
  }
}
