// SPDX-License-Identifier: MIT
import PostureCore

/// Hours of a simulated wearer's life, made from a seed, with the truth about each moment.
///
/// It begins with over a minute of quiet upright sitting, in which a reference posture can be taken; what follows is
/// drawn: see `DayWriter`. A pure function of seed and time, the same bits everywhere; looking a time up costs the
/// logarithm of the number of steps and allocates nothing.
package struct SimulatedDay: Sendable {
  package let duration: Interval
  package let mount: SensorMount
  private let steps: [DayStep]
  private let sway: LivingSway
  private let gaits: [IrregularGait]
  private let roads: [Vibration]
  private let typing: Vibration
  private let engine: Vibration
  private let hand: HandMotion

  package init(seed: UInt64, duration: Interval, mount: SensorMount = .identity) {
    precondition(duration > .zero, "a day has a length")
    let random = CounterRandom(seed: seed)
    var writer = DayWriter(random)
    writer.write(until: duration)
    steps = writer.steps
    gaits = writer.gaits
    roads = writer.roads
    sway = LivingSway(random)
    var draw = Draw(random, stream: 20)
    // A few mg.
    typing = Vibration(.typing, rms: draw.number(0.015, 0.05), &draw)
    // Of an idling engine, at the seat.
    engine = Vibration(.engine, rms: draw.number(0.03, 0.06), &draw)
    hand = HandMotion(&draw)
    self.duration = duration
    self.mount = mount
  }

  package func label(at time: Timestamp) -> DayLabel { step(at: Self.elapsed(time)).label }

  /// What the script asks of the trunk, without sway and shaking; off the body, how the sensor lies.
  package func intended(at time: Timestamp) -> Tilt {
    let elapsed = Self.elapsed(time)
    let step = step(at: elapsed)
    let inStep = (elapsed - step.start).seconds
    return Self.tilt(of: step.intended(inStep, step.progress(inStep)))
  }

  /// What is true in the sensor frame.
  package func state(at time: Timestamp) -> WearerState {
    motion(at: Self.elapsed(time)).felt.turned(by: mount.bodyToSensor)
  }

  /// The true tilt of the sensor against upright as it was in the morning, whatever the mount.
  package func tilt(at time: Timestamp) -> Tilt { Self.tilt(of: motion(at: Self.elapsed(time))) }

  /// The whole day, one after another; the last one ends with the day.
  package var spans: [DaySpan] {
    var spans: [DaySpan] = []
    for step in steps where step.start < duration {
      let start = Timestamp(microseconds: step.start.microseconds)
      let end = Timestamp(microseconds: min(step.end, duration).microseconds)
      if let last = spans.last, last.label == step.label {
        spans[spans.count - 1] = DaySpan(label: step.label, start: last.start, end: end)
      } else {
        spans.append(DaySpan(label: step.label, start: start, end: end))
      }
    }
    return spans
  }

  private static func elapsed(_ time: Timestamp) -> Interval { time - Timestamp(microseconds: 0) }

  private static func tilt(of motion: TrunkMotion) -> Tilt {
    // Body axes: up is z, so that x is level and a reference always exists.
    guard let upright = ReferencePosture(up: Direction(0, 0, 1), forwardAxis: .plusX) else { return .zero }
    return upright.tilt(of: motion.upInBody)
  }

  /// The last step that has begun, by halving.
  private func step(at time: Interval) -> DayStep {
    var (low, high) = (0, steps.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if steps[middle].start <= time { low = middle } else { high = middle }
    }
    return steps[low]
  }

  private func motion(at time: Interval) -> TrunkMotion {
    let step = step(at: time)
    let seconds = time.seconds
    let inStep = (time - step.start).seconds
    let progress = step.progress(inStep)
    let (from, to) = (step.from, step.to)
    var motion = step.intended(inStep, progress)
    motion.flexion = motion.flexion + Jet(from.seatFlexion) + progress * (to.seatFlexion - from.seatFlexion)
    motion.lateral = motion.lateral + Jet(from.seatLateral) + progress * (to.seatLateral - from.seatLateral)
    if from.worn != 0 || to.worn != 0 {
      let worn = Jet(from.worn) + progress * (to.worn - from.worn)
      let rest = Jet(from.rest) + progress * (to.rest - from.rest)
      motion = motion + sway.motion(at: seconds, rest: rest) * worn
    }
    if from.shaking == to.shaking || progress.value == 1 {
      motion = shaken(motion, by: to.shaking, Jet(1), seconds)
    } else {
      motion = shaken(motion, by: from.shaking, Jet(1) + progress * -1, seconds)
      motion = shaken(motion, by: to.shaking, progress, seconds)
    }
    return motion
  }

  private func shaken(_ motion: TrunkMotion, by shaking: Shaking, _ share: Jet, _ seconds: Double) -> TrunkMotion {
    switch shaking {
    case .none: motion
    case .typing: motion + typing.motion(at: seconds) * share
    case .gait(let number): motion + gaits[number].motion(at: seconds) * share
    case .road(let number): motion + roads[number].motion(at: seconds) * share
    case .engine: motion + engine.motion(at: seconds) * share
    case .hand: motion + hand.motion(at: seconds) * share
    case .handAndGait(let number):
      motion + hand.motion(at: seconds) * share + gaits[number].motion(at: seconds) * share
    }
  }
}
