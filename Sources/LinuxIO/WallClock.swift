// SPDX-License-Identifier: MIT
import CLinux
import Glibc

/// The time of day, for people; never for measuring.
package enum WallClock {
  /// `HH:MM:SS`, local.
  package static func timeOfDay() -> String {
    guard let parts = unsafe parts(at: time(nil)) else { return "--:--:--" }
    let (hour, minute, second) = unsafe (parts.tm_hour, parts.tm_min, parts.tm_sec)
    return [hour, minute, second].map(twoDigits).joined(separator: ":")
  }

  /// Minutes after midnight, local; nil where the system does not say.
  package static func minuteOfDay() -> Int? {
    guard let parts = unsafe parts(at: time(nil)) else { return nil }
    return unsafe Int(parts.tm_hour) * 60 + Int(parts.tm_min)
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`, universal time (RFC 3339); on a machine without a clock of its own it may be far off.
  ///
  /// - Parameter days: so many days ago.
  package static func date(daysAgo days: Int = 0) -> String {
    date(at: time(nil) - days * 86_400)
  }

  /// The same of a time in seconds since 1970.
  package static func date(at seconds: Int) -> String {
    var time = seconds
    var parts = unsafe tm()
    guard unsafe gmtime_r(&time, &parts) != nil else { return "0000-00-00T00:00:00Z" }
    let (year, month, day) = unsafe (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday)
    let (hour, minute, second) = unsafe (parts.tm_hour, parts.tm_min, parts.tm_sec)
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))T"
      + [hour, minute, second].map(twoDigits).joined(separator: ":") + "Z"
  }

  /// What a clock on the wall shows at a time in seconds since 1970; nil where the system does not say.
  package static func local(at seconds: Int) -> LocalTime? {
    guard let parts = unsafe parts(at: seconds) else { return nil }
    return unsafe LocalTime(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday), hour: Int(parts.tm_hour),
      minute: Int(parts.tm_min), offset: Int(parts.tm_gmtoff))
  }

  private static func parts(at seconds: Int) -> tm? {
    // The machine may have been given another time zone since: localtime_r(3) alone never looks again.
    tzset()
    var time = seconds
    var parts = unsafe tm()
    return unsafe localtime_r(&time, &parts) != nil ? parts : nil
  }

  /// The first second of a day here, in seconds since 1970; nil where the system does not say.
  package static func start(ofDay day: Int, month: Int, year: Int) -> Int? {
    var parts = unsafe tm()
    unsafe parts.tm_year = Int32(year - 1900)
    unsafe parts.tm_mon = Int32(month - 1)
    unsafe parts.tm_mday = Int32(day)
    // Whether it is summer is the system's to say.
    unsafe parts.tm_isdst = -1
    let time = unsafe mktime(&parts)
    return time == -1 ? nil : time
  }

  /// What systemd-timesyncd(8) makes when it has set the clock since the boot.
  private static let setByNetwork = "/run/systemd/timesync/synchronized"

  /// Seconds since 1970.
  package static func now() -> Int { time(nil) }

  /// Something outside has set the clock: without it, a machine that has no battery for its clock goes on where it was
  /// switched off.
  package static var isConfirmed: Bool {
    // A unit with ProtectClock= may not ask the kernel.
    clinux_clock_is_kept() == 1 || FileAttributes.size(of: setByNetwork) != nil
  }

  private static func twoDigits(_ number: Int32) -> String { (number < 10 ? "0" : "") + "\(number)" }
}

/// A time as a clock on the wall shows it.
package struct LocalTime: Sendable, Equatable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour: Int
  package var minute: Int
  /// Seconds that it is ahead of universal time.
  package var offset: Int

  package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, offset: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.offset = offset
  }
}
