// SPDX-License-Identifier: MIT
import LinuxIO
import PostureCore
import PostureFormats
import PostureTuning
import Synchronization

/// A recording to tune on.
struct TunedTrace: Sendable {
  let path: String
  /// Nil where it has no labels.
  let wanted: WantedCues?

  /// - Parameter tolerance: how long after its span a cue may come.
  init(_ path: String, tolerance: Interval) throws {
    self.path = path
    let labels = TraceLabels.path(beside: path)
    guard FileAttributes.size(of: labels) != nil else {
      wanted = nil
      return
    }
    let bytes: [UInt8]
    do throws(SystemError) {
      var file = try FileReader(path: labels)
      bytes = try file.read(atMost: TraceLabels.longestFile + 1)
    } catch { throw ProgramError(.noInput, error.message) }
    wanted = WantedCues(try TraceLabels(bytes, source: labels), tolerance: tolerance)
  }

  /// Without labels cues are counted, and neither right nor wrong.
  func score(_ cues: [Timestamp]) -> CueScore {
    if let wanted { return wanted.score(cues) }
    var score = CueScore()
    score.cues = cues.count
    return score
  }
}

/// Does the jobs of a plan on all processors.
struct TuneRunner: Sendable {
  let plan: TuningPlan
  let traces: [TunedTrace]
  let threads: Int

  private struct State: Sendable {
    var next = 0
    /// By setting and trace; nil before, and for settings that a trace contradicts.
    var scores: [[CueScore?]]
    var failure: (any Error)?
  }

  /// The score of every setting on every trace.
  ///
  /// - Parameter progress: told after each job how many are done, in any thread.
  func run(_ progress: @escaping @Sendable (Int) -> Void) throws -> [[CueScore?]] {
    let none = [CueScore?](repeating: nil, count: traces.count)
    let state = Shared(State(scores: Array(repeating: none, count: plan.settings.count)))
    let done = Shared(0)
    try WorkerThreads.run(min(threads, max(1, plan.jobs.count))) {
      while let job = state.value.withLock({ next(&$0) }) {
        do {
          let scores = try self.scores(of: job)
          state.value.withLock { state in
            for (number, score) in zip(job.settings, scores) { state.scores[number][job.trace] = score }
          }
          progress(
            done.value.withLock {
              $0 += 1
              return $0
            })
        } catch {
          state.value.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    return try state.value.withLock { state in
      if let failure = state.failure { throw failure }
      return state.scores
    }
  }

  private func next(_ state: inout State) -> TuningPlan.Job? {
    guard state.next < plan.jobs.count, state.failure == nil else { return nil }
    state.next += 1
    return plan.jobs[state.next - 1]
  }

  private func scores(of job: TuningPlan.Job) throws -> [CueScore?] {
    var run = try plan.run(job)
    _ = try TraceInput(path: traces[job.trace].path).read(noticing: false) { settings throws(InputError) in
      try run.change(settings)
    } _: { measurement throws(InputError) in
      run.take(measurement)
    }
    return run.finish().map { $0.map(traces[job.trace].score) }
  }

  /// What the whole pipeline comes to, on every trace.
  func replay(_ settings: [TraceSetting]) throws -> [CueScore] {
    try traces.indices.map { index in
      var run = try TraceRun(settings, of: plan.openings[index])
      _ = try TraceInput(path: traces[index].path).read(noticing: true) { changes throws(InputError) in
        try run.change(changes)
      } _: { measurement throws(InputError) in
        run.take(measurement)
      }
      return traces[index].score(run.history.cues)
    }
  }
}

/// A value that several threads change.
private final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }
}
