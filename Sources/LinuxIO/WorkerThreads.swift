// SPDX-License-Identifier: MIT
import Glibc

/// Ordinary threads that all run one closure, for work that is cut into pieces.
package enum WorkerThreads {
  /// Bytes: a run of the pipeline keeps some ten kilobytes there, sorting more.
  private static let stackSize = 1 << 20
  /// More than any machine this runs on has processors.
  package static let most = 64

  /// Processors that are there.
  package static var processors: Int { max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), most)) }

  /// Returns when the body has returned in every thread.
  package static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    precondition((1...most).contains(count), "there are 1 to \(most) workers")
    try start(count, body)
  }

  /// Each waits for those that were started after it.
  private static func start(_ count: Int, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    guard count > 0 else { return }
    let thread = try RealtimeThread(name: "worker", priority: nil, stackSize: stackSize, body)
    try start(count - 1, body)
    thread.join()
  }
}
