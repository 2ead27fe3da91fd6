// SPDX-License-Identifier: MIT

/// The named reference postures that are known.
package struct ReferenceSet: BitwiseCopyable, Sendable, Equatable {
  private var sitting: ReferencePosture?
  private var standing: ReferencePosture?
  private var car: ReferencePosture?

  package init() {}

  package subscript(name: ReferenceName) -> ReferencePosture? {
    get {
      switch name {
      case .sitting: sitting
      case .standing: standing
      case .car: car
      }
    }
    set {
      switch name {
      case .sitting: sitting = newValue
      case .standing: standing = newValue
      case .car: car = newValue
      }
    }
  }

  var names: NameSet {
    var names = NameSet()
    names[.sitting] = sitting != nil
    names[.standing] = standing != nil
    names[.car] = car != nil
    return names
  }

  mutating func changeEach(_ change: (ReferencePosture) -> ReferencePosture?) {
    sitting = sitting.flatMap(change)
    standing = standing.flatMap(change)
    car = car.flatMap(change)
  }
}

/// Chooses the reference posture that the wearer is nearest to, once that is plain.
///
/// A slouch can look like another reference posture: so it is asked for by a setting, and slow.
package struct ReferenceChoice: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// The one to change to is nearer than that.
    package var near = Angle.degrees(6)
    /// And the one in use further away than it by so much.
    package var margin = Angle.degrees(8)
    /// For so long, without a break.
    package var settling = Interval.seconds(30)

    package init() {}
  }

  private let parameters: Parameters
  private var candidate: ReferenceName?
  private var since = Timestamp(microseconds: 0)

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// - Returns: the one to use from now on, where that is another than the one in use.
  package mutating func update(
    _ up: Direction, _ context: Context, among set: ReferenceSet, inUse: ReferenceName, at time: Timestamp
  ) -> ReferenceName? {
    guard context == .still || context == .transport, let own = set[inUse]?.tilt(of: up).total,
      let nearest = nearest(to: up, among: set), nearest.name != inUse, nearest.angle <= parameters.near,
      nearest.angle + parameters.margin <= own
    else {
      candidate = nil
      return nil
    }
    if candidate != nearest.name {
      candidate = nearest.name
      since = time
    }
    guard time - since >= parameters.settling else { return nil }
    candidate = nil
    return nearest.name
  }

  private func nearest(to up: Direction, among set: ReferenceSet) -> (name: ReferenceName, angle: Angle)? {
    var nearest: (name: ReferenceName, angle: Angle)?
    func look(at name: ReferenceName) {
      guard let angle = set[name]?.tilt(of: up).total else { return }
      if let nearest, nearest.angle <= angle { return }
      nearest = (name, angle)
    }
    look(at: .sitting)
    look(at: .standing)
    look(at: .car)
    return nearest
  }
}
