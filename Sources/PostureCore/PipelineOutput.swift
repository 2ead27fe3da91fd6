// SPDX-License-Identifier: MIT

extension PosturePipeline {
  /// What one sample gives.
  package struct Output: BitwiseCopyable, Sendable {
    package var time: Timestamp
    /// Up in the sensor frame; nil while unknown.
    package var up: Direction?
    /// Nil without a reference posture or without up.
    package var tilt: Tilt?
    package var context: Context
    package var posture: Posture
    /// How near a cue is, 0 to 1.
    package var exposure: Double
    /// To be played now.
    package var cue: Cue?
    var kinds: EventKinds
    /// Which way the wearer leans, where there is an event.
    var lean: Lean?

    /// Of no sample yet, to be written over.
    package init() {
      time = Timestamp(microseconds: 0)
      context = .still
      posture = .unknown
      exposure = 0
      kinds = EventKinds()
    }

    package var eventCount: Int { kinds.count }
    /// The events of this sample, in order.
    package func event(_ index: Int) -> Event {
      Event(time: time, kind: kinds[index], tilt: tilt, lean: lean, context: context, exposure: exposure)
    }
  }
}
