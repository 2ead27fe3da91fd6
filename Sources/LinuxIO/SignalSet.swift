// SPDX-License-Identifier: MIT
import CLinux
import Glibc

/// Signals as the system calls take them.
enum SignalSet {
  static func of(_ numbers: Int32...) -> sigset_t {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in numbers { unsafe sigaddset(&signals, number) }
    return signals
  }
}
