// SPDX-License-Identifier: MIT
import Glibc

/// The time of day, for people; never for measuring.
package enum WallClock {
  /// `HH:MM:SS`, local.
  package static func timeOfDay() -> String {
    var now = time(nil)
    var parts = unsafe tm()
    guard unsafe localtime_r(&now, &parts) != nil else { return "--:--:--" }
    let (hour, minute, second) = unsafe (parts.tm_hour, parts.tm_min, parts.tm_sec)
    return [hour, minute, second].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
  }
}
