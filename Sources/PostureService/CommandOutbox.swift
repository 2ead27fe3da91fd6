// SPDX-License-Identifier: MIT
import PostureCore

/// Commands on their way to the sampling thread, in their order: what finds no room waits here.
struct CommandOutbox: ~Copyable {
  /// More at once is a client that asks without end.
  private static let most = 16

  private var sender: SampleChannel<Command>.Sender
  private var waiting: [Command] = []

  init(_ sender: consuming SampleChannel<Command>.Sender) { self.sender = sender }

  /// False where too many wait already: it was not taken.
  mutating func send(_ command: Command) -> Bool {
    flush()
    if waiting.isEmpty && sender.send(command) { return true }
    guard waiting.count < Self.most else { return false }
    waiting.append(command)
    return true
  }

  /// The next command will be taken.
  var hasRoom: Bool { waiting.count < Self.most }

  mutating func flush() {
    while let first = waiting.first, sender.send(first) { waiting.removeFirst() }
  }
}
