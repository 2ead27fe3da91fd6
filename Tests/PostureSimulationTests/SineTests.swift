// SPDX-License-Identifier: MIT
import Foundation
import PostureSimulation
import Testing

@Suite struct SineTests {
  private static let known: [(Double, Double, Double)] = [
    (0, 0, 1), (Double.pi / 6, 0.5, 0.866_025_403_784_438_6),
    (Double.pi / 4, 0.707_106_781_186_547_5, 0.707_106_781_186_547_5), (Double.pi / 2, 1, 0), (Double.pi, 0, -1),
    (-Double.pi / 2, -1, 0), (1, 0.841_470_984_807_896_5, 0.540_302_305_868_139_7),
  ]

  @Test(arguments: known)
  func knownValues(x: Double, sine: Double, cosine: Double) {
    let result = sineAndCosine(x)
    #expect((result.sine - sine).magnitude < 1e-15)
    #expect((result.cosine - cosine).magnitude < 1e-15)
  }

  @Test func agreesWithTheLibraryUpToAMillionRadians() {
    var worst = 0.0
    for step in -200_000...200_000 {
      // An irrational stride, so that every part of the turn is met at every size.
      let x = Double(step) * 4.999_123_456_7
      let (sine, cosine) = sineAndCosine(x)
      worst = max(worst, (sine - Foundation.sin(x)).magnitude, (cosine - Foundation.cos(x)).magnitude)
    }
    #expect(worst < 1e-12)
  }

  @Test func agreesWithTheLibraryInFineSteps() {
    var worst = 0.0
    for step in -100_000...100_000 {
      let x = Double(step) * 1e-4
      let (sine, cosine) = sineAndCosine(x)
      worst = max(worst, (sine - Foundation.sin(x)).magnitude, (cosine - Foundation.cos(x)).magnitude)
    }
    #expect(worst < 3e-16)
  }
}
