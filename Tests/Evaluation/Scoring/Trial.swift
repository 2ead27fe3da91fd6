// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation

/// One day of one wearer with one sensor: the seed says which.
package struct Trial: Sendable {
  package enum Mount: String, CaseIterable, Sendable {
    case identity, skewed
    case onEdge = "on-edge"
    case yawed
  }

  package let seed: UInt64
  package let mount: Mount
  package let grade: SensorGrade
  package let day: SimulatedDay

  /// Sixteen seeds in a row are all pairs of mount and grade.
  package init(seed: UInt64, hours: Double) {
    self.seed = seed
    let mount = Mount.allCases[Int(seed % 4)]
    self.mount = mount
    grade = SensorGrade.allCases[Int((seed % 4 + seed / 4) % 4)]
    let placed: SensorMount =
      switch mount {
      case .identity: .identity
      case .skewed: .skewed
      case .onEdge: .onEdge
      case .yawed: .yawed(by: .degrees(30 * CounterRandom(seed: seed).uniform(stream: 50, index: 0) - 15))
      }
    day = SimulatedDay(seed: seed, duration: .seconds(hours * 3600), mount: placed)
  }

  /// One tally for each method. All take the same samples.
  package func run(_ methods: [Method]) -> [Tally] {
    let samples = DaySamples(day, grade, seed: seed)
    var runs = methods.map { MethodRun($0) }
    for number in 0..<samples.count {
      let sample = samples.sample(number)
      for index in runs.indices { runs[index].take(sample) }
    }
    let (spans, moments) = (day.spans, Truth.moments(of: day))
    return runs.map { $0.tally(spans, moments) }
  }
}
