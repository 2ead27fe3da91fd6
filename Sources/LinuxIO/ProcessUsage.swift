// SPDX-License-Identifier: MIT
import Glibc

/// What the process has used since its start, all threads together (getrusage(2)).
package struct ProcessUsage: Equatable, Sendable {
  /// Time on a processor in the program, in microseconds.
  package let userMicroseconds: Int64
  /// Time on a processor in the kernel on the program's behalf, in microseconds.
  package let systemMicroseconds: Int64
  /// The most memory that was resident at a time, in KiB.
  package let peakResidentKibibytes: Int

  package var processorMicroseconds: Int64 { userMicroseconds + systemMicroseconds }

  package static func now() -> ProcessUsage {
    var usage = rusage()
    // It cannot fail: the pointer is good. 0 is RUSAGE_SELF, which Swift sees as a type that the call does not take.
    _ = unsafe getrusage(0, &usage)
    return ProcessUsage(
      userMicroseconds: microseconds(usage.ru_utime), systemMicroseconds: microseconds(usage.ru_stime),
      peakResidentKibibytes: usage.ru_maxrss)
  }

  private static func microseconds(_ time: timeval) -> Int64 {
    Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec)
  }
}
