// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation
import Testing

@Suite struct EndlessScriptTests {
  @Test(arguments: [1, 2, 3, 99] as [UInt64])
  func beginsQuietAndHasSomethingToSeeWithinAMinute(seed: UInt64) {
    let wearer = SimulatedWearer(endlessFrom: seed)
    for tick in 0..<150 {
      #expect(wearer.activity(at: at(Double(tick) * 0.1)) == .upright)
      #expect(wearer.tilt(at: at(Double(tick) * 0.1)).total.degrees < 1)
    }
    let events = idealEvents(of: wearer, for: .seconds(60))
    #expect(events == ["calibrated", "deviated", "recovered"])
  }

  @Test func everythingComesWithinHalfAnHour() {
    let wearer = SimulatedWearer(endlessFrom: 4)
    var names: Set<String> = []
    for second in 0..<1700 { names.insert(wearer.activity(at: at(Double(second))).name) }
    #expect(names == ["upright", "slouch", "hold", "lean", "correct", "reach", "walk", "off-body"])
    let events = idealEvents(of: wearer, for: .seconds(1700))
    #expect(events.contains("reminded"))
    #expect(events.count { $0 == "deviated" } >= 8)
  }

  @Test(arguments: [5, 6] as [UInt64])
  func noStepJumps(seed: UInt64) {
    let wearer = SimulatedWearer(endlessFrom: seed)
    var last = wearer.state(at: at(0))
    for tick in 1..<(2000 * 200) {
      let state = wearer.state(at: Timestamp(microseconds: Int64(tick) * 5000))
      let isSmooth =
        angle(last.up, state.up) < 1 && (state.angularVelocity + -last.angularVelocity).length < 0.15
      if !isSmooth { Issue.record("jump at \(tick * 5) ms") }
      last = state
    }
  }

  @Test func aFarTimeIsReadAtOnceAndSeedsDiffer() {
    let far = at(400 * 86400.0)
    let one = SimulatedWearer(endlessFrom: 1)
    #expect(one.state(at: far) == one.state(at: far))
    #expect((one.state(at: far).specificForce.length - standardGravity).magnitude < 20)
    #expect(one.state(at: far) != SimulatedWearer(endlessFrom: 2).state(at: far))
  }
}
