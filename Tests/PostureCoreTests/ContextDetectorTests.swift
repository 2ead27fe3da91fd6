// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct ContextDetectorTests {
  /// What each of them needs to be seen, put together as asked for.
  private struct Scene {
    var isOffBody = false
    var isWalking = false
    var isRiding = false
    var isLying = false
    var isMoving = false
    var isTurning = false

    /// After a minute of it, that somebody rode before, or that nobody wears it.
    func context() -> Context {
      var parameters = ContextDetector.Parameters()
      if !isOffBody { parameters.life.patience = nil }
      // Shaking is life too: what is found of it is what would be found had it begun just now.
      if isOffBody { parameters.life.enough = 13 }
      var detector = ContextDetector(parameters)
      var trunk = Trunk()
      if isRiding { trunk.bounce = swing(0.5, 9) }
      for sample in trunk.samples(0, 60) { _ = detector.update(sample, up: upright, tilt: .zero) }
      trunk.bounce = { time in
        (isWalking ? swing(3, 1.8)(time) : 0) + (isMoving && !isWalking ? swing(1.4, 12)(time) : 0)
          + (isRiding && !isMoving && !isWalking ? swing(0.5, 9)(time) : 0)
      }
      for sample in trunk.samples(60, 67) {
        let turn = max(0, (sample.time - at(66)).seconds * 30)
        _ = detector.update(
          sample, up: isTurning ? up(flexion: turn) : upright, tilt: isLying ? tilt(lateral: 80) : .zero)
      }
      return detector.context
    }
  }

  /// Each alone, and each with everything that comes after it.
  @Test func theFirstOfTheOrderHolds() {
    #expect(Scene().context() == .still)
    #expect(Scene(isTurning: true).context() == .bending)
    #expect(Scene(isMoving: true).context() == .moving)
    #expect(Scene(isMoving: true, isTurning: true).context() == .moving)
    #expect(Scene(isLying: true).context() == .lying)
    #expect(Scene(isLying: true, isMoving: true, isTurning: true).context() == .lying)
    #expect(Scene(isRiding: true).context() == .transport)
    #expect(Scene(isRiding: true, isLying: true, isMoving: true, isTurning: true).context() == .transport)
    #expect(Scene(isWalking: true).context() == .walking)
    #expect(
      Scene(isWalking: true, isRiding: true, isLying: true, isMoving: true, isTurning: true).context() == .walking)
    #expect(Scene(isOffBody: true).context() == .offBody)
    #expect(
      Scene(isOffBody: true, isWalking: true, isRiding: true, isLying: true, isMoving: true, isTurning: true).context()
        == .offBody)
  }

  @Test func postureCountsStillAndBending() {
    let all: [Context] = [.still, .moving, .walking, .bending, .lying, .offBody, .transport]
    #expect(all.filter(\.isJudged) == [.still, .bending])
    // What posture does not count in suppresses a cue, and bending makes it wait.
    #expect(all.filter { Suppression($0) == nil } == [.still])
    #expect(all.filter { Suppression($0)?.isPassing == true } == [.moving, .bending, .offBody])
  }

  /// Neither up nor tilt is known at first: walking and shaking are seen all the same.
  @Test func withoutUpItStillTellsWalking() {
    var detector = ContextDetector()
    var trunk = Trunk()
    trunk.bounce = swing(3, 1.8)
    for sample in trunk.samples(0, 10) { _ = detector.update(sample) }
    #expect(detector.context == .walking)
  }
}
