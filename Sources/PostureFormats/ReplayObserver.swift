// SPDX-License-Identifier: MIT
import PostureCore

/// Sees what a replay tells of, sample by sample: for pictures and figures, for which its texts would only be read again.
package protocol ReplayObserver: Sendable {
  /// From the next sample on it is judged by these; called before the first sample, too.
  mutating func judge(by parameters: PosturePipeline.Parameters)

  /// - Parameter elapsed: since the recording's first sample, which may lie before the part that is told.
  mutating func see(_ output: PosturePipeline.Output, after elapsed: Interval)
}
