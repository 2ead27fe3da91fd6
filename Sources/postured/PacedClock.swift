// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import PostureSimulation

/// Simulated time that keeps step with the system's, faster or slower by a factor.
///
/// It stands between sleeps, so that nothing is ever late: what is simulated comes out the same at every pace. Where
/// the machine cannot keep up, it falls behind the factor instead. Used by one thread at a time.
struct PacedClock: MonotonicClock {
  private let simulated: VirtualClock
  private let system = SystemClock()
  private let start: Int64
  private let factor: Double

  init(factor: Double) {
    self.factor = factor
    start = system.now()
    simulated = VirtualClock(startingAt: start)
  }

  func now() -> Int64 { simulated.now() }

  func sleep(until deadline: Int64) {
    system.sleep(until: start + Int64(Double(deadline - start) / factor))
    simulated.sleep(until: deadline)
  }
}
