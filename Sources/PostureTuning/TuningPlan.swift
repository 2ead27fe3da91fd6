// SPDX-License-Identifier: MIT
import PostureCore
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
    var fronts: [[PosturePipeline.Parameters]] = [try Self.fronts(usual, openings)]
    var first: InputError?
    for combination in combinations {
      let settings = usual.replaced(by: combination)
      do throws(InputError) {
        fronts.append(try Self.fronts(settings, openings))
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
      Self.groups(fronts.map { $0[trace] }).flatMap { group in
        stride(from: 0, to: group.count, by: size).map {
          Job(trace: trace, settings: Array(group[$0..<min($0 + size, group.count)]))
        }
      }
    }
  }

  /// For each recording, the parameters without what only decisions depend on.
  private static func fronts(
    _ settings: [TraceSetting], _ openings: [TraceOpening]
  ) throws(InputError) -> [PosturePipeline.Parameters] {
    var all: [PosturePipeline.Parameters] = []
    let usual = PosturePipeline.Parameters()
    for opening in openings {
      var parameters = try DaySettings(settings, of: opening).parameters()
      parameters.detector = usual.detector
      parameters.gate = usual.gate
      parameters.praiseWithin = usual.praiseWithin
      parameters.motorLatency = usual.motorLatency
      parameters.patterns = usual.patterns
      all.append(parameters)
    }
    return all
  }

  /// The numbers of those that are equal, together.
  private static func groups(_ fronts: [PosturePipeline.Parameters]) -> [[Int]] {
    var groups: [(front: PosturePipeline.Parameters, members: [Int])] = []
    for (number, front) in fronts.enumerated() {
      // Grids change few of them, and often the same one as just before.
      if let index = groups.lastIndex(where: { $0.front == front }) {
        groups[index].members.append(number)
      } else {
        groups.append((front, [number]))
      }
    }
    return groups.map(\.members)
  }

  /// A run of a job; `finish` gives the cues of its settings, in their order.
  package func run(_ job: Job) throws(InputError) -> SharedRun {
    try SharedRun(job.settings.map { settings[$0] }, of: openings[job.trace])
  }
}
