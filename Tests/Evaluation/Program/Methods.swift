// SPDX-License-Identifier: MIT
import Evaluation
import PostureCore

/// What is compared.
enum Methods {
  /// The pipeline's variants, each with the truth that its trigger is measured by.
  private static var pipelines: [(name: String, parameters: PosturePipeline.Parameters, truth: Truth)] {
    let usual = PosturePipeline.Parameters()
    var (hold, exposure) = (usual, usual)
    hold.detector.trigger = .hold
    exposure.detector.trigger = .exposure
    return [
      ("exposure", exposure, Truth(.usual, ExposureTrigger())),
      ("hold", hold, Truth(.usual, HoldTrigger(hold: usual.detector.hold.seconds))),
    ]
  }

  /// Nil where there is no such trigger.
  static func truth(_ trigger: String) -> Truth? { pipelines.first { $0.name == trigger }?.truth }

  /// Whether a context says that the sensor is off the body.
  @Sendable private static func isOffBody(_ context: Context) -> Bool {
    context == .offBody
  }

  static var all: [Method] {
    pipelines.map { Method($0.name, .pipeline($0.parameters), $0.truth, isOffBody: isOffBody) } + [.naive]
  }
}
