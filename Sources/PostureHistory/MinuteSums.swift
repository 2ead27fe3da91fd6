// SPDX-License-Identifier: MIT
import PostureCore

/// What the samples of a minute have added up to so far, in microseconds.
struct MinuteSums: Sendable {
  private var contexts = [Int64](repeating: 0, count: 7)
  private var postures = [Int64](repeating: 0, count: 5)
  private var silent: Int64 = 0
  // Values times microseconds.
  private var exposure = 0.0
  private var flexion = 0.0
  private var lateral = 0.0
  private var movement = 0.0

  var isEmpty: Bool { contexts.allSatisfy { $0 == 0 } }

  /// - Parameters:
  ///   - interval: microseconds.
  ///   - lean: where the wearer leans; nil while upright.
  ///   - movement: mg.
  mutating func add(
    _ interval: Int64, _ output: PosturePipeline.Output, lean: Lean?, isSilent: Bool, movement: Double
  ) {
    let context = output.context
    contexts[Self.index(of: context)] += interval
    if context != .offBody && context != .transport { self.movement += movement * Double(interval) }
    guard output.posture != .unknown, context.isJudged, let tilt = output.tilt else { return }
    postures[output.posture == .upright ? 0 : Self.index(of: lean)] += interval
    if isSilent { silent += interval }
    exposure += output.exposure * Double(interval)
    flexion += tilt.flexion.degrees * Double(interval)
    lateral += tilt.lateral.degrees * Double(interval)
  }

  /// What came after an earlier state of it was nobody's.
  func unworn(since earlier: MinuteSums) -> MinuteSums {
    var sums = earlier
    sums.contexts[Self.index(of: .offBody)] += contexts.reduce(0, +) - earlier.contexts.reduce(0, +)
    return sums
  }

  func record(_ minute: Int, _ block: Block) -> MinuteRecord {
    var record = MinuteRecord(minute: minute)
    let parts = Self.tenths(contexts)
    record.contexts.still = parts[0]
    record.contexts.bending = parts[1]
    record.contexts.moving = parts[2]
    record.contexts.walking = parts[3]
    record.contexts.lying = parts[4]
    record.contexts.transport = parts[5]
    record.contexts.offBody = parts[6]
    let judged = postures.reduce(0, +)
    let by = Self.tenths(postures)
    record.postures.upright = by[0]
    record.postures.forward = by[1]
    record.postures.backward = by[2]
    record.postures.left = by[3]
    record.postures.right = by[4]
    record.silent = Int((silent + 50_000) / 100_000)
    if judged > 0 {
      record.exposure = Int((exposure / Double(judged) * 1000).rounded())
      record.flexion = Int((flexion / Double(judged) * 10).rounded())
      record.lateral = Int((lateral / Double(judged) * 10).rounded())
    }
    let worn = contexts[0..<5].reduce(0, +)
    if worn > 0 { record.movement = Int((movement / Double(worn)).rounded()) }
    record.block = block
    return record
  }

  /// Tenths of a second, rounded so that their sum is the rounded sum.
  private static func tenths(_ parts: [Int64]) -> [Int] {
    var (sum, told) = (Int64(0), 0)
    return parts.map { part in
      sum += part
      let rounded = Int((sum + 50_000) / 100_000)
      defer { told = rounded }
      return rounded - told
    }
  }

  private static func index(of context: Context) -> Int {
    switch context {
    case .still: 0
    case .bending: 1
    case .moving: 2
    case .walking: 3
    case .lying: 4
    case .transport: 5
    case .offBody: 6
    }
  }

  private static func index(of lean: Lean?) -> Int {
    switch lean {
    case nil, .forward: 1
    case .backward: 2
    case .left: 3
    case .right: 4
    }
  }
}
