// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

struct SimulatedMotorTests {
  private func time(_ milliseconds: Double) -> Timestamp { at(milliseconds / 1000) }

  private func speed(_ motor: SimulatedMotor, _ milliseconds: Double) -> Double {
    motor.state(at: time(milliseconds))?.speed ?? 0
  }

  @Test func itStandsStillUntilItIsDrivenAndAfterItHasRunDown() {
    let motor = SimulatedMotor()
    #expect(motor.state(at: time(5)) == nil)
    motor.drive(percent: 0, at: time(10))
    #expect(motor.state(at: time(20)) == nil)
    motor.drive(percent: 100, at: time(100))
    #expect(motor.state(at: time(99)) == nil && motor.state(at: time(100)) == nil)
    motor.drive(percent: 0, at: time(300))
    #expect(motor.state(at: time(399.9)) != nil)
    #expect(motor.state(at: time(400)) == nil && motor.state(at: time(10_000)) == nil)
  }

  /// Up within 60 ms and down within 100, fast at first.
  @Test func itRunsUpAndDown() {
    let motor = SimulatedMotor()
    motor.drive(percent: 100, at: time(0))
    motor.drive(percent: 0, at: time(200))
    #expect(speed(motor, 30) == 0.75)
    #expect(speed(motor, 60) == 1 && speed(motor, 199) == 1)
    #expect((speed(motor, 250) - 0.25).magnitude < 1e-12)
    let up = stride(from: 0.0, through: 60, by: 1).map { speed(motor, $0) }
    #expect(zip(up, up.dropFirst()).allSatisfy { $0 < $1 })
    let down = stride(from: 200.0, through: 300, by: 1).map { speed(motor, $0) }
    #expect(zip(down, down.dropFirst()).allSatisfy { $0 > $1 })
  }

  /// The past does not change with what comes after it: a chip's FIFO is read late.
  @Test func thePastStays() {
    let (motor, later) = (SimulatedMotor(), SimulatedMotor())
    for motor in [motor, later] { motor.drive(percent: 100, at: time(0)) }
    later.drive(percent: 0, at: time(150))
    later.drive(percent: 100, at: time(180))
    for milliseconds in stride(from: 0.0, to: 150, by: 0.7) {
      let (a, b) = (motor.state(at: time(milliseconds)), later.state(at: time(milliseconds)))
      #expect(a?.speed == b?.speed && a?.sine == b?.sine && a?.cosine == b?.cosine)
    }
  }

  /// Its mass goes round as often as its speed says, also while that changes.
  @Test func turnsAreTheIntegralOfSpeed() throws {
    let motor = SimulatedMotor()
    motor.drive(percent: 100, at: time(3))
    motor.drive(percent: 0, at: time(40))
    motor.drive(percent: 100, at: time(90))
    var turns = 0.0
    for step in 0..<40_000 {
      let now = 3 + Double(step) * 0.005
      turns += 175 * speed(motor, now + 0.0025) * 0.000_005
      guard step % 400 == 399, let state = motor.state(at: time(now + 0.005)) else { continue }
      let exact = sineAndCosine(turns * 2 * .pi)
      #expect((state.sine - exact.sine).magnitude < 1e-3 && (state.cosine - exact.cosine).magnitude < 1e-3)
    }
    #expect(turns > 20)
  }

  /// On and off for its share of every 10 ms it runs at about that share.
  @Test(arguments: [30, 50, 80] as [Double])
  func itFeelsTheMeanOfAPinThatSwitches(percent: Double) {
    let motor = SimulatedMotor()
    for period in 0..<30 {
      motor.drive(percent: 100, at: time(Double(period) * 10))
      motor.drive(percent: 0, at: time(Double(period) * 10 + percent / 10))
    }
    let speeds = stride(from: 200.0, to: 300, by: 1).map { speed(motor, $0) }
    let mean = speeds.reduce(0, +) / Double(speeds.count)
    #expect((mean - percent / 100).magnitude < 0.15)
    #expect(speeds.allSatisfy { ($0 - mean).magnitude < 0.2 })
  }

  private func words(_ scenario: Scenario, shake: Double, on pulse: Range<Int>?) throws -> [[Int16]] {
    let motor = SimulatedMotor()
    var sensor = scenario.sensor
    sensor.motorShake = shake
    var bench = Bench(scenario.wearer, sensor, motor: motor)
    let pin = SimulatedPin(clock: bench.clock, motor: motor)
    try bench.start()
    var taken: [[Int16]] = []
    for tick in 0..<300 {
      if let pulse { try pin.set(percent: pulse.contains(tick) ? 100 : 0) }
      bench.sleep(for: 10_000)
      taken.append(try bench.words(0x3B, 7))
    }
    return taken
  }

  /// Not a bit of a sample is another one where nothing shakes, and the same bits come where the same is done.
  @Test func aSensorIsShakenOnlyWhereAMotorRuns() throws {
    let still = try words(.upright, shake: 0, on: nil)
    #expect(try words(.upright, shake: 1, on: nil) == still)
    #expect(try words(.upright, shake: 0, on: 100..<150) == still)
    let shaken = try words(.upright, shake: 1, on: 100..<150)
    #expect(try words(.upright, shake: 1, on: 100..<150) == shaken)
    let differing = shaken.indices.filter { shaken[$0] != still[$0] }
    #expect(differing.first.map { (100...102).contains($0) } == true)
    #expect(differing.last.map { (155...161).contains($0) } == true)
    #expect(differing.count > 50)
    // Acceleration y and z and angular velocity x, of x, y, z, temperature, x, y, z.
    for word in [0, 3, 5, 6] { #expect(shaken.map { $0[word] } == still.map { $0[word] }) }
  }

  /// First order at 44 and 42 Hz of 175 (RM-MPU-6000A-00, register 26): 0.244 g and 2.33 deg/s, as they are sampled.
  @Test func theChipsLowPassLeavesAQuarter() throws {
    let still = try words(.upright, shake: 0, on: nil)
    let shaken = try words(.upright, shake: 1, on: 100..<200)
    func difference(_ tick: Int, _ word: Int) -> Double { Double(Int(shaken[tick][word]) - Int(still[tick][word])) }
    for tick in 110..<200 {
      let force = (difference(tick, 1) * difference(tick, 1) + difference(tick, 2) * difference(tick, 2)).squareRoot()
      #expect((force / 8192 - 0.244).magnitude < 0.001)
    }
    let square = (110..<190).map { difference($0, 4) * difference($0, 4) }.reduce(0, +) / 80
    #expect(((2 * square).squareRoot() / 65.5 - 2.33).magnitude < 0.02)
  }
}
