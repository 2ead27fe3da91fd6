// SPDX-License-Identifier: MIT
import Glibc
import PostureCore

/// A tilt straight forward (or backward), or straight to the left (or right), in degrees.
func tilt(flexion: Double = 0, lateral: Double = 0) -> Tilt {
  Tilt(
    flexion: .degrees(flexion), lateral: .degrees(lateral),
    total: .degrees(degrees(acos(cos(radians(flexion)) * cos(radians(lateral))))))
}

func name(_ decision: DeviationDetector.Decision?) -> String? {
  switch decision {
  case nil: nil
  case .deviated(let leaning, nil): "deviated \(leaning.microseconds / 1000)"
  case .deviated(let leaning, let reason?): "deviated \(leaning.microseconds / 1000) without a cue: \(reason)"
  case .reminded(let leaning, let number): "reminded \(leaning.microseconds / 1000) #\(number)"
  case .recovered(let leaning, _): "recovered \(leaning.microseconds / 1000)"
  case .ended(let leaning, let context): "ended \(leaning.microseconds / 1000) by \(context)"
  case .suppressed(let leaning, let reason): "suppressed \(leaning.microseconds / 1000) by \(reason)"
  }
}
