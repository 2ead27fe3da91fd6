// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct ReferenceChoiceTests {
  /// Sitting upright, standing 15 degrees behind it, in the car 40.
  private func set() -> ReferenceSet {
    var set = ReferenceSet()
    for (name, flexion) in [(ReferenceName.sitting, 0.0), (.standing, -15), (.car, -40)] {
      set[name] = ReferencePosture(up: up(flexion: flexion), forwardAxis: .plusX)
    }
    return set
  }

  private func chosen(
    _ flexion: (Double) -> Double, _ context: (Double) -> Context = { _ in .still }, among set: ReferenceSet,
    inUse: ReferenceName = .sitting
  ) -> (name: ReferenceName, time: Double)? {
    var choice = ReferenceChoice()
    for tick in 0..<1000 {
      let time = Double(tick) * 0.1
      if let name = choice.update(up(flexion: flexion(time)), context(time), among: set, inUse: inUse, at: at(time)) {
        return (name, time)
      }
    }
    return nil
  }

  @Test(arguments: [
    (-15.0, ReferenceName.standing), (-12, .standing), (-20.9, .standing), (-40, .car), (-34.1, .car), (-45.9, .car),
    (-11, nil), (-21.1, nil), (-28, nil), (0, nil), (20, nil),
  ])
  func theNearestIsUsedAfterHalfAMinute(flexion: Double, expected: ReferenceName?) {
    let found = chosen({ _ in flexion }, among: set())
    #expect(found?.name == expected)
    if let found { #expect(found.time == 30) }
  }

  @Test func theOneInUseIsNotChosen() {
    #expect(chosen({ _ in -15 }, among: set(), inUse: .standing) == nil)
    #expect(chosen({ _ in 0 }, among: set(), inUse: .car)?.name == .sitting)
  }

  /// Without a break, and of the same one.
  @Test func aBreakBeginsAnew() {
    let set = self.set()
    #expect(chosen({ $0 < 20 ? -15 : $0 < 20.05 ? 0 : -15 }, among: set)?.time == 50.1)
    #expect(chosen({ _ in -15 }, { $0 < 20 ? .still : $0 < 20.05 ? .bending : .still }, among: set)?.time == 50.1)
    #expect(chosen({ $0 < 20 ? -15 : -40 }, among: set)?.time == 50)
  }

  @Test(arguments: [
    (Context.still, true), (.transport, true), (.moving, false), (.walking, false), (.bending, false), (.lying, false),
    (.offBody, false),
  ])
  func onlyWhoSitsOrStandsOrRidesIsMeant(context: Context, isMeant: Bool) {
    #expect((chosen({ _ in -40 }, { _ in context }, among: set()) != nil) == isMeant)
  }

  @Test func withoutOneInUseOrAnyOtherNothingIsChosen() {
    var set = ReferenceSet()
    #expect(chosen({ _ in 0 }, among: set) == nil)
    set[.standing] = ReferencePosture(up: up(flexion: 0), forwardAxis: .plusX)
    #expect(chosen({ _ in 0 }, among: set) == nil)
    #expect(chosen({ _ in 0 }, among: set, inUse: .standing) == nil)
  }
}
