// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation
import Testing

/// A minute of everything.
let everything = Script([
  Step(.upright, for: .seconds(5)),
  Step(.slouch(to: .degrees(25), over: .seconds(1)), for: .seconds(4)),
  Step(.lean(to: .degrees(-20), over: .seconds(1)), for: .seconds(4)),
  Step(.hold, for: .seconds(2)),
  Step(.correct, for: .seconds(3)),
  Step(.reach, for: .seconds(3)),
  Step(.walk, for: .seconds(12)),
  Step(.upright, for: .seconds(4)),
  Step(.nod(about: .degrees(15), amplitude: .degrees(5), period: .seconds(3)), for: .seconds(9)),
  Step(.correct, for: .seconds(2)),
  Step(.jolt, for: .seconds(1)),
  Step(.offBody, for: .seconds(6)),
  Step(.upright, for: .seconds(5)),
])

func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }

/// The angle between two directions, degrees.
func angle(_ a: Direction, _ b: Direction) -> Double {
  let across: Vector3<UnitLength> = a.cross(b)
  return Angle(ofY: across.length, x: a.dot(b)).degrees
}

/// FNV-1a over the bits of numbers.
struct Fingerprint {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ value: Double) {
    for byte in 0..<8 { hash = (hash ^ (value.bitPattern >> (8 * UInt64(byte)) & 0xFF)) &* 0x100_0000_01B3 }
  }

  mutating func add<Unit>(_ v: Vector3<Unit>) {
    add(v.x)
    add(v.y)
    add(v.z)
  }

  static func of(_ wearer: SimulatedWearer, seconds: Int) -> UInt64 {
    var print = Fingerprint()
    for tick in 0..<(seconds * 10) {
      let state = wearer.state(at: Timestamp(microseconds: Int64(tick) * 100_000))
      print.add(state.up)
      print.add(state.specificForce)
      print.add(state.angularVelocity)
    }
    return print.hash
  }
}

@Suite struct WearerTests {
  private static let mounts = [SensorMount.identity, .upsideDown, .skewed]

  @Test(arguments: mounts)
  func angularVelocityIntegratesToTheOrientation(mount: SensorMount) {
    let wearer = SimulatedWearer(everything, seed: 1, mount: mount)
    let first = wearer.state(at: at(0)).up
    var frame = Rotation.identity
    var worst = 0.0
    let step: Int64 = 500
    var last = wearer.state(at: at(0)).angularVelocity
    for tick in 1...Int64(60_000_000 / step) {
      let state = wearer.state(at: Timestamp(microseconds: tick * step))
      let between = (last + state.angularVelocity) * (0.5 * Double(step) * 1e-6)
      last = state.angularVelocity
      frame = (frame * Rotation(turning: between.reinterpreted())).renormalised()
      worst = max(worst, angle(frame.inverse.apply(to: first), state.up))
    }
    #expect(worst < 0.05)
  }

  @Test func whoEndsAtRestHasFeltNoMoreThanG() {
    // Turned into the world and summed up, the specific force less g is the velocity: in the end, that of the sway at
    // the start at most.
    let wearer = SimulatedWearer(everything, seed: 1)
    var frame = Rotation.identity
    var velocity = Acceleration.zero
    var fastest = 0.0
    let gravity = wearer.state(at: at(0)).up.reinterpreted(as: MetresPerSecondSquared.self) * standardGravity
    let step = 0.0005
    var last = wearer.state(at: at(0)).angularVelocity
    for tick in 1...Int(54 / step) {
      let state = wearer.state(at: at(Double(tick) * step))
      let between = (last + state.angularVelocity) * (0.5 * step)
      last = state.angularVelocity
      frame = (frame * Rotation(turning: between.reinterpreted())).renormalised()
      velocity += (frame.apply(to: state.specificForce) - gravity) * step
      fastest = max(fastest, velocity.length)
    }
    #expect(fastest > 1)
    #expect(velocity.length < 0.03)
  }

  @Test func specificForceAgreesWithTheSecondDerivativeOfAPath() {
    // A jolt moves the hip by a known path: 64 s³(1-s)³ times 9 cm down within 0.18 s, 0.2 s after its start.
    let wearer = SimulatedWearer(Script([Step(.jolt, for: .seconds(1))]), seed: 1)
    let middle = wearer.state(at: at(0.29)).specificForce
    #expect((middle.length - (standardGravity + 24 * 0.09 / (0.18 * 0.18))).magnitude < 0.5)
  }

  @Test func bendingAboutTheHipFeelsTangentialAndCentripetalAcceleration() {
    let over = 0.5
    let bend = Script([Step(.slouch(to: .degrees(60), over: .seconds(over)), for: .seconds(2))])
    let wearer = SimulatedWearer(bend, seed: 1)
    let h = 0.001
    func angle(_ t: Double) -> Double { wearer.tilt(at: at(t)).flexion.radians }
    let t = 0.2
    let rate = (angle(t + h) - angle(t - h)) / (2 * h)
    let change = (angle(t + h) - 2 * angle(t) + angle(t - h)) / (h * h)
    let state = wearer.state(at: at(t))
    let felt = state.specificForce + state.up.reinterpreted() * -standardGravity
    #expect((felt.x - 0.4 * change).magnitude < 0.05)
    #expect((felt.z + 0.4 * rate * rate).magnitude < 0.05)
    #expect((state.angularVelocity.y - rate).magnitude < 0.01)
  }

  @Test(arguments: mounts)
  func atRestTheSpecificForceIsGUpward(mount: SensorMount) {
    let wearer = SimulatedWearer(everything, seed: 1, mount: mount)
    for time in [3.0, 8.5, 52.0] {
      let state = wearer.state(at: at(time))
      #expect((state.specificForce.length - standardGravity).magnitude < 0.01)
      #expect(angle(state.up, state.specificForce.direction ?? state.up) < 0.06)
    }
  }

  @Test func offTheBodyItLiesPerfectlyStill() {
    let wearer = SimulatedWearer(everything, seed: 1)
    let first = wearer.state(at: at(52))
    #expect(first == wearer.state(at: at(53)) && first == wearer.state(at: at(54.9)))
    #expect(first.angularVelocity == .zero)
    #expect(first.up.z < -0.999_999)
  }

  @Test(arguments: [everything] + Scenario.allCases.map(\.script))
  func anglesAndRatesDoNotJump(script: Script) {
    let wearer = SimulatedWearer(script, seed: 3)
    let step: Int64 = 1000
    var last = wearer.state(at: at(0))
    for tick in 1...(script.duration.microseconds / step) {
      let time = Timestamp(microseconds: tick * step)
      let state = wearer.state(at: time)
      let isJolt = wearer.activity(at: time) == .jolt
      #expect(angle(last.up, state.up) < (isJolt ? 0.8 : 0.25), "angle at \(time.microseconds) us")
      let jump = (state.angularVelocity + -last.angularVelocity).length
      #expect(jump < (isJolt ? 1 : 0.05), "angular velocity at \(time.microseconds) us")
      last = state
    }
  }

  @Test(arguments: mounts)
  func theTrueTiltIsTheOneThatTheCoreReads(mount: SensorMount) throws {
    let wearer = SimulatedWearer(everything, seed: 5, mount: mount)
    // The wearer's own axes, written in the sensor frame.
    let upright = mount.bodyToSensor.apply(to: Direction(0, 0, 1))
    let forward = mount.bodyToSensor.apply(to: Direction(1, 0, 0))
    for tick in 0..<600 {
      let time = Timestamp(microseconds: Int64(tick) * 100_000)
      let up = wearer.state(at: time).up
      let truth = wearer.tilt(at: time)
      #expect((Angle(ofY: -up.dot(forward), x: up.dot(upright)).degrees - truth.flexion.degrees).magnitude < 1e-9)
      #expect((angle(up, upright) - truth.total.degrees).magnitude < 1e-9)
    }
    let reference = try #require(ReferencePosture(up: Direction(0, 0, 1), forwardAxis: .plusX))
    let identity = SimulatedWearer(everything, seed: 5)
    for time in [3.0, 8, 12, 18, 25] {
      #expect(reference.tilt(of: identity.state(at: at(time)).up) == identity.tilt(at: at(time)))
    }
  }

  @Test func signsAreThoseOfTheCore() {
    let wearer = SimulatedWearer(everything, seed: 5)
    let slouched = wearer.tilt(at: at(8))
    #expect((slouched.flexion.degrees - 25).magnitude < 1 && slouched.lateral.degrees.magnitude < 1)
    let right = wearer.tilt(at: at(12))
    #expect((right.lateral.degrees + 20).magnitude < 1 && right.flexion.degrees.magnitude < 1)
    let reaching = wearer.tilt(at: at(19.5))
    #expect((reaching.flexion.degrees - 40).magnitude < 1)
  }

  @Test func swayIsUnderOneDegreeAndNotNothing() {
    let wearer = SimulatedWearer(Script([Step(.upright, for: .seconds(5))]), seed: 9)
    var greatest = 0.0
    for second in 0..<3600 { greatest = max(greatest, wearer.tilt(at: at(Double(second) * 0.7)).total.degrees) }
    #expect(greatest > 0.4 && greatest < 1)
  }

  @Test func walkingShakesAsWalkingDoes() {
    let wearer = SimulatedWearer(Script([Step(.walk, for: .seconds(60))]), seed: 2)
    var sum = 0.0
    var squares = 0.0
    var flexion = 0.0
    let count = 50 * 100
    for tick in 0..<count {
      let time = at(5 + Double(tick) * 0.01)
      let force = wearer.state(at: time).specificForce.length
      sum += force
      squares += force * force
      flexion += wearer.tilt(at: time).flexion.degrees
    }
    let mean = sum / Double(count)
    let deviation = (squares / Double(count) - mean * mean).squareRoot()
    #expect(deviation > 1.5 && deviation < 3)
    #expect((flexion / Double(count) - 4).magnitude < 0.5)
  }

  @Test func theSensorStaysAsItWasPutOnUntilItIsTakenOff() {
    let script = Script([
      Step(.putOn(turned: .degrees(30)), for: .seconds(5)),
      Step(.slouch(to: .degrees(20), over: .seconds(2)), for: .seconds(5)),
      Step(.correct, for: .seconds(5)), Step(.offBody, for: .seconds(5)), Step(.upright, for: .seconds(5)),
    ])
    let wearer = SimulatedWearer(script, seed: 3)
    for (time, degrees) in [(4.0, 30.0), (9, 50), (14, 30), (19, 180), (24, 0)] {
      #expect((wearer.tilt(at: at(time)).total.degrees - degrees).magnitude < 1)
    }
  }

  @Test func joltsGoBeyondTheUsualRanges() {
    let wearer = SimulatedWearer(Script([Step(.jolt, for: .seconds(1))]), seed: 2)
    var force = 0.0
    var rate = 0.0
    for tick in 0..<100 {
      let state = wearer.state(at: at(Double(tick) * 0.01))
      force = max(force, state.specificForce.length / standardGravity)
      rate = max(rate, Angle(radians: state.angularVelocity.length).degrees)
    }
    #expect(force > 5)
    #expect(rate > 600)
  }

  @Test func theSameSeedGivesTheSameBitsEverywhere() {
    #expect(
      Fingerprint.of(SimulatedWearer(everything, seed: 1, mount: .skewed), seconds: 60) == 2_276_968_016_620_633_566)
    #expect(
      Fingerprint.of(SimulatedWearer(everything, seed: 2, mount: .skewed), seconds: 60) != 2_276_968_016_620_633_566)
    #expect(Fingerprint.of(SimulatedWearer(endlessFrom: 1), seconds: 3600) == 1_638_568_209_680_610_663)
  }

  @Test func beforeItsStartAWearerIsAsAtTheStart() {
    let wearer = SimulatedWearer(everything, seed: 1)
    #expect(wearer.activity(at: at(-1)) == .upright)
    #expect(wearer.tilt(at: at(-1)).total.degrees < 1)
  }
}
