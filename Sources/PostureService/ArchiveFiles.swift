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
  /// Files that begin within one second; more is a mistake.
  private static let mostOfASecond = 99
  private static let mode: UInt32 = 0o750

  let directory: String

  /// The date and the number of one that is called `postured-2026-01-31T080000Z.trace`, or `...Z-2.trace`; nil for another.
  static func parse(_ name: some StringProtocol) -> (date: String, number: Int)? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let stem = name.dropFirst(prefix.count).dropLast(suffix.count)
    let shape = stem.prefix(18).map { $0.isASCII && $0.isNumber ? "0" : $0 }
    guard String(shape) == "0000-00-00T000000Z" else { return nil }
    let rest = stem.dropFirst(18)
    if rest.isEmpty { return (String(stem), 1) }
    guard rest.hasPrefix("-"), let number = Int(rest.dropFirst()), (2...mostOfASecond).contains(number),
      rest == "-\(number)"
    else { return nil }
    return (String(stem.prefix(18)), number)
  }

  private static func date(daysAgo days: Int = 0) -> String { WallClock.date(daysAgo: days).filter { $0 != ":" } }

  /// A new file by the time of day, in a directory that is made where it is missing.
  func create() throws(SystemError) -> FileWriter {
    try FileAttributes.makeDirectory(directory, mode: Self.mode)
    let date = Self.date()
    var number = 1
    while true {
      let name = Self.prefix + date + (number == 1 ? "" : "-\(number)") + Self.suffix
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
  /// One that cannot be removed keeps none of the others; why is thrown after them.
  ///
  /// - Parameter remove: by path.
  /// - Returns: how many.
  func tidy(
    budget: Int, days: Int?, keeping current: String?,
    remove: (String) throws(SystemError) -> Void = { (path) throws(SystemError) in try FileAttributes.remove(path) }
  ) throws(SystemError) -> Int {
    var files: [(name: String, date: String, number: Int, size: Int)] = []
    for path in try Paths.files(in: directory, endingIn: Self.suffix) {
      let name = Self.name(of: path)
      guard let (date, number) = Self.parse(name), let size = FileAttributes.sizeOfItself(path) else { continue }
      files.append((name, date, number, size))
    }
    files.sort { ($0.date, $0.number) < ($1.date, $1.number) }
    let oldest = days.map { Self.date(daysAgo: $0) } ?? ""
    var total = files.reduce(0) { $0 + $1.size }
    var (removed, failure): (Int, SystemError?) = (0, nil)
    for file in files where file.name != current && (total > budget || file.date < oldest) {
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
