// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

/// The recorded poses of a bad accelerometer give the errors that it was simulated with.
struct CalibrationFixtureTests {
  @Test func thePosesGiveTheSensorsErrors() throws {
    var collector = PoseCollector()
    var reader = TraceReader(source: "six-poses")
    let bytes = try Fixture(name: Scenario.sixPoses.name).bytes()
    try reader.read(bytes.span) { _ = collector.update($0.sample) }
    try reader.finish { _ = collector.update($0.sample) }
    // Each of the nine twice, but counted once.
    #expect(collector.fit.count == 9)
    let solution = try #require(collector.fit.solve())
    let sensor = Scenario.sixPoses.sensor
    let offset = solution.offset - sensor.accelerometerOffset
    #expect(offset.length < 0.001 * standardGravity)
    let error = sensor.accelerometerScaleError
    for (found, wanted) in [(solution.scale.x, error.x), (solution.scale.y, error.y), (solution.scale.z, error.z)] {
      #expect(abs((1 + found) * (1 + wanted) - 1) < 0.001)
    }
    #expect(solution.refusal == nil && solution.largestTurn.degrees > 4 && solution.remainingTurn.degrees < 0.05)
  }
}
