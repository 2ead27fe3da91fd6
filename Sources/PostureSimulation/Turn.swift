// SPDX-License-Identifier: MIT
import PostureCore

/// A right-handed rotation about one axis, as sine and cosine of its angle.
struct Turn: BitwiseCopyable, Sendable {
  let sine: Double
  let cosine: Double

  init(_ radians: Double) {
    (sine, cosine) = sineAndCosine(radians)
  }

  private init(sine: Double, cosine: Double) {
    self.sine = sine
    self.cosine = cosine
  }

  var inverse: Turn { Turn(sine: -sine, cosine: cosine) }
}

extension Vector3 {
  func turnedAboutX(_ t: Turn) -> Self { Self(x, t.cosine * y - t.sine * z, t.sine * y + t.cosine * z) }
  func turnedAboutY(_ t: Turn) -> Self { Self(t.cosine * x + t.sine * z, y, t.cosine * z - t.sine * x) }
  func turnedAboutZ(_ t: Turn) -> Self { Self(t.cosine * x - t.sine * y, t.sine * x + t.cosine * y, z) }
}
