// SPDX-License-Identifier: MIT
import PostureCore

/// Estimates of samples that follow each other, and what changes between them: from the second to the last stage of a
/// replay.
package struct EstimateBlock: Sendable {
  enum Action: Sendable {
    case begin(PosturePipeline.Parameters)
    case configure(PosturePipeline.Parameters)
    case perform(Command)
    case correct(from: AccelerometerCalibration, to: AccelerometerCalibration)
  }

  /// The first `count` are of this block.
  fileprivate var estimates: [UpEstimate] = []
  fileprivate(set) var count = 0
  /// In order; `before` counts the estimates in front.
  fileprivate(set) var actions: [(before: Int, action: Action)] = []
  /// Standard deviations of up, where they were asked for.
  fileprivate(set) var uncertainties: [Angle] = []
  /// What a look back needs, where it was asked for.
  fileprivate(set) var moments: [Moment] = []

  package init() {}

  subscript(index: Int) -> UpEstimate { _read { yield estimates[index] } }

  package mutating func removeAll() {
    count = 0
    actions.removeAll(keepingCapacity: true)
    uncertainties.removeAll(keepingCapacity: true)
    moments.removeAll(keepingCapacity: true)
  }
}

/// The second stage of a replay: which way is up, and by what a sample is judged.
package struct ReplayEstimator: Sendable {
  private let options: Replay.Options
  /// Of the trace, as far as it has been read.
  private var settings: [TraceSetting] = []
  private var isRaw = true
  /// Those of the options that hold by now.
  private var overruling: [TraceSetting] = []
  private var nextTimed = 0
  private var estimator: UpEstimator?
  private var start = Timestamp(microseconds: 0)
  /// The end of the window has been passed: what follows changes nothing.
  package private(set) var isOver = false

  package init(_ options: Replay.Options) { self.options = options }

  /// - Parameter block: the estimates are added to it; after an error it holds those before.
  package mutating func take(
    _ rows: SampleBlock, of header: TraceHeader?, into block: inout EstimateBlock
  ) throws(InputError) {
    var (index, next) = (0, 0)
    while index < rows.samples.count, !isOver {
      let sample = rows.samples[index]
      if estimator == nil { try begin(at: sample.time, isRaw: !rows.raws.isEmpty, header, &block) }
      while next < rows.interjections.count, rows.interjections[next].before <= index {
        try take(rows.interjections[next].what, &block)
        next += 1
      }
      let elapsed = sample.time - start
      options.pace?(elapsed)
      while nextTimed < options.timed.count, options.timed[nextTimed].after <= elapsed {
        overruling = overruling.replaced(by: options.timed[nextTimed].settings)
        nextTimed += 1
        try configure(&block)
      }
      let interjected = next < rows.interjections.count ? rows.interjections[next].before : rows.samples.count
      let end = areAlike(rows.samples[interjected - 1]) ? interjected : index + 1
      estimate(rows.samples.span.extracting(index..<end), into: &block)
      isOver = isBeyondWindow(rows.samples[end - 1])
      index = end
    }
  }

  /// Nothing comes between a sample and a later one that is not said before its row: then all are estimated at once.
  private func areAlike(_ last: InertialSample) -> Bool {
    guard options.pace == nil, options.lag == nil, !options.wantsEstimates, !isBeyondWindow(last) else { return false }
    return nextTimed == options.timed.count || options.timed[nextTimed].after > last.time - start
  }

  private func isBeyondWindow(_ sample: InertialSample) -> Bool {
    (sample.time - start).microseconds - (options.lag?.microseconds ?? 0) > options.window.upperBound.microseconds
  }

  /// - Parameter samples: one, where what belongs to each is asked for.
  private mutating func estimate(_ samples: borrowing Span<InertialSample>, into block: inout EstimateBlock) {
    let first = block.count
    block.count += samples.count
    while block.estimates.count < block.count { block.estimates.append(UpEstimate()) }
    var estimates = block.estimates.mutableSpan
    let taken = estimator?.update(samples, into: &estimates, from: first)
    precondition(taken == samples.count, "a reader's samples are in order")
    if options.lag != nil, let moment = estimator?.moment {
      block.moments.append(moment)
    } else if options.wantsEstimates, let uncertainty = estimator?.uncertainty {
      block.uncertainties.append(uncertainty)
    }
  }

  private mutating func begin(
    at time: Timestamp, isRaw: Bool, _ header: TraceHeader?, _ block: inout EstimateBlock
  ) throws(InputError) {
    self.isRaw = isRaw
    settings = header?.settings ?? []
    let parameters = try parameters()
    estimator = UpEstimator(parameters.upEstimator)
    start = time
    block.actions.append((block.count, .begin(parameters)))
  }

  private mutating func take(
    _ what: SampleBlock.Interjection, _ block: inout EstimateBlock
  ) throws(InputError) {
    switch what {
    case .settings(let changes):
      settings = settings.replaced(by: changes)
      try configure(&block)
    case .command(.calibrateAccelerometer(let accelerometer)):
      guard let earlier = estimator?.accelerometer, accelerometer != earlier else { return }
      estimator?.correct(with: accelerometer)
      block.actions.append((block.count, .correct(from: earlier, to: accelerometer)))
    case .command(let command): block.actions.append((block.count, .perform(command)))
    }
  }

  /// From the next sample on it is judged so.
  private mutating func configure(_ block: inout EstimateBlock) throws(InputError) {
    let parameters = try parameters()
    estimator?.configure(largestUncertainty: parameters.largestUncertainty)
    block.actions.append((block.count, .configure(parameters)))
  }

  private func parameters() throws(InputError) -> PosturePipeline.Parameters {
    var parameters = try options.parameters(with: settings, overruling)
    if !isRaw { parameters.acceptComputedSamples() }
    if options.reference != nil { parameters.references.isAutomatic = false }
    return parameters
  }
}
