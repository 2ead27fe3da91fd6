// SPDX-License-Identifier: MIT

extension PosturePipeline {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var filter = TiltFilter.Parameters()
    package var references = References.Parameters()
    package var monitor = SampleMonitor.Parameters()
    package var context = ContextDetector.Parameters()
    package var detector = DeviationDetector.Parameters()
    package var gate = CueGate.Parameters()
    /// Nothing is decided while the standard deviation of up is greater.
    package var largestUncertainty = Angle.degrees(5)
    /// From the sample that brings a cue to the motor that plays it, at most: a batch, and a little.
    package var motorLatency = Interval.milliseconds(250)
    /// A correction that follows a cue within so long is praised; nil praises none.
    package var praiseWithin: Interval? = .seconds(20)
    /// How each cue feels.
    package var patterns = HapticPatterns()

    package init() {}

    /// Computed values may repeat; only a chip's own integers, with its noise, must not.
    package mutating func acceptComputedSamples() {
      monitor.frozenAfter = nil
      context.life.patience = nil
    }
  }
}
