// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation

/// Something that gives cues, with the truth it is measured by.
package struct Method: Sendable {
  package enum Kind: Sendable {
    case pipeline(PosturePipeline.Parameters)
    case naive
  }

  package let name: String
  package let kind: Kind
  package let truth: Truth
  /// Whether a context says that the sensor is off the body.
  package let isOffBody: @Sendable (Context) -> Bool

  package init(
    _ name: String, _ kind: Kind, _ truth: Truth, isOffBody: @escaping @Sendable (Context) -> Bool = { _ in false }
  ) {
    self.name = name
    self.kind = kind
    self.truth = truth
    self.isOffBody = isOffBody
  }
}

/// What the simplest product does: a cue once the tilt has been beyond the limit for so long, whatever the wearer does.
///
/// 12 degrees is what Upright GO's first model took.
struct NaiveDetector: Sendable {
  static var limit: Angle { .degrees(12) }
  static var hold: Double { 5 }
  private var since: Double?
  private var isCueGiven = false

  /// - Returns: whether it gives a cue now.
  mutating func update(_ tilt: Tilt?, at time: Double) -> Bool {
    guard let tilt, tilt.total > Self.limit else {
      since = nil
      isCueGiven = false
      return false
    }
    let since = since ?? time
    self.since = since
    guard !isCueGiven, time - since >= Self.hold else { return false }
    isCueGiven = true
    return true
  }
}

extension Method {
  /// The naive product, by its own limit and hold.
  package static var naive: Method {
    Method(
      "naive", .naive, Truth(.total(NaiveDetector.limit.degrees), HoldTrigger(hold: NaiveDetector.hold)))
  }
}

/// A method at work: takes a day's samples, keeps what it said.
struct MethodRun {
  private let method: Method
  private var pipeline: PosturePipeline
  private var naive = NaiveDetector()
  private var cues: [GivenCue] = []
  private var beliefs: [Belief] = []

  init(_ method: Method) {
    self.method = method
    if case .pipeline(let parameters) = method.kind {
      pipeline = PosturePipeline(parameters)
    } else {
      pipeline = PosturePipeline()
    }
  }

  mutating func take(_ sample: InertialSample) {
    guard let output = pipeline.process(sample) else { return }
    let time = output.time.seconds
    let isOffBody = method.isOffBody(output.context)
    if isOffBody != beliefs.last?.isOffBody ?? false { beliefs.append(Belief(time: time, isOffBody: isOffBody)) }
    if case .naive = method.kind {
      if naive.update(output.tilt, at: time) { cues.append(GivenCue(time: time)) }
      return
    }
    for index in 0..<output.eventCount {
      switch output.event(index).kind {
      case .deviated: cues.append(GivenCue(time: time))
      case .reminded: cues.append(GivenCue(time: time, isReminder: true))
      default: break
      }
    }
  }

  /// - Parameter moments: what the day's script intends.
  func tally(_ spans: [DaySpan], _ moments: [Tilt?]) -> Tally {
    var tally = Tally(spans, method.truth.judge(moments), cues)
    tally.offBody = OffBodyTally(spans, beliefs)
    return tally
  }
}
