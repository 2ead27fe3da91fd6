// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct WearingCheckTests {
  /// Feeds 50 Hz between two times in seconds; what it found, and when.
  private func feed(
    _ check: inout WearingCheck, _ from: Double, _ to: Double, _ degrees: Double, _ context: Context = .still,
    isAlive: Bool = true
  ) -> [String] {
    var found: [String] = []
    for tick in Int(from * 50)..<Int(to * 50) {
      let time = Double(tick) * 0.02
      switch check.update(tilt(flexion: degrees), context, isAlive: isAlive, at: at(time)) {
      case nil: continue
      case .wornDifferently: found.append("doubted \(time)")
      case .wornAsBefore: found.append("believed \(time)")
      }
    }
    return found
  }

  private func begun() -> WearingCheck {
    var check = WearingCheck()
    check.begin()
    return check
  }

  @Test func whatWasNotPutOnIsTrusted() {
    var check = WearingCheck()
    #expect(feed(&check, 0, 60, 90) == [])
    #expect(check.state == .trusted)
  }

  /// Eight seconds, one interval short because the first sample has none.
  @Test(arguments: [
    (26.9, Context.still, []), (27.1, .still, ["doubted 8.0"]), (17.9, .walking, []), (18.1, .walking, ["doubted 8.0"]),
    (60, .lying, []), (60, .moving, []), (60, .bending, []), (60, .transport, []),
  ])
  func judgesByTheContext(degrees: Double, context: Context, expected: [String]) {
    var check = begun()
    #expect(feed(&check, 0, 30, degrees, context) == expected)
    let isJudged = context == .still || context == .walking
    #expect(check.state == (isJudged ? expected.isEmpty ? .trusted : .doubted : .checking))
  }

  /// Within 14 degrees it is believed again; in between it stays doubted.
  @Test func isBelievedAgain() {
    var check = begun()
    #expect(feed(&check, 0, 10, 40) == ["doubted 8.0"])
    #expect(feed(&check, 10, 60, 14.1) == [])
    #expect(check.state == .doubted)
    let found = feed(&check, 60, 80, 13)
    #expect(found.count == 1 && found[0].hasPrefix("believed"))
    #expect(check.state == .trusted)
    #expect(feed(&check, 80, 100, 90) == [])
  }

  /// Who bends in between begins anew, and who walks in between does not.
  @Test func onlyOnePostureIsAveraged() {
    var check = begun()
    for round in 0..<5 {
      let start = Double(round) * 8
      #expect(feed(&check, start, start + 7, 40) == [])
      #expect(feed(&check, start + 7, start + 8, 40, .bending) == [])
    }
    #expect(check.state == .checking)
    #expect(feed(&check, 40, 44, 40) == [])
    #expect(feed(&check, 44, 48, 10, .walking) == [])
    #expect(feed(&check, 48, 53, 40).count == 1)
  }

  @Test func aTableIsNotAsked() {
    var check = begun()
    #expect(feed(&check, 0, 60, 90, isAlive: false) == [])
    #expect(check.state == .checking)
    #expect(feed(&check, 60, 69, 90) == ["doubted 67.98"])
  }

  /// Seconds in which nothing came count for nothing.
  @Test func aGapIsNoTimeWorn() {
    var check = begun()
    for second in 0..<60 {
      let found = check.update(tilt(flexion: 40), .still, isAlive: true, at: at(Double(second) * 1.1))
      #expect(found == nil)
    }
    #expect(check.state == .checking)
  }

  @Test func theWearerKnowsBetter() {
    var check = begun()
    _ = feed(&check, 0, 10, 40)
    check.trust()
    #expect(feed(&check, 10, 60, 40) == [])
    check.begin()
    #expect(check.state == .checking)
    #expect(feed(&check, 60, 70, 40).count == 1)
  }
}
