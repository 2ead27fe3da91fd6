// SPDX-License-Identifier: MIT
import Glibc

/// The time of day, for people; never for measuring.
package enum WallClock {
  /// `HH:MM:SS`, local.
  package static func timeOfDay() -> String {
    var now = time(nil)
    var parts = unsafe tm()
    guard unsafe localtime_r(&now, &parts) != nil else { return "--:--:--" }
    return [unsafe parts.tm_hour, unsafe parts.tm_min, unsafe parts.tm_sec].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
  }
}
