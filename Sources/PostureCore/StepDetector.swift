// SPDX-License-Identifier: MIT

/// Tells walking by its steps: upward swings of the specific force that follow each other evenly.
///
/// People walk 1.4 to 2.5 steps a second, on stairs down to 1 (Winter, Biomechanics and Motor Control of Human
/// Movement, gives 80 to 125 a minute for the level walk).
package struct StepDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// Weaker swings are none, root mean square below 4 Hz in m/s²: a car's seat swings by up to 0.4, who walks slowly by
    /// 0.7.
    package var weakest = 0.5
    package var shortestStep = Interval.milliseconds(280)
    package var longestStep = Interval.milliseconds(1200)
    /// A step takes at least this part of the time of the one before, and at most the inverse.
    package var evenness = 0.62
    /// So many even steps in a row are a walk: fewer also come by chance.
    package var run = 4
    /// Without a step for so long, the walk is over.
    package var pause = Interval.milliseconds(1600)

    package init() {}
  }

  /// Of the mean that is taken away, and of the strength.
  private static var slow: Double { 1 }
  /// Of the low-pass that keeps the step and takes the impact's ringing: 4 Hz.
  private static var fast: Double { 0.04 }

  private let parameters: Parameters
  private var slow = LowPassGain(timeConstant: Self.slow)
  private var fast = LowPassGain(timeConstant: Self.fast)
  private var lastTime: Timestamp?
  private var mean = 0.0
  private var smooth = 0.0
  private var square = 0.0
  private var isArmed = false
  private var lastStep: Timestamp?
  private var lastInterval: Interval?
  private var even = 0
  package private(set) var isWalking = false

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// - Parameter up: sensor frame; the length of the force stands in for its vertical part while it is unknown.
  @inline(__always)
  package mutating func update(_ sample: InertialSample, up: Direction?) -> Bool {
    let force = up.map { sample.acceleration.dot($0) } ?? sample.acceleration.length
    guard let last = lastTime, sample.time - last <= .seconds(1) else {
      begin(with: force, at: sample.time)
      return false
    }
    lastTime = sample.time
    let interval = (sample.time - last).seconds
    let slow = slow.share(after: interval)
    mean += slow * (force - mean)
    smooth += fast.share(after: interval) * (force - mean - smooth)
    square += slow * (smooth * smooth - square)
    if isUpwardSwing() { takeStep(at: sample.time) }
    if let lastStep, sample.time - lastStep > parameters.pause {
      even = 0
      isWalking = false
    }
    return isWalking
  }

  @inline(never)
  private mutating func begin(with force: Double, at time: Timestamp) {
    lastTime = time
    mean = force
    smooth = 0
    square = 0
    isArmed = false
    lastStep = nil
    lastInterval = nil
    even = 0
    isWalking = false
  }

  /// Once a swing: as it rises beyond half its strength, after it was below zero by a quarter.
  @inline(__always)
  private mutating func isUpwardSwing() -> Bool {
    guard square > parameters.weakest * parameters.weakest else { return false }
    let strength = square.squareRoot()
    if smooth < -0.25 * strength { isArmed = true }
    guard isArmed, smooth > 0.5 * strength else { return false }
    isArmed = false
    return true
  }

  @inline(never)
  private mutating func takeStep(at time: Timestamp) {
    guard let last = lastStep else {
      lastStep = time
      return
    }
    let interval = time - last
    // The second swing of one step.
    if interval < parameters.shortestStep { return }
    lastStep = time
    defer { lastInterval = interval <= parameters.longestStep ? interval : nil }
    guard let before = lastInterval, interval <= parameters.longestStep else {
      even = 0
      return
    }
    let ratio = interval.seconds / before.seconds
    even = ratio >= parameters.evenness && ratio * parameters.evenness <= 1 ? even + 1 : 0
    if even >= parameters.run { isWalking = true }
  }
}
