// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

/// The driver on a simulated chip, whose clock it drives.
struct SimulatedBench<Bus: I2CBus & ~Copyable>: ~Copyable {
  let clock: VirtualClock
  var bench: DriverBench<Bus, NoEdges>
  private(set) var measurements: [Measurement] = []
  private(set) var faults: [TimedFault] = []
  /// Every time is after the one before and not after now; the driver always goes on.
  private(set) var isInOrder = true

  init(on bus: consuming Bus, clock: VirtualClock, _ settings: SensorSettings) {
    self.clock = clock
    bench = DriverBench(on: bus, settings)
  }

  mutating func run(until end: Timestamp) {
    var sameTime = 0
    while clock.now() < end.microseconds {
      let now = Timestamp(microseconds: clock.now())
      var next = now
      switch bench.drain(at: now) {
      case .next(let time): next = time
      case .ended: return
      case .fault(let fault, let retry):
        faults.append(TimedFault(time: now, fault: fault))
        next = retry
      }
      for measurement in bench.takeAll() {
        if let last = measurements.last, measurement.sample.time <= last.sample.time { isInOrder = false }
        if measurement.sample.time > now { isInOrder = false }
        measurements.append(measurement)
      }
      sameTime = next == now ? sameTime + 1 : 0
      guard next >= now, sameTime < 20 else {
        isInOrder = false
        return
      }
      clock.sleep(until: next.microseconds)
    }
  }

  /// Samples with a time in an interval of seconds.
  func count(_ seconds: Range<Double>) -> Int {
    measurements.count { (at(seconds.lowerBound * 1000)..<at(seconds.upperBound * 1000)).contains($0.sample.time) }
  }

  /// Received and missing, after the first, as a share of what the time from the first to the last should have had.
  func completeness(period: Double) -> Double {
    guard let first = measurements.first, let last = measurements.last else { return 0 }
    let missing = measurements.reduce(0) { $0 + Int($1.missing) }
    return Double(measurements.count - 1 + missing) * period / (last.sample.time - first.sample.time).seconds
  }
}

extension SimulatedBench where Bus == SimulatedMPU6050<VirtualClock> {
  init(
    _ wearer: SimulatedWearer = Scenario.upright.wearer, faults: [SimulatedFault] = [], clockError: Double = 0,
    settings: SensorSettings = settings()
  ) {
    var parameters = SimulatedSensorParameters()
    parameters.faults = faults
    parameters.clockError = clockError
    let clock = VirtualClock()
    self.init(
      on: SimulatedMPU6050(clock: clock, wearer: wearer, parameters: parameters), clock: clock, settings)
  }
}

@Suite struct SimulatedChipTests {
  private static let modes: [SamplingMode] = [.polled, .fifo]

  @Test(arguments: [2, 4, 8, 16], [250, 500, 1000, 2000])
  func atRestThereIsOneG(accelerationRange: Int, angularVelocityRange: Int) throws {
    var bench = SimulatedBench(
      settings: settings(accelerationRange: accelerationRange, angularVelocityRange: angularVelocityRange))
    bench.run(until: at(10_000))
    #expect(bench.faults.isEmpty == true)
    // From 161 ms on, each 10 ms.
    #expect(bench.measurements.count == 984)
    #expect(bench.count(1..<2) == 100)
    let measurements = bench.measurements
    let sum = measurements.reduce(Acceleration.zero) { $0 + $1.sample.acceleration }
    let mean = sum * (1 / Double(measurements.count))
    #expect((mean - Acceleration(0, 0, 9.80665)).length < 0.15)
    #expect((mean.length - 9.80665).magnitude < 0.01)
    #expect(measurements.allSatisfy { ($0.sample.acceleration.length - 9.80665).magnitude < 0.3 })
    #expect(measurements.allSatisfy { $0.sample.angularVelocity.length < Angle.degrees(3).radians })
    #expect(measurements.allSatisfy { !$0.sample.isSaturated && $0.command == nil && $0.missing == 0 })
  }

  /// What it measures is what the wearer does, axis by axis and sign by sign, and when the wearer does it.
  @Test(arguments: [Scenario.slowSlouch, .sidewaysLean, .upsideDown, .walking], modes)
  func theSamplesAreTheWearers(scenario: Scenario, mode: SamplingMode) {
    var bench = SimulatedBench(scenario.wearer, settings: settings(mode))
    bench.run(until: at(30_000))
    #expect(bench.faults.isEmpty == true)
    let measurements = bench.measurements
    #expect(measurements.count > 2970)
    // The chip's filter delays the sample by 4.9 ms. Polled, it is up to 1 ms older; from the FIFO, it may be half a
    // period older or younger, and always by the same.
    let offset: Int64 = mode == .polled ? -5400 : -4900
    var best = 10.0
    for shift in mode == .polled ? [0] : Array(stride(from: -5000 as Int64, through: 5000, by: 1000)) {
      var worst = 0.0
      for measurement in measurements {
        let truth = scenario.wearer.state(at: measurement.sample.time + Interval(microseconds: offset + shift))
        worst = max(worst, (measurement.sample.angularVelocity - truth.angularVelocity).length)
        if scenario != .walking {
          #expect((measurement.sample.acceleration - truth.specificForce).length < 0.4)
        }
      }
      best = min(best, worst)
    }
    #expect(best < Angle.degrees(1).radians)
  }

  @Test func afterASilenceItComesBack() throws {
    var bench = SimulatedBench(faults: [.noAnswer(from: at(2000), to: at(5000))])
    bench.run(until: at(10_000))
    #expect(bench.faults.allSatisfy { $0.fault == .bus(.noAcknowledge) } == true)
    // Three polls; then 0.1, 0.2, 0.4, 0.8 and 1.6 s after one another.
    #expect(
      bench.faults.map(\.time) == [at(2001), at(2011), at(2021), at(2121), at(2321), at(2721), at(3521)])
    #expect(bench.count(2..<5) == 0)
    let first = try #require(bench.measurements.first { $0.sample.time >= at(2000) })
    #expect(first.sample.time == at(5121 + 161))
    #expect(first.missing == 328)
    #expect(bench.count(6..<10) == 400)
  }

  /// Shorter than three polls: nothing is started anew.
  @Test func aShortSilenceCostsItsSamplesAlone() {
    var bench = SimulatedBench(faults: [.noAnswer(from: at(2000), to: at(2015))])
    bench.run(until: at(4000))
    #expect(bench.faults.map(\.time) == [at(2001), at(2011)])
    #expect(bench.count(1..<4) == 298)
  }

  /// From the FIFO not even these: the chip has kept them.
  @Test func aShortSilenceCostsTheFIFONothing() {
    var bench = SimulatedBench(faults: [.noAnswer(from: at(1990), to: at(2015))], settings: settings(.fifo))
    bench.run(until: at(4000))
    #expect(bench.faults.count <= 2)
    #expect(bench.measurements.allSatisfy { $0.missing == 0 } == true)
    #expect(bench.isInOrder == true)
    #expect(abs(bench.count(1..<3) - 200) <= 1)
  }

  /// By the check of a register or by the silence of the chip that sleeps, whichever is first.
  @Test(arguments: [1155, 1205.5, 1305, 1777], modes)
  func aBrownOutIsNoticedAndMended(dip: Double, mode: SamplingMode) throws {
    var bench = SimulatedBench(faults: [.brownOut(at: at(dip))], settings: settings(mode))
    bench.run(until: at(5000))
    #expect(bench.faults.count == 1)
    let fault = try #require(bench.faults.first)
    if case .configurationLost = fault.fault {} else { #expect(fault.fault == .noNewData) }
    #expect(fault.time <= at(dip + 400))
    let measurements = bench.measurements
    let first = try #require(measurements.first { $0.sample.time > at(dip) })
    #expect(first.sample.time <= fault.time + .milliseconds(100 + 160 + 20))
    #expect((first.sample.acceleration.length - 9.80665).magnitude < 0.3)
    #expect(bench.count(3..<4) == 100)
    #expect(abs(bench.completeness(period: 0.01) - 1) < 0.01)
  }

  /// What the driver and its chip agree on, over half a minute, for a chip whose clock is off.
  private func check<Bus: I2CBus & ~Copyable>(
    _ bench: inout SimulatedBench<Bus>, model: SensorModel, mode: SamplingMode, clockError: Double
  ) {
    bench.run(until: at(30_000))
    #expect(bench.bench.sensor.description?.model == model)
    #expect(bench.bench.sensor.state == .running)
    #expect(bench.faults.isEmpty == true)
    #expect(bench.isInOrder == true)
    guard let nominal = bench.bench.sensor.description?.period.seconds else { return }
    let measurements = bench.measurements
    #expect(measurements.allSatisfy { $0.missing == 0 })
    let period = mode == .polled ? nominal : nominal / (1 + clockError)
    #expect(abs(bench.completeness(period: period) - 1) < 0.003)
    // Once the chip's clock is known, intervals are even.
    let late = measurements.filter { $0.sample.time > at(10_000) }.map(\.sample.time)
    #expect(
      zip(late, late.dropFirst()).allSatisfy { abs(($1 - $0).seconds / period - 1) < (mode == .polled ? 1e-6 : 0.02) })
    #expect(measurements.allSatisfy { ($0.sample.acceleration.length - 9.80665).magnitude < 1 })
    let sum = measurements.reduce(Acceleration.zero) { $0 + $1.sample.acceleration }
    #expect((sum * (1 / Double(measurements.count)) - Acceleration(0, 0, 9.80665)).length < 0.2)
  }

  private static let clockErrors = [-0.08, 0, 0.05]

  @Test(arguments: modes, clockErrors)
  func theMPU6000Family(mode: SamplingMode, clockError: Double) {
    let variants: [(SimulatedMPU6050Variant, SensorModel)] = [
      (.mpu6050, .mpu6050), (.mpu6500, .mpu6500), (.mpu9250, .mpu9250), (.mpu9255, .mpu9255), (.icm20689, .icm20689),
      (.icm20602, .icm20602), (.icm20608, .icm20608),
    ]
    for (variant, model) in variants {
      let clock = VirtualClock()
      var parameters = SimulatedSensorParameters()
      parameters.clockError = clockError
      var bench = SimulatedBench(
        on: SimulatedMPU6050(
          clock: clock, wearer: Scenario.upright.wearer, parameters: parameters, variant: variant),
        clock: clock, settings(mode))
      check(&bench, model: model, mode: mode, clockError: clockError)
    }
  }

  @Test(arguments: modes, clockErrors)
  func theLSM6DSFamily(mode: SamplingMode, clockError: Double) {
    let variants: [(LSM6DSVariant, SensorModel)] = [
      (.lsm6ds3, .lsm6ds3), (.lsm6ds3trc, .lsm6ds3trc), (.lsm6dso, .lsm6dso),
    ]
    for (variant, model) in variants {
      let clock = VirtualClock()
      var parameters = SimulatedSensorParameters()
      parameters.address = address(0x6B)
      parameters.clockError = clockError
      var bench = SimulatedBench(
        on: SimulatedLSM6DS(clock: clock, wearer: Scenario.upright.wearer, parameters: parameters, variant: variant),
        clock: clock, settings(mode))
      check(&bench, model: model, mode: mode, clockError: clockError)
    }
  }

  @Test(arguments: modes, clockErrors)
  func theOthers(mode: SamplingMode, clockError: Double) {
    let clock = VirtualClock()
    var parameters = SimulatedSensorParameters()
    parameters.clockError = clockError
    parameters.address = address(0x69)
    let wearer = Scenario.upright.wearer
    var bmi160 = SimulatedBench(
      on: SimulatedBMI160(clock: clock, wearer: wearer, parameters: parameters), clock: clock, settings(mode))
    check(&bmi160, model: .bmi160, mode: mode, clockError: clockError)

    let second = VirtualClock()
    parameters.address = address(0x19)
    var lis3dh = SimulatedBench(
      on: SimulatedLIS3DH(clock: second, wearer: wearer, parameters: parameters), clock: second, settings(mode))
    check(&lis3dh, model: .lis3dh, mode: mode, clockError: clockError)

    let third = VirtualClock()
    parameters.address = address(0x1D)
    var adxl345 = SimulatedBench(
      on: SimulatedADXL345(clock: third, wearer: wearer, parameters: parameters), clock: third, settings(mode))
    check(&adxl345, model: .adxl345, mode: mode, clockError: clockError)
  }

  @Test func aChipAtAnotherAddressIsNotFound() {
    let clock = VirtualClock()
    var bench = DriverBench(
      on: SimulatedMPU6050(clock: clock, wearer: Scenario.upright.wearer), settings(address: address(0x69)))
    #expect(bench.runToFault(from: at(0), to: at(0)) == TimedFault(time: at(0), fault: .notFound))
  }
}
