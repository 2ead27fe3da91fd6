// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct ReferencesTests {
  /// Feeds 100 Hz between two times in seconds; what came of it.
  private func feed(
    _ references: inout References, _ from: Double, _ to: Double, isSettled: Bool = true,
    _ up: (Double) -> Direction = { _ in upright }
  ) -> [String] {
    (Int((from * 100).rounded())..<Int((to * 100).rounded())).compactMap { tick in
      let time = Double(tick) * 0.01
      return references.update(up(time), isSettled: isSettled, at: at(time)).map(name)
    }
  }

  private func name(_ outcome: References.Outcome) -> String {
    switch outcome {
    case .taken(let name, _): "\(name)"
    case .refused(let refusal): "refused \(refusal)"
    case .bendAwaited: "bend"
    }
  }

  private func manual() -> References {
    var parameters = References.Parameters()
    parameters.isAutomatic = false
    return References(parameters)
  }

  private func kept(_ flexion: Double) throws -> KeptReference {
    KeptReference(try #require(ReferencePosture(up: up(flexion: flexion), forwardAxis: .plusX)))
  }

  @Test func oneIsTakenForEachName() {
    var references = manual()
    for (index, reference) in [ReferenceName.standing, .car, .sitting].enumerated() {
      let start = Double(index) * 10
      references.take(reference, isBending: false, at: at(start))
      #expect(feed(&references, start, start + 5) { _ in up(flexion: start) } == ["\(reference)"])
      #expect(references.inUse == reference)
    }
    // Without a name it is the one in use.
    references.take(nil, isBending: false, at: at(30))
    #expect(feed(&references, 30, 35) { _ in up(flexion: 3) } == ["sitting"])
    #expect(
      [references[.standing], references[.car], references[.sitting]].map { $0?.up.x ?? 9 }.map(degrees).map {
        Int(($0).rounded())
      } == [0, -10, -3])
  }

  @Test func theAutomaticOneIsTakenOnlyWhereThereIsNone() throws {
    var references = References()
    #expect(feed(&references, 0, 10, isSettled: false) == [])
    #expect(feed(&references, 10, 20) == ["sitting"])
    #expect(feed(&references, 20, 60) { _ in up(flexion: 20) } == [])
    var known = References()
    known.set(.sitting, to: try kept(0))
    #expect(feed(&known, 0, 60) == [])
    known.set(.sitting, to: nil)
    #expect(feed(&known, 60, 70) == ["sitting"])
  }

  /// What is used is what will be read back from where it is kept.
  @Test func whatIsTakenIsWhatIsKept() throws {
    var references = manual()
    references.take(nil, isBending: false, at: at(0))
    _ = feed(&references, 0, 5) { _ in Direction(0.36, -0.48, 0.8) }
    let posture = try #require(references.posture)
    #expect(KeptReference(posture).posture == posture)
    references.correct({ ($0 + Direction(0.01, 0.02, 0)).direction }, at: at(5))
    let corrected = try #require(references.posture)
    #expect(corrected != posture && KeptReference(corrected).posture == corrected)
  }

  @Test func aBendFollowsWhereItIsAskedFor() throws {
    let bow = { (time: Double) in up(flexion: 0, lateral: time < 5 ? 0 : max(0, 40 - (time - 7).magnitude * 20)) }
    var references = manual()
    references.take(.standing, isBending: true, at: at(0))
    #expect(feed(&references, 0, 5, bow) == ["bend"])
    #expect(references.isCalibrating && references.posture == nil)
    #expect(feed(&references, 5, 10, bow) == ["standing"])
    let posture = try #require(references.posture)
    #expect(angle(between: posture.forward, Direction(0, 1, 0)) < 0.1)
    // Another one without its bend leaves this one.
    references.take(.standing, isBending: true, at: at(10))
    #expect(feed(&references, 10, 60) == ["bend", "refused noBend"])
    #expect(references.posture == posture)
  }

  /// Who asked is told, and nobody else is.
  @Test(arguments: [true, false])
  func anInterruptEndsIt(isAsked: Bool) {
    var references = References()
    #expect(references.interrupt().map(name) == nil)
    if isAsked { references.take(nil, isBending: true, at: at(0)) }
    _ = feed(&references, 0, 2)
    #expect(references.isCalibrating)
    let outcome = references.interrupt().map(name)
    #expect(outcome == (isAsked ? "refused noEstimate" : nil))
    #expect(!references.isCalibrating)
    if isAsked {
      references.take(nil, isBending: true, at: at(2))
      _ = feed(&references, 2, 6)
      let outcome = references.interrupt().map(name)
      #expect(outcome == "refused noEstimate" && !references.isCalibrating)
    }
  }

  @Test func onlyWhatIsKnownIsUsed() throws {
    var references = manual()
    let refused = references.use(.car)
    references.set(.car, to: try kept(-20))
    let used = references.use(.car)
    #expect(!refused && used && references.inUse == .car)
    #expect(references.posture == references[.car])
  }

  /// One from a file has to be seen to hold, and one that is forgotten settles no doubt about another.
  @Test func aDoubtStaysUntilItIsSettled() throws {
    var references = manual()
    references.set(.standing, to: try kept(0))
    _ = references.use(.standing)
    references.set(.sitting, to: try kept(0))
    func check(_ from: Int, _ degrees: Double) {
      for tick in from * 10..<(from + 10) * 10 {
        _ = references.check(tilt(flexion: degrees), .still, isAlive: true, at: at(Double(tick) / 10))
      }
    }
    check(0, 40)
    #expect(references.isDoubted)
    references.set(.sitting, to: nil)
    #expect(references.isDoubted)
    references.keep()
    #expect(!references.isDoubted)
    references.putOn()
    check(10, 40)
    #expect(references.isDoubted)
    references.take(nil, isBending: false, at: at(20))
    _ = feed(&references, 20, 25)
    #expect(!references.isDoubted)
  }

  @Test func theOnlyOneKnownIsDoubtedToo() throws {
    var references = manual()
    references.set(.standing, to: try kept(0))
    _ = references.use(.standing)
    for tick in 0..<100 { _ = references.check(tilt(flexion: 40), .still, isAlive: true, at: at(Double(tick) / 10)) }
    #expect(references.isDoubted)
  }

  /// The nearest is chosen only where that is asked for, and not while another is taken.
  @Test(arguments: [true, false])
  func choosingIsASetting(isChosen: Bool) throws {
    var parameters = References.Parameters()
    (parameters.isAutomatic, parameters.isChosen) = (false, isChosen)
    var references = References(parameters)
    references.set(.sitting, to: try kept(0))
    references.set(.standing, to: try kept(-20))
    var chosen: [ReferenceName] = []
    for tick in 0..<400 {
      if let name = references.choose(up(flexion: -20), .still, at: at(Double(tick) / 10)) { chosen.append(name) }
    }
    #expect(chosen == (isChosen ? [.standing] : []))
    #expect(references.inUse == (isChosen ? .standing : .sitting))
  }
}
