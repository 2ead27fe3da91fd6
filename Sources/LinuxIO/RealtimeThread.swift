// SPDX-License-Identifier: MIT
import CLinux
import Glibc

/// A thread of its own that runs one closure, in real time where the process may, and is joined at the end of its life.
///
/// Being refused real time is not an error: the thread then runs as an ordinary one, and `scheduling` says why. The
/// body must not be the first in the process to touch Dispatch or Swift concurrency: their pool would inherit its
/// scheduling, but for SCHED_RESET_ON_FORK. Signals that come from outside never interrupt it, so none breaks a
/// transfer on the bus.
package struct RealtimeThread: ~Copyable {
  package enum Scheduling: Equatable, Sendable {
    /// SCHED_FIFO.
    case realtime(priority: Int32)
    /// SCHED_OTHER, because that was asked for (nil), or because real time was refused.
    case ordinary(refusal: SystemError?)
  }

  package static let defaultStackSize = 256 << 10

  /// What the thread got; known before its body starts.
  package let scheduling: Scheduling
  private let thread: pthread_t

  /// - Parameters:
  ///   - name: what `top -H` shows; the kernel keeps 15 bytes.
  ///   - priority: 1...99, SCHED_FIFO; nil asks for an ordinary thread.
  ///   - stackSize: bytes, at least PTHREAD_STACK_MIN: 16 KiB on x86-64, 128 KiB on aarch64.
  /// - Throws: where no thread at all could be started.
  package init(
    name: String, priority: Int32?, stackSize: Int = defaultStackSize, _ body: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    var refusal: SystemError?
    if let priority {
      precondition((1...99).contains(priority), "a real-time priority is 1...99")
      let (thread, number) = Self.start(name: name, priority: priority, stackSize: stackSize, body)
      if let thread {
        self.thread = thread
        scheduling = .realtime(priority: priority)
        return
      }
      refusal = SystemError(call: "schedule \(name) in real time", number: number)
    }
    let (thread, number) = Self.start(name: name, priority: nil, stackSize: stackSize, body)
    guard let thread else { throw SystemError(call: "start thread \(name)", number: number) }
    self.thread = thread
    scheduling = .ordinary(refusal: refusal)
  }

  /// Waits until the body has returned. Dropping the value does the same: a body never outlives it.
  package consuming func join() {}

  deinit { pthread_join(thread, nil) }

  private final class Start: Sendable {
    let name: String
    let priority: Int32?
    let body: @Sendable () -> Void

    init(name: String, priority: Int32?, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.priority = priority
      self.body = body
    }

    /// What the new thread does.
    func run() {
      _ = unsafe clinux_name_thread(name)
      if let priority {
        // pthread attributes cannot carry the flag; adding it to a policy that one has is always allowed (sched(7)).
        var parameters = sched_param(sched_priority: priority)
        _ = unsafe sched_setscheduler(0, SCHED_FIFO | clinux_sched_reset_on_fork(), &parameters)
      }
      body()
    }
  }

  private static func start(
    name: String, priority: Int32?, stackSize: Int, _ body: @escaping @Sendable () -> Void
  ) -> (pthread_t?, Int32) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    let refused = unsafe pthread_attr_setstacksize(&attributes, stackSize)
    precondition(refused == 0, "the stack is too small")
    if let priority {
      var parameters = sched_param(sched_priority: priority)
      unsafe pthread_attr_setinheritsched(&attributes, Int32(PTHREAD_EXPLICIT_SCHED))
      unsafe pthread_attr_setschedpolicy(&attributes, SCHED_FIFO)
      unsafe pthread_attr_setschedparam(&attributes, &parameters)
    }

    let start = unsafe Unmanaged.passRetained(Start(name: name, priority: priority, body: body))
    var thread = pthread_t()
    let number = withSignalsBlocked {
      unsafe pthread_create(
        &thread, &attributes,
        { argument in
          if let argument = unsafe argument { unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run() }
          return nil
        }, start.toOpaque())
    }
    guard number == 0 else {
      unsafe start.release()
      return (nil, number)
    }
    return (thread, 0)
  }

  /// A new thread inherits the mask of its creator. The signals of faults stay open, so that a crash is still reported.
  private static func withSignalsBlocked(_ body: () -> Int32) -> Int32 {
    var blocked = sigset_t()
    var previous = sigset_t()
    unsafe sigfillset(&blocked)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS] { unsafe sigdelset(&blocked, fault) }
    unsafe pthread_sigmask(SIG_BLOCK, &blocked, &previous)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
    return body()
  }
}
