// SPDX-License-Identifier: MIT

/// Averages the specific force in a frame that keeps almost still, so that gravity is what remains.
///
/// From a start on it is a plain mean, which uses every sample best while there are few; after one time constant the
/// mean becomes the state of a low-pass, which forgets. A filter started at rest would take seconds to believe its
/// input.
package struct Level: BitwiseCopyable, Sendable {
  private var mean = Acceleration.zero
  private var lowPass: LowPass<MetresPerSecondSquared>
  /// How many seconds of samples the mean stands for; one time constant at most.
  private var length = 0.0
  private var isMean = true
  package private(set) var timeConstant: Interval

  package init(timeConstant: Interval) {
    self.timeConstant = timeConstant
    lowPass = LowPass(timeConstant: timeConstant, at: .zero)
  }

  /// m/s², in the almost still frame.
  package var value: Acceleration { isMean ? mean : lowPass.value }
  /// It still is a mean of less than one time constant.
  package var isStarting: Bool { isMean }
  /// How long ago, in seconds, the samples were taken that it shows, on average.
  package var delay: Double { isMean ? length / 2 : timeConstant.seconds }

  /// Begins anew from a force that stands for so many seconds.
  package mutating func begin(at force: Acceleration, worth seconds: Double) {
    isMean = true
    mean = force
    length = seconds
  }

  /// Keeps its value, but believes it no more than one that so many seconds have taught.
  package mutating func doubt(worth seconds: Double) {
    guard delay * 2 > seconds else { return }
    begin(at: value, worth: seconds)
  }

  /// Goes on with another time constant from where it stands.
  package mutating func change(timeConstant: Interval) {
    guard timeConstant != self.timeConstant else { return }
    self.timeConstant = timeConstant
    lowPass.change(timeConstant: timeConstant)
  }

  /// Turns what it holds, after the frame was found to have turned.
  package mutating func turn(by rotation: Rotation) {
    mean = rotation.apply(to: mean)
    lowPass.turn(by: rotation)
  }

  /// - Parameter interval: seconds since the force before.
  @inline(__always)
  package mutating func update(_ force: Acceleration, after interval: Double) {
    guard isMean else {
      lowPass.update(force, after: interval)
      return
    }
    length += interval
    mean += (force - mean) * (interval / length)
    if length >= timeConstant.seconds {
      isMean = false
      lowPass.settle(at: mean)
    }
  }
}
