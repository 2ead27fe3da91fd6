// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct AccelerometerFitTests {
  private let sensor = Accelerometer.bad

  /// The known errors, as the calibration that takes them off, within a tolerance in millionths.
  private func expect(
    _ solution: AccelerometerFit.Solution?, is sensor: Accelerometer, within tolerance: Double,
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    let calibration = try #require(solution?.calibration, sourceLocation: place)
    let offset = [sensor.offset.x, sensor.offset.y, sensor.offset.z].map { $0 / standardGravity * 1e6 }
    let scale = [sensor.excess.x, sensor.excess.y, sensor.excess.z].map { (1 / (1 + $0) - 1) * 1e6 }
    let found = [calibration.offset.x, calibration.offset.y, calibration.offset.z].map(Double.init)
    let foundScale = [calibration.scale.x, calibration.scale.y, calibration.scale.z].map(Double.init)
    for axis in 0..<3 {
      #expect(abs(found[axis] - offset[axis]) <= tolerance, "offset \(axis)", sourceLocation: place)
      #expect(abs(foundScale[axis] - scale[axis]) <= tolerance, "scale \(axis)", sourceLocation: place)
    }
  }

  @Test func nineGoodPosesGiveTheErrorsToTheLastMillionth() throws {
    let solution = fit(nineWays.map { sensor.shown(up: $0) }).solve()
    try expect(solution, is: sensor, within: 0.5001)
    let found = try #require(solution)
    #expect(found.refusal == nil)
    #expect(found.after.largest < mg(0.01) && found.after.rootMeanSquare < mg(0.01))
    #expect(found.before.largest > mg(70) && found.before.rootMeanSquare > mg(30))
    #expect(found.before.largest < mg(90) && found.before.rootMeanSquare < found.before.largest)
  }

  /// How the poses are turned need not be known, nor be a side up.
  @Test(arguments: 1...40) func anyWellSpreadPosesDo(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let poses = (0..<24).map { _ in random.direction() }
    let fit = fit(poses.map { sensor.shown(up: $0) })
    #expect(fit.undetermined.isEmpty)
    try expect(fit.solve(), is: sensor, within: 0.5001)
  }

  /// An error of so much in each pose becomes one of less than twice as much.
  @Test(arguments: 1...20) func noiseStaysWhatItIs(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let noise = 1.0
    let means = nineWays.map { sensor.shown(up: $0) + random.vector(within: mg(noise)) }
    let solution = fit(means).solve()
    try expect(solution, is: sensor, within: 2 * noise * 1000)
    let residual = try #require(solution).after
    #expect(residual.rootMeanSquare > mg(0.01) && residual.rootMeanSquare < mg(2 * noise))
    #expect(solution?.refusal == nil)
  }

  /// It divides by what is left free: nine poses leave three.
  @Test func theResidualIsNotMadeSmallByTheFitting() throws {
    var means = nineWays.map { sensor.shown(up: $0) }
    means[8] = sensor.shown(up: nineWays[8], gravity: standardGravity - mg(3))
    let solution = try #require(fit(means).solve())
    var squares = 0.0
    for mean in means {
      let left = try #require(solution.calibration).correction.apply(to: mean).length - standardGravity
      squares += left * left
    }
    #expect(abs(solution.after.rootMeanSquare - (squares / 9).squareRoot()) < 1e-12)
    #expect(abs(solution.standardError - (squares / 3).squareRoot()) < 1e-12)
    #expect(solution.after.largest > mg(0.2) && solution.after.largest < mg(3))
  }

  @Test func fewerThanNinePosesAreNone() {
    let means = nineWays.map { sensor.shown(up: $0) }
    for count in 0..<9 { #expect(fit(Array(means[..<count])).solve() == nil) }
    #expect(fit(means).solve() != nil)
    // They may be spread all the same.
    #expect(fit(Array(means[..<6])).undetermined.isEmpty)
  }

  @Test func whatWasNotTurnedIsNamed() {
    func open(_ poses: [Direction]) -> AxisSet { fit(poses.map { sensor.shown(up: $0) }).undetermined }
    #expect(open([]) == .all)
    #expect(open([Direction(0, 0, 1)]) == .all)
    // A side that was never up leaves its axis open.
    for (side, axis) in [(0, AxisSet(x: true)), (1, AxisSet(x: true)), (3, AxisSet(y: true)), (4, AxisSet(z: true))] {
      var sides = Array(nineWays[..<6])
      sides.remove(at: side)
      #expect(open(sides) == axis, "\(side)")
    }
    #expect(open(Array(nineWays[..<6])).isEmpty)
    #expect(open(Array(nineWays[..<2])) == AxisSet(y: true, z: true))
  }

  /// Turned about one axis only, or never upside down: many poses, and still not enough.
  @Test func manyPosesThatAreNotSpreadAreRefused() {
    let round = (0..<24).map { step in
      let turn = turn(of: radians(Double(step) * 15), about: Direction(0, 0, 1))
      return turn.apply(to: Direction(1, 0, 0))
    }
    #expect(fit(round.map { sensor.shown(up: $0) }).undetermined == AxisSet(z: true))
    #expect(fit(round.map { sensor.shown(up: $0) }).solve() == nil)
    let cap = (0..<24).map { step in
      let out = turn(of: radians(25), about: Direction(1, 0, 0)).apply(to: Direction(0, 0, 1))
      return turn(of: radians(Double(step) * 15), about: Direction(0, 0, 1)).apply(to: out)
    }
    #expect(fit(cap.map { sensor.shown(up: $0) }).undetermined.z)
    #expect(fit(cap.map { sensor.shown(up: $0) }).solve() == nil)
  }

  /// All scales are off by the same part, and no direction changes.
  @Test(arguments: [9.780, 9.832]) func theLocalGravityChangesNoTilt(gravity: Double) throws {
    let solution = try #require(fit(nineWays.map { sensor.shown(up: $0, gravity: gravity) }).solve())
    let correction = try #require(solution.calibration).correction
    #expect(solution.refusal == nil)
    var random = SeededRandom(seed: 8)
    for _ in 0..<100 {
      let up = random.direction()
      let force = correction.apply(to: sensor.shown(up: up, gravity: gravity))
      #expect(angle(between: try #require(force.direction), up) < 1e-4)
      #expect(abs(force.length - standardGravity) < mg(0.01))
    }
  }

  @Test func itSaysHowWrongUpWas() throws {
    let lonely = Accelerometer(offset: Acceleration(mg(50), 0, 0))
    let solution = try #require(fit(nineWays.map { lonely.shown(up: $0) }).solve())
    // 50 mg across are 2.86 degrees.
    #expect(abs(solution.largestTurn.degrees - 2.86) < 0.01)
    #expect(solution.remainingTurn.degrees < 0.001)
    var moved = nineWays.map { lonely.shown(up: $0) }
    moved[2] = lonely.shown(up: nineWays[2], gravity: standardGravity + mg(20))
    let worse = try #require(fit(moved).solve())
    #expect(abs(worse.remainingTurn.radians - worse.standardError / standardGravity) < 1e-12)
    #expect(worse.remainingTurn.degrees > 0.1)
  }

  /// One pose in which the sensor was moved is named, though the fit gives way to it.
  @Test(arguments: 0..<9) func thePoseThatFitsWorstIsNamed(pose: Int) throws {
    // Twelve, so that each is checked by some of the others.
    let ways = nineWays + [Direction(0.6, 0, 0.8), Direction(-0.6, 0.8, 0), Direction(0, 0.8, -0.6)]
    var means = ways.map { sensor.shown(up: $0) }
    means[pose] = sensor.shown(up: ways[pose], gravity: standardGravity * 1.12)
    let solution = try #require(fit(means).solve())
    #expect(solution.worstPose == pose)
    #expect(solution.refusal == .residual(pose: pose))
  }

  @Test func aSensorThatIsTooBadIsRefused() throws {
    func refusal(_ sensor: Accelerometer) throws -> AccelerometerFit.Refusal? {
      try #require(fit(nineWays.map { sensor.shown(up: $0) }).solve()).refusal
    }
    #expect(try refusal(Accelerometer(offset: Acceleration(0, mg(199.9), 0))) == nil)
    #expect(try refusal(Accelerometer(offset: Acceleration(0, mg(200.1), 0))) == .offset(.plusY))
    #expect(try refusal(Accelerometer(offset: Acceleration(mg(-300), mg(210), 0))) == .offset(.minusX))
    // A sensor that shows a tenth too little needs a ninth more.
    #expect(try refusal(Accelerometer(excess: Vector3(0, 0, -0.09))) == nil)
    #expect(try refusal(Accelerometer(excess: Vector3(0, 0, -0.1))) == .scale(.plusZ))
    #expect(try refusal(Accelerometer(excess: Vector3(0.12, 0, 0))) == .scale(.minusX))
  }

  /// Axes that are not square to each other are no part of the model: a little is tolerated and shown.
  @Test func crossAxisErrorsStayInTheResidual() throws {
    let little = try #require(fit(nineWays.map { Accelerometer(crossAxis: 0.005).shown(up: $0) }).solve())
    #expect(little.refusal == nil)
    #expect(little.after.rootMeanSquare > mg(0.5) && little.after.rootMeanSquare < mg(5))
    let much = try #require(fit(nineWays.map { Accelerometer(crossAxis: 0.06).shown(up: $0) }).solve())
    guard case .residual = much.refusal else {
      Issue.record("\(String(describing: much.refusal))")
      return
    }
  }

  @Test func itIsFullAtTwentyFour() {
    var fit = AccelerometerFit()
    for _ in 0..<24 {
      #expect(!fit.isFull)
      fit.add(Acceleration(0, 0, standardGravity))
    }
    #expect(fit.isFull && fit.count == 24 && fit.undetermined == .all && fit.solve() == nil)
  }
}
