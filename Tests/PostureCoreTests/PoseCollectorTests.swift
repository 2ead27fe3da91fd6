// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct PoseCollectorTests {
  private let sensor = Accelerometer.bad

  /// A collector, and all that it found, fed at 100 Hz.
  private struct Bench {
    var collector = PoseCollector()
    var found: [PoseCollector.Finding] = []
    private var tick: Int64 = 0
    private var random = SeededRandom(seed: 6)

    mutating func lie(_ force: Acceleration, for seconds: Double = 3) {
      take(force, noise: mg(8), seconds)
    }

    mutating func shake() { take(Acceleration(0, 0, standardGravity), noise: mg(500), 0.5) }

    private mutating func take(_ force: Acceleration, noise: Double, _ seconds: Double) {
      for _ in 0..<Int(seconds * 100) {
        let sample = InertialSample(
          time: Timestamp(microseconds: tick * 10_000), acceleration: force + random.vector(within: noise),
          angularVelocity: random.vector(within: 0.001))
        tick += 1
        if let finding = collector.update(sample) { found.append(finding) }
      }
    }

    var words: [String] {
      found.map { finding in
        switch finding {
        case .moving: "moving"
        case .still: "still"
        case .taken(let mean): "taken \(name(SensorAxis(nearest: mean)))"
        case .known(let pose): "known \(pose)"
        case .implausible(let length): "implausible \(Int((length / standardGravity * 10).rounded()))"
        }
      }
    }

    private func name(_ axis: SensorAxis) -> String {
      switch axis {
      case .plusX: "x"
      case .minusX: "-x"
      case .plusY: "y"
      case .minusY: "-y"
      case .plusZ: "z"
      case .minusZ: "-z"
      }
    }
  }

  @Test func eachNewPoseIsTakenOnceAndEachChangeSaidOnce() throws {
    var bench = Bench()
    bench.lie(sensor.shown(up: Direction(0, 0, 1)), for: 10)
    bench.shake()
    bench.lie(sensor.shown(up: Direction(-1, 0, 0)))
    bench.shake()
    // Ten degrees off the first.
    bench.lie(sensor.shown(up: up(flexion: 10)))
    #expect(
      bench.words == ["moving", "still", "taken z", "moving", "still", "taken -x", "moving", "still", "known 0"])
    #expect(bench.collector.fit.count == 2)
    #expect(bench.collector.hasSeen(.plusZ) && bench.collector.hasSeen(.minusX) && !bench.collector.hasSeen(.plusX))
    #expect((bench.collector.fit[1] - sensor.shown(up: Direction(-1, 0, 0))).length < mg(2))
  }

  @Test(arguments: [(18.0, 1), (22, 2), (158, 2), (180, 2)])
  func posesAreTwentyDegreesApart(degrees: Double, count: Int) {
    var bench = Bench()
    bench.lie(Accelerometer().shown(up: up(flexion: 0)))
    bench.shake()
    bench.lie(Accelerometer().shown(up: up(flexion: degrees)))
    #expect(bench.collector.fit.count == count)
  }

  @Test func whatNoAccelerometerShowsIsNoPose() {
    var bench = Bench()
    for gravity in [0.3, 1.6, 0.6, 1.4] {
      bench.lie(Acceleration(0, 0, gravity * standardGravity))
      bench.shake()
    }
    #expect(
      bench.words.filter { $0 != "moving" && $0 != "still" } == [
        "implausible 3", "implausible 16", "taken z", "known 0",
      ])
    #expect(bench.collector.fit.count == 1)
  }

  @Test func anInterruptionIsNoPartOfAPose() {
    var bench = Bench()
    bench.lie(sensor.shown(up: Direction(0, 0, 1)), for: 2)
    bench.collector.interrupt()
    bench.lie(sensor.shown(up: Direction(0, 0, 1)), for: 2)
    #expect(bench.collector.fit.count == 0)
    bench.lie(sensor.shown(up: Direction(0, 0, 1)), for: 1)
    #expect(bench.collector.fit.count == 1)
  }

  @Test func itTakesTwentyFourAndThenNoMore() {
    var bench = Bench()
    var ways: [Direction] = []
    var random = SeededRandom(seed: 9)
    while ways.count < 25 {
      let way = random.direction()
      if ways.allSatisfy({ angle(between: $0, way) > 25 }) { ways.append(way) }
    }
    for way in ways {
      bench.lie(sensor.shown(up: way))
      bench.shake()
    }
    #expect(bench.collector.fit.count == 24 && bench.collector.fit.isFull)
    #expect(bench.words.filter { $0.hasPrefix("known") } == ["known 23"])
  }
}
