// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct BendCalibrationTests {
  private struct End {
    var time: Double
    var posture: ReferencePosture?
    var refusal: ReferenceCalibration.Refusal?
  }

  /// Feeds a calibration asked for at 0 s at 100 Hz until it ends, from up as a function of the time.
  private func end(from upright: Direction = Direction(0, 0, 1), _ up: (Double) -> Direction) throws -> End {
    let reference = try #require(ReferencePosture(up: upright, forwardAxis: nil))
    var bend = BendCalibration(.init(), from: reference, at: at(0))
    for tick in 0..<6000 {
      let time = Double(tick) * 0.01
      switch bend.update(up(time), at: at(time)) {
      case nil: continue
      case .taken(let posture): return End(time: time, posture: posture)
      case .refused(let refusal): return End(time: time, refusal: refusal)
      }
    }
    Issue.record("it never ended")
    return End(time: 60)
  }

  /// Down at 30 degrees a second after 2 s, to that angle; `rest` seconds later back.
  private func bow(_ degrees: Double, rest: Double) -> (Double) -> Double {
    { time in
      let down = degrees / 30
      return time < 2 ? 0 : min(min(time - 2, down), max(2 * down + rest + 2 - time, 0)) * 30
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func findsForwardFromAnyMount(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let mount = random.rotation()
    let depth = Double.random(in: 21...85, using: &random)
    let bow = self.bow(depth, rest: .random(in: 0...3, using: &random))
    var noise = SeededRandom(seed: seed)
    let upright = mount.apply(to: Direction(0, 0, 1))
    let end = try self.end(from: upright) {
      (mount.apply(to: up(flexion: bow($0))) + noise.vector(within: 0.002)).direction ?? upright
    }
    let posture = try #require(end.posture)
    #expect(angle(between: posture.forward, mount.apply(to: Direction(1, 0, 0))) < 1)
    #expect(posture.up == upright)
    #expect(posture.forwardAxis == nil)
    // A bend to the left by the new posture is one of the body.
    let tilt = posture.tilt(of: mount.apply(to: up(flexion: 0, lateral: 20)))
    #expect((tilt.lateral.degrees - 20).magnitude < 1)
  }

  /// A bend may come late, and has to be 20 degrees deep.
  @Test(arguments: [(0.0, false), (19.9, false), (20.1, true)])
  func aBendTooSmallIsNone(depth: Double, isTaken: Bool) throws {
    let end = try self.end { up(flexion: bow(depth, rest: 1)($0 - 15)) }
    #expect((end.posture != nil) == isTaken)
    #expect(end.refusal == (isTaken ? nil : .noBend))
    if !isTaken { #expect(end.time == 20.01) }
  }

  /// Six degrees back, 0.2 s after the turn at the bottom.
  @Test func comingBackEndsIt() throws {
    let end = try self.end { up(flexion: bow(60, rest: 0.5)($0)) }
    #expect(end.posture != nil)
    #expect((end.time - 4.71).magnitude < 0.015)
  }

  /// Two seconds at the bottom, where it creeps and sways a little.
  @Test func holdingItEndsIt() throws {
    let end = try self.end { time in
      up(
        flexion: bow(60, rest: 30)(time)
          + (time > 4 ? (time - 4) * 0.3 + (time * 9).truncatingRemainder(dividingBy: 1) : 0))
    }
    #expect(end.posture != nil)
    #expect(end.time >= 5.9 && end.time < 6.3)
  }

  /// Bending on for five seconds is no rest: the furthest point shows forward best.
  @Test func aSlowBendIsSeenToItsEnd() throws {
    let slow = { (time: Double) in time < 2 ? 0 : min((time - 2) * 12, 60) }
    let end = try self.end { up(flexion: slow($0)) }
    #expect(end.posture != nil)
    #expect(end.time >= 8.9 && end.time < 9.1)
  }

  /// It is the way of the furthest point that counts, not of a look aside on the way.
  @Test func theFurthestPointShowsTheWay() throws {
    let end = try self.end { time in
      time < 2 ? up(flexion: 0) : time < 3 ? up(flexion: 0, lateral: 15) : up(flexion: min((time - 3) * 40, 60))
    }
    #expect(angle(between: try #require(end.posture).forward, Direction(1, 0, 0)) < 1)
  }
}
