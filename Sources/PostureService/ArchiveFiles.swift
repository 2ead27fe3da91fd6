// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureFormats

/// The files of an archive: how they are called, and which of them go when there are too many.
///
/// Only what is called as these and is a regular file is ever removed, and never the one that is being written.
struct ArchiveFiles {
  static let prefix = "postured-"
  static let suffix = ".trace"
  /// Files that begin within one second; more is a mistake. Two digits in every name, the first too, so that every
  /// way of sorting, a shell's in any language too, gives the order in which they were made.
  private static let mostOfASecond = 99
  private static let mode: UInt32 = 0o750

  let directory: String

  /// The date of one that is called `postured-2026-01-31T080000Z-01.trace`; nil for another.
  static func date(in name: some StringProtocol) -> String? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let stem = name.dropFirst(prefix.count).dropLast(suffix.count)
    let shape = stem.map { $0.isASCII && $0.isNumber ? "0" : $0 }
    guard String(shape) == "0000-00-00T000000Z-00" else { return nil }
    return String(stem.dropLast(3))
  }

  /// Without what some file systems refuse.
  private static func inName(_ date: String) -> String { date.filter { $0 != ":" } }

  /// A new file by the time of day, in a directory that is made where it is missing.
  func create() throws(SystemError) -> FileWriter {
    try FileAttributes.makeDirectory(directory, mode: Self.mode)
    let date = Self.inName(WallClock.date())
    var number = 1
    while true {
      let name = "\(Self.prefix)\(date)-\(number < 10 ? "0" : "")\(number)\(Self.suffix)"
      do throws(SystemError) { return try FileWriter(path: path(name), mustBeNew: true) } catch {
        // A clock that was set back finds what was written before.
        guard error.number == EEXIST, number < Self.mostOfASecond else { throw error }
      }
      number += 1
    }
  }

  /// Of a file by its path.
  static func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

  func path(_ name: String) -> String { "\(directory)/\(name)" }

  /// Removes the oldest until the rest take no more than the budget, and what is older than so many days.
  ///
  /// How old a file is, the later of its name and its last change says: a machine without a clock of its own begins with
  /// a time that is long past. One that cannot be removed keeps none of the others; why is thrown after them.
  ///
  /// - Parameters:
  ///   - recent: known to be younger than so many days, and than all others; in their order.
  ///   - remove: by path.
  /// - Returns: how many.
  func tidy(
    budget: Int, days: Int?, keeping current: String?, recent: [String] = [],
    remove: (String) throws(SystemError) -> Void = { (path) throws(SystemError) in try FileAttributes.remove(path) }
  ) throws(SystemError) -> Int {
    var places: [String: Int] = [:]
    for (place, name) in recent.enumerated() { places[name] = place }
    var files: [(name: String, place: Int, date: String, size: Int)] = []
    for path in try Paths.files(in: directory, endingIn: Self.suffix) {
      let name = Self.name(of: path)
      guard let date = Self.date(in: name), let (size, changed) = FileAttributes.ofItself(path) else { continue }
      files.append((name, places[name] ?? -1, max(date, Self.inName(WallClock.date(at: changed))), size))
    }
    files.sort { ($0.place, $0.date, $0.name) < ($1.place, $1.date, $1.name) }
    let oldest = days.map { Self.inName(WallClock.date(daysAgo: $0)) } ?? ""
    var total = files.reduce(0) { $0 + $1.size }
    var (removed, failure): (Int, SystemError?) = (0, nil)
    for file in files where file.name != current && (total > budget || file.place < 0 && file.date < oldest) {
      do throws(SystemError) {
        try remove(path(file.name))
        total -= file.size
        removed += 1
      } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
    return removed
  }
}
