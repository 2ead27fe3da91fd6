// SPDX-License-Identifier: MIT

/// Where the wearer stands between upright and a deviation.
package enum Posture: BitwiseCopyable, Sendable {
  /// No reference posture yet, nothing to be believed from the sensor, or nothing that counts.
  case unknown
  case upright
  /// Beyond a limit, but not for long enough to matter.
  case leaning
  /// Beyond a limit for longer than the trigger allows.
  case deviated
}

/// What makes a deviation of a lean.
package enum Trigger: UInt8, BitwiseCopyable, Sendable {
  /// A lean that lasts as long as the hold, whatever its angle.
  case hold
  /// An exposure that has grown to one: see `Exposure`.
  case exposure
}

/// Decides when a lean has become a deviation, when to remind of it, and when it is over.
///
/// A cue that is due waits for what passes by itself. Where the context does not count, the hold begins anew and the
/// exposure recovers; a deviation ends there, but for short movements.
package struct DeviationDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var trigger = Trigger.exposure
    package var limits = TiltLimits()
    /// How long the wearer may lean before it is a deviation, for the trigger `hold`.
    package var hold = Interval.seconds(10)
    /// For the trigger `exposure`.
    package var exposure = Exposure.Parameters()
    /// How long after a cue the next one comes while the deviation lasts.
    package var reminder = Interval.seconds(60)
    /// So many reminders of one deviation, then it is the wearer's own choice.
    package var mostReminders = 3

    /// Over how long a mean has to be over a limit for the trigger `hold`, at most a quarter of the hold: breathing and
    /// sway carry a tilt near a limit over it now and then. No cue is later for it.
    package var smoothing = Interval.seconds(2.5)

    /// s; an exposure is a mean already.
    fileprivate var timeConstant: Double {
      trigger == .hold ? min(smoothing.seconds, hold.seconds / 4) : 0
    }

    package init() {}
  }

  package enum Decision: BitwiseCopyable, Sendable {
    /// `leaning` is for how long the wearer leans already; a cue for it is suppressed where a reason is given.
    case deviated(leaning: Interval, suppressed: Suppression?)
    /// Still deviated, a reminder interval later; the first is number one.
    case reminded(leaning: Interval, number: Int)
    /// Upright again: so long after the last cue, if there was one.
    case recovered(leaning: Interval, sinceCue: Interval?)
    /// The context does not count any more.
    case ended(leaning: Interval, by: Context)
    /// A lean would have brought a cue, but for the reason.
    case suppressed(leaning: Interval, by: Suppression)
  }

  private var parameters: Parameters
  /// Of the mean that has to be over a limit.
  private var gain: LowPassGain
  private var since = Timestamp(microseconds: 0)
  /// Since when the tilt has been beyond a limit, sway or not.
  private var beyondSince: Timestamp?
  private var smooth: (flexion: Double, lateral: Double)?
  private var lastTime: Timestamp?
  private var lastCue: Timestamp?
  /// When the last cue was given or would have been.
  private var lastChance = Timestamp(microseconds: 0)
  private var reminders = 0
  private var load: Exposure
  /// Why a cue that is due waits: the first reason, because who comes upright is bending at last.
  private var waiting: Suppression?
  private var shadow: Shadow
  package private(set) var posture = Posture.unknown

  package init(_ parameters: Parameters = Parameters()) {
    precondition(parameters.limits.areOrdered, "a limit is left at most where it is entered")
    self.parameters = parameters
    gain = LowPassGain(timeConstant: parameters.timeConstant)
    load = Exposure(parameters.exposure)
    shadow = Shadow(parameters)
  }

  /// Forgets what it was counting: nothing is known of the posture any more.
  package mutating func reset() {
    posture = .unknown
    lastTime = nil
    smooth = nil
    beyondSince = nil
    waiting = nil
    load.reset()
    shadow.reset()
  }

  /// Judges by these from now on: a lean goes on, but where another trigger has not seen its beginning.
  mutating func configure(_ parameters: Parameters) {
    let isAnotherTrigger = parameters.trigger != self.parameters.trigger
    self.parameters = parameters
    gain = LowPassGain(timeConstant: parameters.timeConstant)
    load.configure(parameters.exposure)
    shadow.configure(parameters)
    if isAnotherTrigger { reset() }
  }

  /// What there was before, where a recording begins in the middle.
  package mutating func assume(exposure: Double) {
    load = Exposure(parameters.exposure, value: exposure)
    if parameters.trigger == .hold, posture == .leaning, let lastTime {
      since = lastTime + .seconds(-parameters.hold.seconds * min(exposure, 1))
    }
  }

  /// A deviation that was told of before, likewise.
  package mutating func assume(lastCue: Timestamp, reminders: Int, at time: Timestamp) {
    posture = .deviated
    since = beyondSince ?? time
    self.lastCue = lastCue
    lastChance = lastCue
    self.reminders = reminders
    shadow.settle()
  }

  /// How near a cue is, 0 to 1.
  package func exposure(at time: Timestamp) -> Double {
    switch (parameters.trigger, posture) {
    case (.exposure, _): load.value
    case (.hold, .leaning): parameters.hold > .zero ? min((time - since).seconds / parameters.hold.seconds, 1) : 1
    case (.hold, .deviated): 1
    case (.hold, _): 0
    }
  }

  /// A cue may be due with the next sample.
  var isCounting: Bool { posture == .leaning || posture == .deviated }

  /// - Parameter obstacle: why no cue may be given now, beside the context; of no matter unless it is counting.
  @inline(__always)
  package mutating func update(
    _ tilt: Tilt, _ context: Context, obstacle: Suppression? = nil, at time: Timestamp
  ) -> Decision? {
    let interval = lastTime.map { time - $0 } ?? .zero
    lastTime = time
    let isLeaning = isCounting
    // A reach or a bend on the way loads nothing that a minute would have to be taken off for.
    if isLeaning && context == .still {
      load.lean(at: tilt.total, for: interval)
    } else if !isLeaning || context != .bending {
      load.recover(for: interval)
    }
    follow(tilt, for: interval, at: time)
    let missed = shadow.update(tilt, context, interval, at: time)
    switch posture {
    case .unknown, .upright: return settle(tilt, context, at: time) ?? missed
    case .leaning: return lean(tilt, context, obstacle, at: time) ?? missed
    case .deviated: return deviate(tilt, context, obstacle, at: time)
    }
  }

  @inline(__always)
  private mutating func settle(_ tilt: Tilt, _ context: Context, at time: Timestamp) -> Decision? {
    posture = context == .offBody || context == .lying ? .unknown : .upright
    // What was beyond a limit off the body or lying is no lean.
    if posture == .unknown { beyondSince = nil }
    guard posture == .upright, let beyondSince, let smooth else { return nil }
    let steady = Tilt(
      flexion: Angle(radians: smooth.flexion), lateral: Angle(radians: smooth.lateral), total: tilt.total)
    guard parameters.limits.isEntered(steady) else { return nil }
    posture = .leaning
    since = beyondSince
    return nil
  }

  /// A tilt counts once its mean is over a limit too, and then from where it was over it first.
  @inline(__always)
  private mutating func follow(_ tilt: Tilt, for interval: Interval, at time: Timestamp) {
    if let last = smooth, interval > .zero {
      let gain = gain.share(after: interval.seconds)
      smooth = (
        last.flexion + gain * (tilt.flexion.radians - last.flexion),
        last.lateral + gain * (tilt.lateral.radians - last.lateral)
      )
    } else if smooth == nil {
      smooth = (tilt.flexion.radians, tilt.lateral.radians)
    }
    if parameters.limits.isLeft(tilt) {
      beyondSince = nil
    } else if parameters.limits.isEntered(tilt) {
      beyondSince = beyondSince ?? time
    }
  }

  private mutating func lean(
    _ tilt: Tilt, _ context: Context, _ obstacle: Suppression?, at time: Timestamp
  ) -> Decision? {
    if parameters.limits.isLeft(tilt) { return giveUp(.upright, at: time) }
    if context == .offBody || context == .lying { return giveUp(.unknown, at: time) }
    if !context.isJudged {
      defer { since = time }
      return giveUp(.leaning, at: time)
    }
    guard exposure(at: time) >= 1 else { return nil }
    let reason = Suppression(context) ?? obstacle
    if let reason, reason.isPassing {
      waiting = waiting ?? reason
      return nil
    }
    waiting = nil
    posture = .deviated
    reminders = 0
    lastCue = reason == nil ? time : nil
    lastChance = time
    shadow.settle()
    return .deviated(leaning: time - since, suppressed: reason)
  }

  private mutating func giveUp(_ next: Posture, at time: Timestamp) -> Decision? {
    posture = next
    guard let reason = waiting else { return nil }
    waiting = nil
    shadow.settle()
    return .suppressed(leaning: time - since, by: reason)
  }

  private mutating func deviate(
    _ tilt: Tilt, _ context: Context, _ obstacle: Suppression?, at time: Timestamp
  ) -> Decision? {
    if parameters.limits.isLeft(tilt) {
      posture = .upright
      return .recovered(leaning: time - since, sinceCue: lastCue.map { time - $0 })
    }
    if !context.isJudged && context != .moving {
      posture = context == .offBody || context == .lying ? .unknown : .leaning
      defer { since = time }
      return .ended(leaning: time - since, by: context)
    }
    guard context == .still, obstacle == nil, reminders < parameters.mostReminders,
      time - lastChance >= parameters.reminder
    else { return nil }
    reminders += 1
    lastCue = time
    lastChance = time
    return .reminded(leaning: time - since, number: reminders)
  }

  /// What would have been decided if every context counted: what it decides alone, the context has suppressed.
  private struct Shadow: Sendable {
    private var parameters: Parameters
    private var load: Exposure
    private var since: Timestamp?
    private var isTold = false

    init(_ parameters: Parameters) {
      self.parameters = parameters
      load = Exposure(parameters.exposure)
    }

    mutating func reset() {
      load.reset()
      since = nil
      isTold = false
    }

    mutating func configure(_ parameters: Parameters) {
      self.parameters = parameters
      load.configure(parameters.exposure)
    }

    /// This lean has been told of.
    mutating func settle() { isTold = true }

    @inline(__always)
    mutating func update(
      _ tilt: Tilt, _ context: Context, _ interval: Interval, at time: Timestamp
    ) -> Decision? {
      guard let since else {
        load.recover(for: interval)
        if parameters.limits.isEntered(tilt) { since = time }
        isTold = false
        return nil
      }
      guard !parameters.limits.isLeft(tilt) else {
        self.since = nil
        return nil
      }
      load.lean(at: tilt.total, for: interval)
      guard !isTold, let reason = Suppression(context), !context.isJudged else { return nil }
      let isDue = parameters.trigger == .exposure ? load.value >= 1 : time - since >= parameters.hold
      guard isDue else { return nil }
      isTold = true
      return .suppressed(leaning: time - since, by: reason)
    }
  }
}
