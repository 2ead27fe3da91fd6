// SPDX-License-Identifier: MIT

/// What the wearer is about, as far as it matters to whether a posture means anything.
package enum Context: UInt8, BitwiseCopyable, Sendable {
  /// Sitting or standing: posture counts.
  case still
  /// Getting up, being shaken, turning about: posture does not count.
  case moving
  case walking
  /// On the way down or back, or reaching for something: a lean goes on, its exposure does not grow, and a cue waits.
  case bending
  case lying
  /// Nobody wears it.
  case offBody
  /// In a vehicle: its accelerations look like tilt, and who drives must not be startled.
  case transport

  /// Posture counts.
  package var isJudged: Bool { self == .still || self == .bending }
}

/// Tells what the wearer is about from samples, from up, and from the tilt.
///
/// Each kind has a detector of its own; where several say yes, the first of this order holds: off-body, walking,
/// transport, lying, moving, bending, still.
package struct ContextDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var motion = MotionDetector.Parameters()
    package var steps = StepDetector.Parameters()
    package var turn = TurnDetector.Parameters()
    package var lying = LyingDetector.Parameters()
    package var life = LifeDetector.Parameters()
    package var ride = RideDetector.Parameters()

    package init() {}
  }

  private var motion: MotionDetector
  private var steps: StepDetector
  private var turn: TurnDetector
  private var lying: LyingDetector
  private var life: LifeDetector
  private var ride: RideDetector
  package private(set) var context = Context.still

  package init(_ parameters: Parameters = Parameters()) {
    motion = MotionDetector(parameters.motion)
    steps = StepDetector(parameters.steps)
    turn = TurnDetector(parameters.turn)
    lying = LyingDetector(parameters.lying)
    life = LifeDetector(parameters.life)
    ride = RideDetector(parameters.ride)
  }

  /// Tells what is off the body by these from now on; the rest of what it was made with stays.
  mutating func configure(_ parameters: Parameters) { life.configure(parameters.life) }

  /// The sensor has moved as only a living body does, within the last seconds.
  package var isAlive: Bool { life.isAlive }

  /// There has been a sign of life since the start.
  package var hasShownLife: Bool { life.hasShownLife }

  /// Takes the next sample, and what is known of up and of the tilt by then.
  @inline(__always)
  package mutating func update(_ sample: InertialSample, up: Direction? = nil, tilt: Tilt? = nil) -> Context {
    let force = sample.acceleration.length
    let isMoving = motion.update(force, at: sample.time)
    let isWalking = steps.update(sample, up: up)
    let isTurning = turn.update(up, at: sample.time)
    let isLying = lying.update(tilt, at: sample.time)
    let isOffBody = life.update(sample)
    let isRiding = ride.update(force, isWalking: isWalking, at: sample.time)
    context =
      if isOffBody {
        .offBody
      } else if isWalking {
        .walking
      } else if isRiding {
        .transport
      } else if isLying {
        .lying
      } else if isMoving {
        .moving
      } else if isTurning {
        .bending
      } else {
        .still
      }
    return context
  }
}
