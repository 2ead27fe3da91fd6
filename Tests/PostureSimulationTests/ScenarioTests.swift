// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct ScenarioTests {
  @Test(
    arguments: [
      (.upright, 60), (.slowSlouch, 70), (.slouchUntilReminded, 110), (.briefLean, 60), (.sidewaysLean, 60),
      (.reaching, 60), (.walking, 60), (.nodding, 70), (.gyroBias, 70), (.saturation, 60), (.gap, 70), (.stuck, 70),
      (.upsideDown, 60), (.offBody, 70), (.motorShake, 110),
    ] as [(Scenario, Double)])
  func lastsSoLong(scenario: Scenario, seconds: Double) {
    #expect(scenario.duration == .seconds(seconds))
  }

  @Test(arguments: Scenario.allCases.filter { $0 != .unsettledCalibration })
  func beginsWithQuietUprightSitting(scenario: Scenario) {
    for tick in 0..<150 {
      let time = at(Double(tick) * 0.1)
      #expect(scenario.wearer.activity(at: time) == .upright)
      #expect(scenario.wearer.tilt(at: time).total.degrees < 1)
    }
  }

  /// The true total tilt at 100 Hz.
  private func truth(_ scenario: Scenario) -> [Double] {
    let wearer = scenario.wearer
    return (0..<Int(scenario.duration.microseconds / 10_000)).map {
      wearer.tilt(at: Timestamp(microseconds: Int64($0) * 10_000)).total.degrees
    }
  }

  /// The longest time in one piece beyond 15 degrees, in seconds.
  private func longestLean(_ tilts: [Double]) -> Double {
    var longest = 0
    var run = 0
    for tilt in tilts {
      run = tilt > 15 ? run + 1 : 0
      longest = max(longest, run)
    }
    return Double(longest) / 100
  }

  @Test func theTruthIsWhatIsShown() {
    for scenario in [.slowSlouch, .gyroBias, .gap, .stuck, .upsideDown, .sidewaysLean] as [Scenario] {
      let lean = longestLean(truth(scenario))
      #expect(lean > 14 && lean < 60, "\(scenario.name)")
    }
    #expect(longestLean(truth(.slouchUntilReminded)) > 75)
    let brief = longestLean(truth(.briefLean))
    #expect(brief > 3.5 && brief < 6)
    for scenario in [.upright, .walking] as [Scenario] {
      #expect(longestLean(truth(scenario)) == 0, "\(scenario.name)")
    }
    let reaches = truth(.reaching)
    #expect(longestLean(reaches) < 3 && (reaches.max() ?? 0) > 39)
    let nods = truth(.nodding)[1750..<5700]
    #expect((nods.min() ?? 0) > 11.5 && (nods.max() ?? 0) < 19.5)
    #expect(zip(nods, nods.dropFirst()).count { $0 <= 15 && $1 > 15 } >= 7)
    let lying = Scenario.offBody.wearer.tilt(at: at(30))
    #expect(lying.total.degrees > 179)
    #expect(truth(.sidewaysLean).max().map { ($0 - 20).magnitude < 1 } == true)
    #expect(Scenario.sidewaysLean.wearer.tilt(at: at(25)).lateral.degrees > 19)
  }

  /// What the core's pipeline makes of the true motion, without sensor faults.
  private static let ideal: [(Scenario, [String])] = [
    (.upright, []), (.slowSlouch, ["deviated", "recovered"]),
    (.slouchUntilReminded, ["deviated", "reminded", "recovered"]), (.briefLean, []),
    (.sidewaysLean, ["deviated", "recovered"]), (.reaching, []), (.walking, []),
    (.nodding, ["deviated", "recovered"]), (.gyroBias, ["deviated", "recovered"]), (.saturation, []),
    (.gap, ["deviated", "recovered"]), (.stuck, ["deviated", "recovered"]), (.upsideDown, ["deviated", "recovered"]),
  ]

  @Test(arguments: ideal)
  func theTrueMotionCausesTheEventsIntended(scenario: Scenario, events: [String]) {
    let run = idealRun(of: scenario.wearer, for: scenario.duration)
    #expect(run.names == ["calibrated"] + events)
    #expect(run.moved == (scenario == .walking || scenario == .saturation))
    #expect(run.greatestError < 2)
  }

  /// What it makes of the chip's registers, with the sensor faults.
  private static let measured: [(Scenario, [String])] = ideal.map { scenario, events in
    switch scenario {
    case .saturation: (scenario, ["saturated", "saturated", "saturated"])
    case .gap: (scenario, ["gap"] + events)
    case .stuck: (scenario, ["frozen", "resumed"] + events)
    default: (scenario, events)
    }
  }

  @Test(arguments: measured)
  func theChipsRegistersCauseTheEventsIntended(scenario: Scenario, events: [String]) throws {
    let run = try measuredRun(of: scenario)
    #expect(run.names == ["calibrated"] + events)
    #expect(run.greatestError < 2.5)
  }

  @Test func aSidewaysLeanIsToTheLeft() throws {
    let run = try measuredRun(of: .sidewaysLean)
    let deviation = try #require(run.events.first { $0.kind.name == "deviated" })
    #expect(deviation.tilt?.lean == .left)
  }

  @Test func upsideDownForwardIsStillForward() throws {
    let run = try measuredRun(of: .upsideDown)
    let deviation = try #require(run.events.first { $0.kind.name == "deviated" })
    #expect(deviation.tilt?.lean == .forward)
  }

  /// Every 10 ms the data registers of a chip that measures at 100 Hz with 4 g and 500 deg/s.
  private func measuredRun(of scenario: Scenario) throws -> EventRecorder {
    var bench = Bench(scenario.wearer, scenario.sensor)
    try bench.start()
    var recorder = EventRecorder(pipeline: PosturePipeline(.holding))
    let scale = SensorScale(acceleration: 8192, angularVelocity: 65.5)
    while bench.now < scenario.duration.microseconds {
      let time = Timestamp(microseconds: bench.now)
      if let words = try? bench.words(0x3B, 7) {
        let raw = RawSample(
          time: time, ax: words[0], ay: words[1], az: words[2], gx: words[4], gy: words[5], gz: words[6])
        // Within a jolt the chip's delay and its clipping are several degrees.
        let isJolt = scenario.wearer.activity(at: time) == .jolt
        recorder.take(scale.sample(from: raw), truth: isJolt ? nil : scenario.wearer.tilt(at: time))
      }
      bench.sleep(for: 10_000)
    }
    return recorder
  }
}
