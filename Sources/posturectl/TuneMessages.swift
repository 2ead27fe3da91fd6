// SPDX-License-Identifier: MIT
// Members of messages are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureFormats
import PostureTuning

/// What one combination of settings came to.
struct TrialMessage: Message {
  static let messageClass = "trial"
  var settings: [String: String]
  var cues: Int
  var hits: Int
  var missed: Int
  var false_cues: Int
  var precision: Double?
  var recall: Double?
  var f1: Double?
  var latency_s: Double?

  init(_ score: CueScore, _ settings: [TraceSetting]) {
    self.settings = Dictionary(settings.map { ($0.key, $0.value) }) { $1 }
    cues = score.cues
    hits = score.hits
    missed = score.missed
    false_cues = score.falseCues
    precision = score.precision?.rounded(places: 4)
    recall = score.recall?.rounded(places: 4)
    f1 = score.f(1)?.rounded(places: 4)
    latency_s = score.medianLatency?.rounded(places: 2)
  }
}

/// What `tune` says at its end.
struct TuneMessage: Message {
  static let messageClass = "tune"
  var traces: Int
  var labelled: Int
  var combinations: Int
  var skipped: Int
  var objective: String
  /// Combinations that are as good as the best.
  var equally_good: Int
  /// The settings as they are set now.
  var in_force: TrialMessage
  /// The whole pipeline gives the cues that the best was chosen by.
  var replay_agrees: Bool?
  /// With `--leave-one-out`: chosen on all traces but the one it is scored on.
  var left_out: TrialMessage?
  var generalises: Bool?
}
