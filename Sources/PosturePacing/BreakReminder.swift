// SPDX-License-Identifier: MIT
import PostureCore

/// Notices long sitting, and says when a break would be good: gently, a few times, and then no more.
///
/// It counts the time in which the wearer sits, whatever the posture, and never asks anybody to sit still. Enough
/// movement within a few minutes begins anew, and so does taking the device off. It runs beside the pipeline, on what
/// that has found; what it wants to say becomes a command, which a recording keeps, so that a replay says the same.
package struct BreakReminder: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// How long one may sit; nil never suggests anything. Among 8000 wearers of an accelerometer those whose sitting
    /// lasted 30 minutes and longer at a time died sooner (Diaz et al., Annals of Internal Medicine, 2017).
    package var after: Interval? = .seconds(1800)
    /// How much longer one sits until the next suggestion.
    package var again = Interval.seconds(900)
    /// Suggestions until the wearer has moved.
    package var most = 2
    /// Movement within `window` that is a break: two minutes of walking lowered glucose and insulin after a meal
    /// (Dunstan et al., Diabetes Care, 2012).
    package var movement = Interval.seconds(120)

    package init() {}
  }

  /// What is to be done about a sample.
  package enum Notice: BitwiseCopyable, Sendable, Equatable {
    /// Suggest a break to somebody who has been sitting for so long.
    case due(sitting: Interval)
    /// So long after the last suggestion, the wearer has moved enough.
    case taken(after: Interval)
  }

  /// What of a sample matters.
  package struct Moment: BitwiseCopyable, Sendable {
    package enum Activity: BitwiseCopyable, Sendable {
      case sitting
      /// Walking, moving, or standing by the reference posture in use.
      case up
      /// Nobody wears the device.
      case off
      /// It lies, rides or cannot be told.
      case other
    }

    package var time: Timestamp
    package var activity: Activity
    /// No cue may be given.
    package var isHeld: Bool

    package init(_ activity: Activity, isHeld: Bool = false, at time: Timestamp) {
      self.time = time
      self.activity = activity
      self.isHeld = isHeld
    }
  }

  /// Within it movement adds up; and what cannot be told for so long ends what was counted.
  package static let window = Interval.seconds(300)
  /// After a snooze, a session or anything else that kept it silent: not in the same breath.
  package static let settling = Interval.seconds(60)
  /// Between two samples; of a longer time nothing is known.
  private static let longestInterval = Interval.seconds(1)
  private static let slot = Interval.seconds(10)

  private var parameters: Parameters
  /// How long the wearer has been sitting.
  package private(set) var sitting = Interval.zero
  private var suggestions = 0
  /// How long that was at the last suggestion.
  private var lastSuggestion = Interval.zero
  /// And when it was.
  private var suggestedAt = Timestamp(microseconds: 0)
  /// What comes of it is not to be told.
  private var isForgotten = false
  private var heldUntil = Timestamp(microseconds: .min)
  private var last: Timestamp?
  /// Since when it cannot be told.
  private var unknownSince: Timestamp?
  /// Movement in each ten seconds of the window.
  private var moved = InlineArray<30, Interval>(repeating: .zero)
  /// Of the newest, counted from the clock's start.
  private var newestSlot: Int64 = 0

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// What was counted stays.
  package mutating func configure(_ parameters: Parameters) { self.parameters = parameters }

  /// Nobody is to be told what comes of a suggestion that has been made; how long the wearer has been sitting still counts.
  package mutating func forget() { isForgotten = true }

  package mutating func take(_ moment: Moment) -> Notice? {
    let time = moment.time
    let interval = last.map { time - $0 } ?? .zero
    last = time
    if moment.isHeld { heldUntil = time + Self.settling }
    if interval < .zero || interval > Self.window { beginAnew() }
    guard interval >= .zero, interval <= Self.longestInterval else { return nil }
    advance(to: time)
    switch moment.activity {
    case .off: beginAnew()
    case .other: waitForNews(at: time)
    case .up:
      unknownSince = nil
      return noteMovement(of: interval, at: time)
    case .sitting:
      unknownSince = nil
      sitting = sitting + interval
      return suggestion(at: time)
    }
    return nil
  }

  private mutating func waitForNews(at time: Timestamp) {
    let since = unknownSince ?? time
    unknownSince = since
    if time - since >= Self.window { beginAnew() }
  }

  private mutating func suggestion(at time: Timestamp) -> Notice? {
    guard let after = parameters.after, sitting >= after, suggestions < parameters.most, time >= heldUntil,
      suggestions == 0 || sitting - lastSuggestion >= parameters.again
    else { return nil }
    suggestions += 1
    lastSuggestion = sitting
    suggestedAt = time
    isForgotten = false
    // What comes of it is what comes after it.
    moved = InlineArray(repeating: .zero)
    return .due(sitting: sitting)
  }

  private mutating func noteMovement(of interval: Interval, at time: Timestamp) -> Notice? {
    let index = Int(newestSlot % 30)
    moved[index] = moved[index] + interval
    var sum = Interval.zero
    for index in moved.indices { sum = sum + moved[index] }
    guard sum >= parameters.movement else { return nil }
    let isTold = suggestions > 0 && !isForgotten
    beginAnew()
    return isTold ? .taken(after: time - suggestedAt) : nil
  }

  /// Forgets the movement of slots that are out of the window.
  private mutating func advance(to time: Timestamp) {
    let slot = time.microseconds / Self.slot.microseconds
    guard slot != newestSlot else { return }
    if slot - newestSlot >= 30 || slot < newestSlot {
      moved = InlineArray(repeating: .zero)
      newestSlot = slot
    }
    while newestSlot < slot {
      newestSlot += 1
      moved[Int(newestSlot % 30)] = .zero
    }
  }

  private mutating func beginAnew() {
    sitting = .zero
    suggestions = 0
    lastSuggestion = .zero
    unknownSince = nil
    moved = InlineArray(repeating: .zero)
  }
}

extension BreakReminder.Moment {
  /// What a sample of the pipeline comes to.
  ///
  /// - Parameter isTrackingByPlan: where cues of posture are silent, it is for a plan of when to train, which is about
  ///   no breaks; false where the wearer wants them silent.
  package init(_ output: PosturePipeline.Output, _ now: Circumstances, isTrackingByPlan: Bool = false) {
    let activity: Activity =
      switch output.context {
      case .offBody: .off
      case .walking, .moving: .up
      case .lying, .transport: .other
      case .still, .bending:
        if output.tilt == nil || !now.isAlive { .other } else { now.reference == .standing ? .up : .sitting }
      }
    let isHeld =
      now.mode == .tracking && !isTrackingByPlan || now.isQuiet || now.silence != nil || now.isInSession
      || now.isCalibrating || !now.isAlive
    self.init(activity, isHeld: isHeld, at: output.time)
  }
}
