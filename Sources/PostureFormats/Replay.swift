// SPDX-License-Identifier: MIT
import PostureCore

/// Runs a recording through the pipeline: bytes of a trace or CSV file in, estimates and events as text out.
///
/// The caller takes `estimates` and `events` whenever it likes and empties them; nothing else grows with the recording.
package struct Replay {
  package enum EventFormat: Sendable { case text, json }

  package struct Options: Sendable {
    /// What holds where neither the trace nor `settings` say otherwise.
    package var parameters = PosturePipeline.Parameters()
    /// They overrule those of the trace.
    package var settings: [TraceSetting] = []
    package var reference: ReferenceOption?
    /// Of a CSV file that is neither a trace nor a plain one.
    package var columns: CSVColumns?
    package var wantsEstimates = false
    /// Estimates of the tilt this long ago, smoothed, in place of the causal ones; at most `FixedLag.longest`.
    package var lag: Interval?
    package var eventFormat = EventFormat.text
    /// A checksum over every estimate in the summary.
    package var wantsChecksum = true
    /// Settings that hold from so long after the first sample on, in order; they overrule `settings` from then on.
    package var timed: [(after: Interval, settings: [TraceSetting])] = []
    /// What is told of, by the time since the first sample. What comes before is judged all the same, so that what is
    /// told is what the whole would tell.
    package var window = Interval.zero...Interval(microseconds: .max)
    /// Called before each sample with the time since the first one: for whoever wants it to take its time.
    package var pace: (@Sendable (Interval) -> Void)?

    package init() {}

    /// What a trace with these settings in its header is judged by.
    ///
    /// - Parameter timed: what has come into force since its start.
    package func parameters(
      with settings: [TraceSetting], _ timed: [TraceSetting] = []
    ) throws(InputError) -> PosturePipeline.Parameters {
      var base = Configuration()
      base.pipeline = parameters
      var reader = ConfigurationReader(base)
      reader.set(settings, from: "the trace")
      reader.set(self.settings, from: "--set")
      reader.set(timed, from: "--at")
      do throws(ConfigurationErrors) { return try reader.result().pipeline } catch { throw error.errors[0] }
    }
  }

  package static let estimateColumns = "timestamp_us,ux,uy,uz,flexion_deg,lateral_deg,total_deg,uncertainty_deg\n"

  private var reader: TraceReader
  private var machine: Machine

  package init(source: String, _ options: Options) {
    reader = TraceReader(source: source, columns: options.columns)
    machine = Machine(options)
  }

  /// CSV rows, one for each input row; with a lag, one about every 20 ms.
  package var estimates: [UInt8] {
    get { machine.estimates }
    _modify { yield &machine.estimates }
  }
  /// One event a line.
  package var events: [UInt8] {
    get { machine.events }
    _modify { yield &machine.events }
  }
  package var summary: ReplaySummary { machine.summary }
  /// The end of the window has been passed: what follows changes nothing.
  package var isOver: Bool { machine.isOver }
  package var header: TraceHeader? { reader.header }
  /// The line that the end of the recording, or of the piece before this one, has cut; after `finish` or `follow`.
  package private(set) var cut: CutLine?

  package mutating func read(_ bytes: borrowing Span<UInt8>) throws(InputError) {
    // Split up, so that the reader and the machine are two exclusive accesses.
    var machine = Machine(Options())
    swap(&machine, &self.machine)
    defer { swap(&machine, &self.machine) }
    var reader = self.reader
    defer { self.reader = reader }
    guard !machine.hasBegun else {
      do throws(InputError) {
        return try reader.read(bytes) { settings throws(InputError) in
          try machine.change(settings)
        } _: { measurement throws(InputError) in
          try machine.take(measurement)
        }
      } catch {
        // What is wrong beyond what was asked for is nobody's concern.
        if machine.isOver { return }
        throw error
      }
    }
    var first: [Machine.Item] = []
    var failure: InputError?
    do throws(InputError) {
      try reader.read(bytes) { settings throws(InputError) in
        first.append(.settings(settings))
      } _: { measurement throws(InputError) in
        first.append(.measurement(measurement))
      }
    } catch { failure = error }
    try machine.begin(with: first, of: reader.header)
    if let failure, !machine.isOver { throw failure }
  }

  /// The recording is over.
  package mutating func finish() throws(InputError) {
    try finishReading()
    cut = reader.cut
    try checkReference(machine)
  }

  private mutating func finishReading() throws(InputError) {
    var machine = Machine(Options())
    swap(&machine, &self.machine)
    defer { swap(&machine, &self.machine) }
    var last: [Machine.Item] = []
    try reader.finish { measurement throws(InputError) in last.append(.measurement(measurement)) }
    if machine.hasBegun {
      for item in last { try machine.take(item) }
    } else {
      try machine.begin(with: last, of: reader.header)
    }
  }

  /// The recording goes on in another piece, which must be the next one.
  package mutating func follow(_ source: String) throws(InputError) {
    try finishReading()
    cut = reader.cut
    reader = try TraceReader(source: source, following: reader)
  }

  /// What `finish` says of a reference posture that was asked for, where nobody reads as far as the end.
  package func checkReference() throws(InputError) { try checkReference(machine) }

  private func checkReference(_ machine: Machine) throws(InputError) {
    if let found = machine.missingReference {
      throw InputError(
        source: reader.source, key: "--reference", found: found, expected: "a posture that can be the reference")
    }
  }
}

/// The pipeline and the text it fills.
private struct Machine {
  enum Item {
    case settings([TraceSetting])
    case measurement(Measurement)
  }

  private let options: Replay.Options
  /// Of the trace, as far as it has been read.
  private var settings: [TraceSetting] = []
  private var isRaw = true
  /// Those of the options that hold by now.
  private var overruling: [TraceSetting] = []
  private var nextTimed = 0
  private(set) var isOver = false
  private var pipeline: PosturePipeline?
  private var output = PosturePipeline.Output()
  private var start: Timestamp?
  private var refusal: ReferenceCalibration.Refusal?
  private var smoother: FixedLag?
  var estimates: [UInt8] = []
  var events: [UInt8] = []
  var summary = ReplaySummary()

  init(_ options: Replay.Options) {
    self.options = options
    smoother = options.lag.map { FixedLag(lag: $0) }
    if options.wantsEstimates { estimates.append(contentsOf: Replay.estimateColumns.utf8) }
  }

  /// Why there is no reference, where one was asked for.
  var missingReference: String? {
    guard options.reference != nil, pipeline?.reference == nil else { return nil }
    return refusal?.advice ?? "a recording of \(Decimal.text(summary.duration, places: 1)) s, too short for it"
  }

  var hasBegun: Bool { pipeline != nil }

  /// Takes the first rows there are, once the header is known.
  mutating func begin(with items: [Item], of header: TraceHeader?) throws(InputError) {
    let measurements = items.lazy.compactMap { if case .measurement(let measurement) = $0 { measurement } else { nil } }
    guard let first = measurements.first else { return }
    isRaw = first.raw != nil
    settings = header?.settings ?? []
    try begin(at: first.sample.time)
    for item in items { try take(item) }
  }

  mutating func take(_ item: Item) throws(InputError) {
    switch item {
    case .settings(let settings): try change(settings)
    case .measurement(let measurement): try take(measurement)
    }
  }

  /// From the next sample on it is judged so.
  mutating func change(_ changes: [TraceSetting]) throws(InputError) {
    settings = settings.replaced(by: changes)
    let parameters = try parameters()
    pipeline?.configure(parameters)
  }

  mutating func take(_ measurement: Measurement) throws(InputError) {
    guard !isOver else { return }
    let time = measurement.sample.time
    let elapsed = time - (start ?? time)
    options.pace?(elapsed)
    while nextTimed < options.timed.count, options.timed[nextTimed].after <= elapsed {
      overruling = overruling.replaced(by: options.timed[nextTimed].settings)
      nextTimed += 1
      let parameters = try parameters()
      pipeline?.configure(parameters)
    }
    if let command = measurement.command { pipeline?.perform(command, at: time) }
    guard pipeline?.process(measurement.sample, into: &output) == true else { return }
    var smoothed: FixedLag.Estimate?
    if options.wantsEstimates, smoother != nil, output.up != nil, let moment = pipeline?.moment {
      smoothed = smoother?.update(moment, at: time)
    }
    for index in 0..<output.eventCount {
      if case .calibrationRefused(let refusal) = output.event(index).kind { self.refusal = refusal }
    }
    if let smoothed, let start, options.window.contains(smoothed.time - start) { append(smoothed) }
    guard options.window.contains(elapsed) else {
      isOver = elapsed.microseconds > options.window.upperBound.microseconds &+ (options.lag?.microseconds ?? 0)
      return
    }
    summary.samples += 1
    summary.duration = (elapsed - options.window.lowerBound).seconds
    if options.wantsChecksum { summary.include(output.up) }
    if options.wantsEstimates, smoother == nil { append(output) }
    for index in 0..<output.eventCount { append(output.event(index)) }
  }

  private func parameters() throws(InputError) -> PosturePipeline.Parameters {
    var parameters = try options.parameters(with: settings, overruling)
    if !isRaw { parameters.acceptComputedSamples() }
    if options.reference != nil { parameters.references.isAutomatic = false }
    return parameters
  }

  private mutating func begin(at time: Timestamp) throws(InputError) {
    var pipeline = PosturePipeline(try parameters())
    if let reference = options.reference { pipeline.takeReference(over: reference.window, from: time) }
    self.pipeline = pipeline
    start = time
  }

  private mutating func append(_ output: PosturePipeline.Output) {
    append(output.up, output.tilt, at: output.time)
    if output.up != nil, let pipeline { Decimal.append(pipeline.uncertainty.degrees, places: 3, to: &estimates) }
    estimates.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ estimate: FixedLag.Estimate) {
    append(estimate.up, pipeline?.reference?.tilt(of: estimate.up), at: estimate.time)
    estimates.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ up: Direction?, _ tilt: Tilt?, at time: Timestamp) {
    Decimal.append(time.microseconds, to: &estimates)
    appendFields(up.map { [$0.x, $0.y, $0.z] }, places: 8)
    appendFields(tilt.map { [$0.flexion.degrees, $0.lateral.degrees, $0.total.degrees] }, places: 4)
    estimates.append(UInt8(ascii: ","))
  }

  /// Three fields, empty where nothing is known.
  private mutating func appendFields(_ values: [Double]?, places: Int) {
    for index in 0..<3 {
      estimates.append(UInt8(ascii: ","))
      if let values { Decimal.append(values[index], places: places, to: &estimates) }
    }
  }

  private mutating func append(_ event: Event) {
    let record = EventRecord(event)
    if record.event == "deviated" { summary.deviations += 1 }
    if record.event == "reminded" { summary.reminders += 1 }
    let line = options.eventFormat == .json ? JSONLine.encode(record) : record.text
    events.append(contentsOf: line.utf8)
    events.append(UInt8(ascii: "\n"))
  }
}
