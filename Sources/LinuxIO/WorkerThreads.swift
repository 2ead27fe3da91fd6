// SPDX-License-Identifier: MIT
import Glibc

/// Ordinary threads that all run one closure, for work that is cut into pieces.
package enum WorkerThreads {
  /// Bytes: a run of the pipeline keeps some ten kilobytes there, sorting more.
  private static let stackSize = 1 << 20
  /// More than any machine this runs on has processors.
  package static let most = 64

  /// Processors that this process may run on.
  package static var processors: Int { max(1, min(allowed ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), most)) }

  /// By /proc/self/status (proc_pid_status(5)), which knows of taskset and of the unit's settings; nil without it.
  private static var allowed: Int? {
    do throws(SystemError) {
      var file = try FileReader(path: "/proc/self/status")
      let text = String(decoding: try file.read(atMost: 1 << 16), as: UTF8.self)
      let line = text.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
      return line?.split(separator: "\t").last?.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
    } catch { return nil }
  }

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
