// SPDX-License-Identifier: MIT

/// One sample as its source hands it over.
package struct Measurement: BitwiseCopyable, Sendable {
  /// To be performed before this sample is processed.
  package var command: Command?
  /// Samples that the source knows to be missing right before this one.
  package var missing: UInt32
  /// The chip's own integers, where the source has them.
  package var raw: RawSample?
  package var sample: InertialSample

  package init(command: Command? = nil, missing: UInt32 = 0, raw: RawSample?, sample: InertialSample) {
    self.command = command
    self.missing = missing
    self.raw = raw
    self.sample = sample
  }
}
