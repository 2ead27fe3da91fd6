// SPDX-License-Identifier: MIT
import PostureCore
import Synchronization

/// The sampling thread's end of everything it shares with the service side.
package struct SamplingLink: ~Copyable, Sendable {
  /// What happens when the service side is a whole channel behind.
  package enum Overflow: Sendable {
    case drop
    /// Calls the function again and again until there is room; for simulated time only, on which nobody's back depends.
    case wait(@Sendable () -> Void)
  }

  let control: SamplingControl
  let overflow: Overflow
  var publications: SampleChannel<Publication>.Sender
  var commands: SampleChannel<Command>.Receiver
  /// Nil where nothing is ever changed.
  var judgements: SampleChannel<Judgement>.Receiver?

  package init(
    control: SamplingControl, overflow: Overflow, publications: consuming SampleChannel<Publication>.Sender,
    commands: consuming SampleChannel<Command>.Receiver,
    judgements: consuming SampleChannel<Judgement>.Receiver? = nil
  ) {
    self.control = control
    self.overflow = overflow
    self.publications = publications
    self.commands = commands
    self.judgements = judgements
  }
}

/// Carries a move-only value into a closure of another thread, where it is taken once.
package final class Handover<Value: ~Copyable & Sendable>: Sendable {
  private let value: Mutex<Value?>

  package init(_ value: consuming sending Value) { self.value = Mutex(value) }

  package func take() -> Value {
    let taken = value.withLock { (value: inout Value?) -> Value? in value.take() }
    guard let taken else { preconditionFailure("a value is handed over once") }
    return taken
  }
}
