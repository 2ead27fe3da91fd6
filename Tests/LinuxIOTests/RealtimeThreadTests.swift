// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import Synchronization
import Testing

struct RealtimeThreadTests {
  private final class Seen: Sendable {
    let name = Mutex("")
    let policy = Atomic<Int32>(-1)
    /// SIGTERM and SIGSEGV.
    let blocked = Mutex<[Bool]>([])

    func look() {
      policy.store(sched_getscheduler(0), ordering: .relaxed)
      var mask = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &mask)
      let signals = [SIGTERM, SIGSEGV].map { sigismember(&mask, $0) == 1 }
      blocked.withLock { $0 = signals }
      do {
        let text = try contents(of: "/proc/thread-self/comm")
        name.withLock { $0 = text }
      } catch {
        name.withLock { $0 = "\(error)" }
      }
    }
  }

  @Test func anOrdinaryThreadRunsItsBodyAndIsJoined() throws {
    let seen = Seen()
    let thread = try RealtimeThread(name: "linuxio-ordinary", priority: nil) { seen.look() }
    #expect(thread.scheduling == .ordinary(refusal: nil))
    thread.join()
    #expect(seen.policy.load(ordering: .relaxed) == SCHED_OTHER)
    #expect(seen.name.withLock { $0 } == "linuxio-ordinar\n")
    #expect(seen.blocked.withLock { $0 } == [true, false])
  }

  @Test func droppingAThreadWaitsForItToo() throws {
    let seen = Seen()
    _ = try RealtimeThread(name: "dropped", priority: nil) { seen.look() }
    #expect(seen.policy.load(ordering: .relaxed) == SCHED_OTHER)
  }

  @Test func theReportIsWhatTheThreadHas() throws {
    let seen = Seen()
    let thread = try RealtimeThread(name: "real", priority: 10) { seen.look() }
    let scheduling = thread.scheduling
    thread.join()
    let policy = seen.policy.load(ordering: .relaxed)
    switch scheduling {
    case .realtime(let priority):
      #expect(priority == 10)
      // SCHED_RESET_ON_FORK (linux/sched.h) is part of what the kernel reports.
      #expect(policy == SCHED_FIFO | 0x4000_0000)
    case .ordinary(let refusal):
      #expect(refusal == SystemError(call: "schedule real in real time", number: EPERM))
      #expect(policy == SCHED_OTHER)
    }
  }

  /// In a process of its own, as it would hold for every other test.
  @Test(.disabled(if: isSanitized, "the sanitizers turn mlockall into nothing"))
  func lockingMemoryHoldsOrSaysWhy() async {
    await #expect(processExitsWith: .success) {
      do {
        try lockMemory()
        let locked = try contents(of: "/proc/self/status").split(separator: "\n").first { $0.hasPrefix("VmLck:") }
        #expect(locked?.contains(" 0 kB") == false)
      } catch let error as SystemError {
        #expect(error.call == "lock memory")
        #expect([EPERM, ENOMEM].contains(error.number))
      }
    }
  }
}
