// SPDX-License-Identifier: MIT
import HAL
import LinuxIO

/// Time that passes faster or slower than the system's, from the moment of its creation on.
struct ScaledClock: MonotonicClock {
  private let system = SystemClock()
  private let start: Int64
  private let factor: Double

  init(factor: Double) {
    self.factor = factor
    start = system.now()
  }

  func now() -> Int64 { start + Int64(Double(system.now() - start) * factor) }

  func sleep(until deadline: Int64) { system.sleep(until: start + Int64(Double(deadline - start) / factor)) }
}
