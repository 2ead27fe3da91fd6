// SPDX-License-Identifier: MIT

/// A change of an input's level.
package struct InputEdge: BitwiseCopyable, Sendable, Equatable {
  /// When it happened, in microseconds of the monotonic clock.
  package var time: Int64
  /// Towards the active level.
  package var isRising: Bool
  /// Counts the edges of the line; a number left out is an edge that was lost.
  package var sequence: UInt32

  package init(time: Int64, isRising: Bool, sequence: UInt32) {
    self.time = time
    self.isRising = isRising
    self.sequence = sequence
  }
}

/// An input whose edges wait, oldest first, until they are taken.
package protocol InputEdges: ~Copyable {
  /// Takes the next edge, without waiting for one: nil where there is none.
  mutating func next() throws(PinError) -> InputEdge?

  /// Lets the line go and requests it anew, where that is how one comes back that was busy or had vanished.
  mutating func reopen() throws(PinError)
}

/// The edges of a line that is not there.
package struct NoEdges: InputEdges {
  package init() {}
  package mutating func next() throws(PinError) -> InputEdge? { nil }
  package mutating func reopen() throws(PinError) {}
}
