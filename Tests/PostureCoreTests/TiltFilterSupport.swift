// SPDX-License-Identifier: MIT
import PostureCore
import Testing

extension TiltFilter {
  mutating func estimate(after sample: InertialSample) throws -> Direction {
    let up = update(sample)
    return try #require(up)
  }
}

/// For samples that are not late, as computed ones are.
let prompt: TiltFilter.Parameters = {
  var parameters = TiltFilter.Parameters()
  parameters.sensorDelay = .zero
  return parameters
}()

let upright = Direction(0, 0, 1)

/// Samples at 100 Hz from 0 s on.
func samples(
  _ seconds: Double, _ motion: (Double) -> (Acceleration, AngularVelocity)
) -> [InertialSample] {
  (0..<Int((seconds * 100).rounded())).map { tick in
    let time = Double(tick) * 0.01
    let (force, rate) = motion(time)
    return InertialSample(time: at(time), acceleration: force, angularVelocity: rate)
  }
}

func gravity(_ up: Direction) -> Acceleration { (up * standardGravity).reinterpreted() }
