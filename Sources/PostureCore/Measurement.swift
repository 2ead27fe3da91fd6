// SPDX-License-Identifier: MIT

/// One sample as its source hands it over.
package struct Measurement: BitwiseCopyable, Sendable {
  /// To be performed before this sample is processed.
  package var command: Command?
  /// The chip's own integers, where the source has them.
  package var raw: RawSample?
  package var sample: InertialSample

  package init(command: Command? = nil, raw: RawSample?, sample: InertialSample) {
    self.command = command
    self.raw = raw
    self.sample = sample
  }
}
