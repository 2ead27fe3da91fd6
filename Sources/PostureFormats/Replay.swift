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
    /// Sees every sample that is told of; `Replay.observer` is what has become of it.
    package var observer: (any ReplayObserver)?

    package init() {}

    /// Rows handed over at once: one where it takes its time.
    package var rowsAtOnce: Int { pace == nil ? SampleBlock.usualCapacity : 1 }

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

  private var recording: ReplaySource
  private var estimator: ReplayEstimator
  private var teller: ReplayTeller
  private var rows: SampleBlock
  private var block = EstimateBlock()

  package init(source: String, _ options: Options) {
    recording = ReplaySource(source: source, options)
    estimator = ReplayEstimator(options)
    teller = ReplayTeller(options)
    rows = SampleBlock(capacity: options.rowsAtOnce)
  }

  /// CSV rows, one for each input row; with a lag, one about every 20 ms.
  package var estimates: [UInt8] {
    get { teller.estimates }
    _modify { yield &teller.estimates }
  }
  /// One event a line.
  package var events: [UInt8] {
    get { teller.events }
    _modify { yield &teller.events }
  }
  package var summary: ReplaySummary { teller.summary }
  package var observer: (any ReplayObserver)? { teller.observer }
  /// The end of the window has been passed: what follows changes nothing.
  package var isOver: Bool { estimator.isOver }
  package var header: TraceHeader? { recording.header }
  package var cut: CutLine? { recording.cut }

  package mutating func read(_ bytes: borrowing Span<UInt8>) throws(InputError) {
    var next = 0
    while next < bytes.count, !isOver {
      let read: Result<Int, InputError>
      do throws(InputError) { read = .success(try recording.read(bytes, from: next, into: &rows)) } catch {
        read = .failure(error)
      }
      try tell()
      // What is wrong beyond what was asked for is nobody's concern.
      next = isOver ? bytes.count : try read.get()
    }
  }

  /// The recording is over.
  package mutating func finish() throws(InputError) {
    try recording.finish(into: &rows)
    try tell()
    try teller.checkReference(of: recording.name)
  }

  /// The recording goes on in another piece, which must be the next one.
  package mutating func follow(_ source: String) throws(InputError) {
    try recording.follow(source, into: &rows)
    try tell()
  }

  private mutating func tell() throws(InputError) {
    defer { rows.removeAll() }
    block.removeAll()
    // What came before an error is whole.
    defer { teller.take(block) }
    try estimator.take(rows, of: recording.header, into: &block)
  }
}
