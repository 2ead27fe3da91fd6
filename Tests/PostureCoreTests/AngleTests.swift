// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct AngleTests {
  @Test(
    arguments: [
      (0, 1, 0), (1, 1, Double.pi / 4), (1, 0, .pi / 2), (1, -1, 3 * .pi / 4), (0, -1, .pi), (-1, -1, -3 * .pi / 4),
      (-1, 0, -.pi / 2), (-1, 1, -.pi / 4), (0, 0, 0), (3, 0, .pi / 2), (0, -1e-300, .pi), (1e-300, 0, .pi / 2),
    ] as [(Double, Double, Double)])
  func axesAndDiagonalsAreExact(y: Double, x: Double, expected: Double) {
    #expect(Angle(ofY: y, x: x).radians == expected)
  }

  @Test func minusZeroStaysInTheInterval() {
    #expect(Angle(ofY: -0.0, x: -1).radians == .pi)
    #expect(Angle(ofY: -0.0, x: 1).radians == 0)
    #expect(Angle(ofY: -0.0, x: -0.0).radians == 0)
  }

  @Test func agreesWithTheMathematicalLibraryAllRound() {
    var greatest = 0.0
    for step in -40_000...40_000 {
      let angle = Double(step) / 40_000 * .pi
      for length in [1e-6, 1, 9.80665, 1e9] {
        let (y, x) = (length * sin(angle), length * cos(angle))
        greatest = max(greatest, (Angle(ofY: y, x: x).radians - atan2(y, x)).magnitude)
      }
    }
    #expect(greatest < 1e-15)
  }

  @Test func agreesOnASquareGrid() {
    var greatest = 0.0
    for row in -300...300 {
      for column in -300...300 where (row, column) != (0, 0) {
        let (y, x) = (Double(row) / 7, Double(column) / 7)
        greatest = max(greatest, (Angle(ofY: y, x: x).radians - atan2(y, x)).magnitude)
      }
    }
    #expect(greatest < 1e-15)
  }

  /// Small angles keep their relative accuracy: a tilt of a microradian is not lost.
  @Test(arguments: [1e-3, 1e-9, 1e-150, 5e-300])
  func smallAnglesAreExact(y: Double) {
    let expected = atan2(y, 1)
    #expect((Angle(ofY: y, x: 1).radians - expected).magnitude <= expected * 2.3e-16)
  }

  /// Where the series changes its reduction, tan(pi/16) and tan(3 pi/16), it goes on without a step.
  @Test(arguments: [0.198_912_367_379_658, 0.668_178_637_919_299, 1])
  func bordersAreSmooth(quotient: Double) {
    let below = Angle(ofY: quotient.nextDown, x: 1).radians
    let above = Angle(ofY: quotient.nextUp, x: 1).radians
    #expect((above - below).magnitude < 5e-16)
    #expect(above >= below)
  }

  /// The very bits: a replay on another machine decides the same.
  @Test(
    arguments: [
      (1, 3, 0x3fd4_978f_a326_9ee0), (3, 1, 0x3ff3_fc17_6b7a_8560), (0.2, 1, 0x3fc9_4441_f8f7_260b),
      (-0.7, 0.4, 0xbff0_d38f_2c5b_a09e), (2, -5, 0x4006_16b4_66d7_3d60), (-1e-3, -9.8, 0xc009_21c5_d494_6fbd),
      (0.5, -0.5, 0x4002_d97c_7f33_21d2), (0.1, 0.3, 0x3fd4_978f_a326_9ee2),
    ] as [(Double, Double, UInt64)])
  func bitsAreTheSameEverywhere(y: Double, x: Double, bits: UInt64) {
    #expect(Angle(ofY: y, x: x).radians.bitPattern == bits)
  }

  /// The bits of many, folded into one number (FNV-1a over words): no rounding may change anywhere.
  @Test func bitsOfAWholeGridAreTheSameEverywhere() {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for row in -100...100 {
      for column in -100...100 {
        hash = (hash ^ Angle(ofY: Double(row) / 7, x: Double(column) / 3).radians.bitPattern) &* 0x100_0000_01b3
      }
    }
    #expect(hash == 0x41f9_2709_afe0_7a0f)
  }

  @Test func quadrantsMirrorEachOther() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<10_000 {
      let (y, x) = (random.within(20).magnitude, random.within(20).magnitude)
      let first = Angle(ofY: y, x: x).radians
      #expect(Angle(ofY: -y, x: x).radians == -first)
      #expect(Angle(ofY: y, x: -x).radians == .pi - first)
      #expect(Angle(ofY: -y, x: -x).radians == -(.pi - first))
    }
  }

  @Test func degreesAreThere() {
    #expect((Angle.degrees(180).radians - .pi).magnitude < 1e-15)
    #expect((Angle.degrees(15).degrees - 15).magnitude < 1e-14)
    #expect(Angle.degrees(-10) < .zero)
    #expect((-Angle.degrees(10)).magnitude == .degrees(10))
  }
}
