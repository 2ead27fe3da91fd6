// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct PosturePipelineTests {
  /// Upright 15 s, bent to 25 degrees within 3 s, held 20 s, upright again.
  private func slouch(mount: Rotation = .identity, bias: AngularVelocity = .zero) -> Wearer {
    var wearer = Wearer()
    wearer.mount = mount
    wearer.bias = bias
    wearer.hold(15)
    wearer.bend(to: 25, over: 3)
    wearer.hold(20)
    wearer.bend(to: 0, over: 1)
    wearer.hold(10)
    return wearer
  }

  @Test func aSlouchIsNoticedAndItsEndToo() throws {
    var run = Run()
    run.take(slouch().samples)
    #expect(run.kinds == ["calibrated", "deviated", "recovered"])
    // The bias is known at 2 s, the window is 3 s.
    #expect(run.events[0].time == at(5))
    guard case .deviated(let leaning, _) = run.events[1].kind, case .recovered(let whole, _) = run.events[2].kind else {
      Issue.record("not the kinds expected")
      return
    }
    #expect(leaning == .seconds(10))
    #expect((at(26)...at(28)).contains(run.events[1].time))
    #expect(whole > .seconds(20) && whole < .seconds(25))
    let tilt = try #require(run.events[1].tilt)
    #expect((tilt.flexion.degrees - 25).magnitude < 1)
    #expect(tilt.lateral.magnitude < .degrees(1))
    #expect(tilt.lean == .forward)
    #expect(run.pipeline.outOfOrder == 0)
  }

  @Test func theWholeCourseOfPostures() {
    var run = Run()
    run.take(slouch().samples)
    var postures: [Posture] = []
    for output in run.outputs where postures.last != output.posture { postures.append(output.posture) }
    #expect(postures == [.unknown, .upright, .leaning, .deviated, .upright])
    #expect(run.outputs.allSatisfy { ($0.context == .still || $0.context == .bending) && $0.up != nil })
    #expect(run.outputs.allSatisfy { ($0.tilt == nil) == ($0.time < at(5)) })
  }

  /// Any mounting whose x axis points forward, roughly: the tilt is the body's.
  @Test(arguments: [
    Rotation.identity, turn(of: .pi, about: Direction(1, 0, 0)), turn(of: 1.2, about: Direction(1, 0, 0)),
    turn(of: 0.4, about: Direction(0, 1, 0)),
  ])
  func theMountingDoesNotMatter(mount: Rotation) throws {
    var run = Run()
    run.take(slouch(mount: mount, bias: AngularVelocity(0.1, -0.1, 0.05)).samples)
    #expect(run.kinds == ["calibrated", "deviated", "recovered"])
    let tilt = try #require(run.events[1].tilt)
    #expect((tilt.flexion.degrees - 25).magnitude < 1)
    #expect(tilt.lateral.magnitude < .degrees(1))
    #expect((run.pipeline.bias - AngularVelocity(0.1, -0.1, 0.05)).length < 0.002)
    #expect(run.pipeline.isSettled)
  }

  @Test func aReplayRepeatsEveryBit() {
    var wearer = slouch(bias: AngularVelocity(0.1, -0.1, 0.05))
    wearer.walk(8)
    wearer.skip(1)
    wearer.hold(5)
    wearer.freeze(3)
    wearer.bend(to: 20, over: 2)
    wearer.hold(75)
    var first = Run()
    var second = Run()
    first.take(wearer.samples)
    second.take(wearer.samples)
    #expect(first.bits == second.bits)
    #expect(first.names == second.names)
    #expect(
      first.kinds == [
        "calibrated", "deviated", "recovered", "gap 1010", "frozen", "resumed", "deviated", "reminded",
      ])
    #expect(first.outputs.contains { $0.context == .moving })
  }

  @Test(arguments: [100, 600, 2500, 3100])
  func aCopyGoesOnAlike(samples count: Int) {
    let samples = slouch().samples
    var run = Run()
    run.take(samples[..<count])
    var copy = run
    run.take(samples[count...])
    copy.take(samples[count...])
    #expect(run.bits == copy.bits)
  }

  @Test func theTimeOfDayDoesNotMatter() {
    var run = Run()
    var later = Run()
    run.take(slouch().samples)
    later.take(
      slouch().samples.map {
        var sample = $0
        sample.time = sample.time + .seconds(1e9)
        return sample
      })
    #expect(run.kinds == later.kinds)
    let pairs = zip(run.outputs, later.outputs)
    #expect(pairs.allSatisfy { $0.up == $1.up && $0.tilt == $1.tilt && $0.posture == $1.posture })
  }

  /// Whoever plays them decides when: the samples of a batch are some time old.
  @Test func aCueComesWithItsEventAndOnce() throws {
    var run = Run()
    run.take(slouch().samples)
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement, .nudge, .wellDone])
    let times = [at(5), try #require(run.last("deviated")).time, try #require(run.last("recovered")).time]
    #expect(run.cues.map(\.time) == times)
  }

  @Test func aReminderHasItsOwnCue() throws {
    var wearer = Wearer()
    wearer.hold(8)
    wearer.bend(to: 30, over: 1)
    wearer.hold(80)
    var run = Run()
    run.take(wearer.samples)
    #expect(run.kinds == ["calibrated", "deviated", "reminded"])
    let reminded = try #require(run.last("reminded")).time
    #expect(reminded - run.events[1].time == .seconds(60))
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement, .nudge, .reminder])
    #expect(run.cues.last?.time == reminded)
  }

  @Test func aRefusedCalibrationIsFelt() {
    var wearer = slouch()
    var run = Run()
    run.take(wearer.samples)
    run.pipeline.perform(.calibrate, at: wearer.now)
    let count = wearer.samples.count
    wearer.bend(to: 10, over: 1)
    wearer.hold(5)
    run.take(wearer.samples[count...])
    #expect(run.kinds == ["calibrated", "deviated", "recovered", "refused moving"])
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement, .nudge, .wellDone, .refusal])
  }

  @Test func walkingIsNoDeviation() {
    var wearer = Wearer()
    wearer.hold(8)
    wearer.walk(5)
    wearer.bend(to: 20, over: 0.1)
    wearer.walk(30)
    var run = Run()
    run.take(wearer.samples)
    #expect(run.kinds == ["calibrated", "suppressed by walking"])
    #expect(run.outputs.last?.context == .walking)
  }
}
