// SPDX-License-Identifier: MIT
import PostureFormats

/// Which settings are tried on which recordings, cut into pieces that can be done side by side.
package struct TuningPlan: Sendable {
  /// One recording, and some of the settings: by their numbers.
  package struct Job: Sendable {
    package let trace: Int
    package let settings: [Int]
  }

  /// Settings that one run of a recording serves: its own cost, some three hundred nanoseconds a sample, is then a
  /// small part of theirs, and what they remember, a kilobyte each, is near the processor.
  private static let mostInJob = 256
  /// Fewer are not worth a run.
  private static let leastInJob = 16
  /// So many times the threads, so that none waits long for the last job.
  private static let jobsForThread = 4
  /// Scores that are kept, a hundred bytes and more each: settings times recordings.
  package static let mostScores = 2_000_000

  /// What holds whatever the recordings say, for each number.
  package let settings: [[TraceSetting]]
  package let openings: [TraceOpening]
  package let jobs: [Job]
  /// Combinations that contradict themselves, or what a recording sets.
  package let contradictions: Int
  /// What is wrong with the first of them.
  package let firstContradiction: InputError?

  /// - Parameters:
  ///   - combinations: to be tried.
  ///   - usual: what holds beside; the settings in force are number 0.
  package init(
    _ combinations: [[TraceSetting]], usual: [TraceSetting], on openings: [TraceOpening], threads: Int
  ) throws(InputError) {
    let (wanted, most) = (combinations.count * openings.count, Self.mostScores)
    guard wanted <= most else {
      throw InputError(
        source: "--vary", found: "\(combinations.count) combinations for \(openings.count) recordings",
        expected: "at most \(most / openings.count), or --random N for N of them")
    }
    var kept = [usual]
    var groups = TuningGroups(combinations)
    try Self.check(usual, openings)
    groups.add(usual)
    var first: InputError?
    for combination in combinations {
      let settings = usual.replaced(by: combination)
      do throws(InputError) {
        try Self.check(settings, openings)
        groups.add(settings)
        kept.append(settings)
      } catch { first = first ?? error }
    }
    settings = kept
    self.openings = openings
    contradictions = combinations.count + 1 - kept.count
    firstContradiction = first
    let even = (kept.count * openings.count + threads * Self.jobsForThread - 1) / (threads * Self.jobsForThread)
    let size = max(Self.leastInJob, min(even, Self.mostInJob))
    jobs = openings.indices.flatMap { trace in
      groups.members.flatMap { group in
        stride(from: 0, to: group.count, by: size).map {
          Job(trace: trace, settings: Array(group[$0..<min($0 + size, group.count)]))
        }
      }
    }
  }

  private static func check(_ settings: [TraceSetting], _ openings: [TraceOpening]) throws(InputError) {
    for opening in openings { _ = try DaySettings(settings, of: opening).parameters() }
  }

  /// A run of a job; `finish` gives the cues of its settings, in their order.
  package func run(_ job: Job) throws(InputError) -> SharedRun {
    try SharedRun(job.settings.map { settings[$0] }, of: openings[job.trace])
  }
}
