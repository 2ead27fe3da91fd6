// SPDX-License-Identifier: MIT
import PostureFormats
import PostureProgramme

/// What minutes and cues add up to: of an hour, a day, or all of it.
package struct Totals: Sendable, Equatable {
  package var contexts = MinuteRecord.Contexts()
  package var postures = MinuteRecord.Postures()
  /// Tenths of a second of the judged in which no cue could be given.
  package var silent = 0
  /// By block, tenths of a second: judged, and of it upright. A minute that was not what it was to be is plain wear, as
  /// it is to the programme.
  package var judged: [Block: Int] = [:]
  package var upright: [Block: Int] = [:]
  /// Tenths of a second through which the daemon ran and nobody wore the device: whole minutes.
  package var absent = 0
  /// Tenths of a second of which nothing is known, in minutes of which something is.
  package var missing = 0
  /// Sum of movement and worn time, mg times tenths of a second.
  package var movement = 0
  /// Sum of exposure and judged time, thousandths times tenths of a second.
  package var exposure = 0

  package var nudges = 0
  package var reminders = 0
  package var corrected = 0
  package var ignored = 0
  package var ended = 0
  /// By the reason.
  package var suppressed: [String: Int] = [:]
  /// By direction: cues that were given.
  package var cuesByLean: [String: Int] = [:]
  /// From cues to their correction, tenths of a second, in their order.
  package var responses: [Int] = []
  /// By fault.
  package var faults: [String: Int] = [:]

  package init() {}

  private static let minute = 600

  package mutating func add(_ record: MinuteRecord) {
    let contexts = record.contexts
    self.contexts.still += contexts.still
    self.contexts.bending += contexts.bending
    self.contexts.moving += contexts.moving
    self.contexts.walking += contexts.walking
    self.contexts.lying += contexts.lying
    self.contexts.transport += contexts.transport
    self.contexts.offBody += contexts.offBody
    postures.upright += record.postures.upright
    postures.forward += record.postures.forward
    postures.backward += record.postures.backward
    postures.left += record.postures.left
    postures.right += record.postures.right
    silent += record.silent
    let block = ProgrammeMinute(record).wasKept ? record.block : .plain
    judged[block, default: 0] += record.postures.judged
    upright[block, default: 0] += record.postures.upright
    missing += max(0, Self.minute - contexts.all)
    movement += record.movement * contexts.worn
    exposure += record.exposure * record.postures.judged
  }

  package mutating func add(_ cue: CueRecord) {
    switch cue.kind {
    case .nudge: nudges += 1
    case .reminder: reminders += 1
    case .suppressed:
      suppressed[cue.reason ?? "unknown", default: 0] += 1
      return
    }
    if let lean = cue.lean { cuesByLean[lean, default: 0] += 1 }
    switch cue.outcome {
    case .corrected:
      corrected += 1
      if let response = cue.response { responses.append(response) }
    case .ignored: ignored += 1
    case .ended: ended += 1
    case nil: break
    }
  }

  package mutating func add(_ other: Totals) {
    contexts.still += other.contexts.still
    contexts.bending += other.contexts.bending
    contexts.moving += other.contexts.moving
    contexts.walking += other.contexts.walking
    contexts.lying += other.contexts.lying
    contexts.transport += other.contexts.transport
    contexts.offBody += other.contexts.offBody
    postures.upright += other.postures.upright
    postures.forward += other.postures.forward
    postures.backward += other.postures.backward
    postures.left += other.postures.left
    postures.right += other.postures.right
    silent += other.silent
    judged.merge(other.judged, uniquingKeysWith: +)
    upright.merge(other.upright, uniquingKeysWith: +)
    absent += other.absent
    missing += other.missing
    movement += other.movement
    exposure += other.exposure
    nudges += other.nudges
    reminders += other.reminders
    corrected += other.corrected
    ignored += other.ignored
    ended += other.ended
    suppressed.merge(other.suppressed, uniquingKeysWith: +)
    cuesByLean.merge(other.cuesByLean, uniquingKeysWith: +)
    responses += other.responses
    faults.merge(other.faults, uniquingKeysWith: +)
  }

  /// Given to the wearer.
  package var cues: Int { nudges + reminders }

  /// Of the judged time, 0 to 1; nil where nothing was judged.
  package var uprightShare: Double? { Self.share(postures.upright, of: postures.judged) }

  /// The same of one kind of block.
  package func uprightShare(in block: Block) -> Double? {
    Self.share(upright[block] ?? 0, of: judged[block] ?? 0)
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  /// Seconds; nil where nothing was corrected.
  package var medianResponse: Double? {
    let sorted = responses.sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    let median = sorted.count % 2 == 1 ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
    return median / 10
  }

  /// Mean amplitude deviation over the worn time, mg; nil where nothing was worn.
  package var meanMovement: Double? {
    contexts.worn > 0 ? Double(movement) / Double(contexts.worn) : nil
  }
}
