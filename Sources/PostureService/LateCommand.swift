// SPDX-License-Identifier: MIT
import PostureCore

extension Command {
  /// This one, told at another time than it was meant for, so that it ends or was counted as it did.
  ///
  /// - Parameter exposure: after the sample before; nil leaves an assumed one as it is.
  func told(at time: Int64, after meant: Int64, _ exposure: Float? = nil) -> Command {
    let late = Interval(microseconds: time - meant)
    switch self {
    case .silence(let silence, for: let length): return .silence(silence, for: max(.zero, length - late))
    case .assumeDeviation(let sinceCue, let reminders):
      return .assumeDeviation(sinceCue: sinceCue + late, reminders: reminders)
    case .assumeCue(let since): return .assumeCue(since: since + late)
    case .assumeExposure:
      guard let exposure else { return self }
      return .assumeExposure(Int32((exposure * 1e6).rounded()))
    default: return self
    }
  }
}
