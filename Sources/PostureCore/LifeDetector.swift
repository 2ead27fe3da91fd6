// SPDX-License-Identifier: MIT

/// Tells whether somebody wears the sensor: a living body is never perfectly still.
///
/// Breathing turns a trunk by some tenths of a degree every three to six seconds. So the means of half seconds are
/// compared with those of two seconds before, which is near half a breath for all breathers; what of a difference the
/// noise explains, by its scatter within the half seconds themselves, is not counted. A knock on the table changes few
/// means, a body most.
package struct LifeDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// A smaller difference of the specific force is none, m/s²: 1.4 mg, a turn of 0.08 degrees.
    package var leastForce = 0.0014 * standardGravity
    /// The same of the angular velocity, rad/s.
    package var leastRate = Angle.degrees(0.06).radians
    /// So many standard deviations of the noise are noise.
    package var noise = 4.0
    /// So many lively half seconds of the last twelve are life.
    package var enough = 5
    /// Without life for so long, nobody wears it; nil for samples that were computed and not worn.
    package var patience: Interval? = .seconds(20)
    /// With life for so long, somebody does again. What turns the sensor once is compared with before for two seconds
    /// and remembered for six: up to a second of it looks alive for less than this.
    package var worn = Interval.seconds(5)

    package init() {}
  }

  private static var blockLength: Interval { .milliseconds(500) }
  /// Two seconds.
  private static var distance: Int { 4 }
  private static var recent: UInt32 { (1 << 12) - 1 }

  private var parameters: Parameters
  private var block = Block(at: Timestamp(microseconds: 0))
  private var lastTime: Timestamp?
  private var means = InlineArray<4, Means?>(repeating: nil)
  private var next = 0
  /// One bit a block, the last one lowest. Nothing is known at first, and in doubt it is worn.
  private var lively = LifeDetector.recent
  private var lastAlive: Timestamp?
  private var lastDead: Timestamp?
  package private(set) var isOffBody = false
  /// There has been a sign of life since the start; true where nothing can be told.
  package private(set) var hasShownLife: Bool

  package init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
    hasShownLife = parameters.patience == nil
  }

  /// Without a patience nothing is ever off the body.
  mutating func configure(_ parameters: Parameters) {
    self.parameters = parameters
    guard parameters.patience == nil else { return }
    hasShownLife = true
    isOffBody = false
  }

  package var isAlive: Bool {
    parameters.patience == nil || (lively & Self.recent).nonzeroBitCount >= parameters.enough
  }

  @inline(__always)
  package mutating func update(_ sample: InertialSample) -> Bool {
    defer { lastTime = sample.time }
    guard let lastTime, sample.time - lastTime <= .seconds(1) else {
      block = Block(at: sample.time)
      block.add(sample)
      // Whatever it was before the gap, it is for now.
      if isOffBody { lastDead = sample.time } else if lastAlive != nil { lastAlive = sample.time }
      return isOffBody
    }
    if sample.time - block.start >= Self.blockLength {
      take(block.means, at: sample.time)
      block = Block(at: sample.time)
    }
    block.add(sample)
    return isOffBody
  }

  @inline(never)
  private mutating func take(_ new: Means, at time: Timestamp) {
    let earlier = means[next]
    means[next] = new
    next = (next + 1) % Self.distance
    guard let earlier else { return }
    let isLively =
      differ(new.force, earlier.force, parameters.leastForce, (new.forceNoise + earlier.forceNoise))
      || differ(new.rate, earlier.rate, parameters.leastRate, (new.rateNoise + earlier.rateNoise))
    if isLively { hasShownLife = true }
    lively = lively << 1 | (isLively ? 1 : 0)
    if isAlive { lastAlive = time } else { lastDead = time }
    if let patience = parameters.patience, !isOffBody, time - (lastAlive ?? time) >= patience { isOffBody = true }
    if isOffBody, time - (lastDead ?? time) >= parameters.worn {
      isOffBody = false
      lastAlive = time
    }
    if lastAlive == nil { lastAlive = time }
  }

  /// - Parameter variance: of the difference on one axis, by the noise.
  private func differ<Unit>(
    _ a: Vector3<Unit>, _ b: Vector3<Unit>, _ least: Double, _ variance: Double
  ) -> Bool {
    let square = (a - b).squaredLength
    return square > least * least && square > parameters.noise * parameters.noise * variance
  }
}

private struct Means: BitwiseCopyable, Sendable {
  var force: Acceleration
  var rate: AngularVelocity
  /// Variances of a mean on the noisiest axis.
  var forceNoise: Double
  var rateNoise: Double
}

/// Sums over half a second. The noise is taken from the differences of successive samples, which slow motion leaves
/// alone.
private struct Block: BitwiseCopyable, Sendable {
  let start: Timestamp
  private var count = 0.0
  private var force = Acceleration.zero
  private var rate = AngularVelocity.zero
  private var last: (force: Acceleration, rate: AngularVelocity)?
  private var forceChange = 0.0
  private var rateChange = 0.0

  init(at time: Timestamp) { start = time }

  @inline(__always)
  mutating func add(_ sample: InertialSample) {
    count += 1
    force += sample.acceleration
    rate += sample.angularVelocity
    if let last {
      forceChange += (sample.acceleration - last.force).squaredLength
      rateChange += (sample.angularVelocity - last.rate).squaredLength
    }
    last = (sample.acceleration, sample.angularVelocity)
  }

  /// The squared differences are twice the variance, on three axes; a mean has it divided by the count.
  var means: Means {
    let share = count > 1 ? 1 / (6 * (count - 1) * count) : 0
    return Means(
      force: force * (1 / count), rate: rate * (1 / count), forceNoise: forceChange * share,
      rateNoise: rateChange * share)
  }
}
