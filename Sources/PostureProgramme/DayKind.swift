// SPDX-License-Identifier: MIT

/// What a day says of the training's length.
package enum DayKind: Sendable, Equatable {
  /// Nothing: the device was not worn so that posture counted.
  case missed
  /// The goal was reached in a training that was mostly done.
  case good
  /// Neither good nor poor.
  case fair
  /// The goal was missed clearly.
  case poorPosture
  /// Less than half of what was planned was done, though the device was worn.
  case poorTime

  /// Seconds; less is a device that was tried on.
  private static let shortestWear = 60

  /// - Parameter planned: seconds.
  package init(_ day: ProgrammeDay, planned: Int, _ rules: Rules) {
    let (done, upright) = (day.training.done, day.training.upright)
    self =
      if done < Self.shortestWear && day.judged < Self.shortestWear {
        .missed
      } else if done * 100 < planned * rules.hardlyDone || done <= 0 {
        .poorTime
      } else if upright * 100 < done * (rules.goal - rules.clearMiss) {
        .poorPosture
      } else if upright * 100 >= done * rules.goal && done * 100 >= planned * rules.mostlyDone {
        .good
      } else {
        .fair
      }
  }

  var isPoor: Bool { self == .poorPosture || self == .poorTime }
}
