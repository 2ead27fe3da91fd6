// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// What the marks of a trace say, and what the wearer's silence says, as labels.
///
/// A deviation whose cue the wearer did not object to was one: without it, every right cue of a day on which only the
/// wrong ones were marked would count as wrong.
package enum MarkedLabels {
  /// A cue that is complained of came within so long before the complaint.
  static let patience = Interval.seconds(300)
  /// How much before the cue a span begins: other settings may have given it a little sooner.
  static let lead = Interval.seconds(5)
  /// What a mark is about where nobody says: the minute before it.
  static let usualLength = Interval.seconds(60)

  /// - Parameter history: what was said to the wearer on the day, by the settings of the day.
  package static func labels(_ marks: [TraceMark], _ history: CueHistory) -> TraceLabels {
    let marked = marks.map { label($0, history.cues) }
    let complaints = marked.filter { $0.word == .falseCue }
    let accepted = history.deviations.filter { deviation in
      !complaints.contains { complaint in
        history.cues.contains {
          deviation.start <= $0 && $0 <= deviation.end && complaint.start <= $0 && $0 <= complaint.end
        }
      }
    }
    return TraceLabels(
      marked + accepted.map { TraceLabels.Label(.deviation, from: $0.start, to: $0.end) })
  }

  private static func label(_ mark: TraceMark, _ cues: [Timestamp]) -> TraceLabels.Label {
    var start = earlier(mark.time, by: mark.length ?? usualLength)
    if mark.length == nil, mark.word == .falseCue,
      let cue = cues.last(where: { $0 <= mark.time && mark.time - $0 <= patience })
    {
      start = earlier(cue, by: lead)
    }
    return TraceLabels.Label(mark.word, from: start, to: mark.time)
  }

  private static func earlier(_ time: Timestamp, by interval: Interval) -> Timestamp {
    Timestamp(microseconds: time.microseconds - interval.microseconds)
  }
}
