// SPDX-License-Identifier: MIT
import PostureCore

/// The reference postures as they are kept in a file: each under its name, and the sensor that they are for.
///
/// Whole billionths are written, so that what is read is what was stored.
package struct ReferencesRecord: FileRecord {
  package struct Entry: Sendable, Equatable {
    package var reference: KeptReference
    /// When it was stored, as `2026-11-22T03:39:07Z`, by the clock of the machine.
    package var taken: String

    package init(_ reference: KeptReference, taken: String) {
      self.reference = reference
      self.taken = taken
    }
  }

  /// Of the file's format.
  private static let version = 1
  package static let longestFile = 4096
  private static let sensorKey = "sensor"
  private static let versionKey = "reference-postures"
  private static let inUseKey = "in-use"
  private static let takenWord = " taken "

  /// The chip and where it is, as `MPU-6050 at 0x68`: for no other one they are meant.
  package var sensor: String
  package var entries: [ReferenceName: Entry]
  /// Which one the wearer chose last, whether or not there is one of that name.
  package var inUse: ReferenceName

  package init(sensor: String, entries: [ReferenceName: Entry] = [:], inUse: ReferenceName = .sitting) {
    self.sensor = sensor
    self.entries = entries
    self.inUse = inUse
  }

  /// Each with its time, for people: `sitting of 2026-11-22T03:39:07Z`.
  package var taken: [String] {
    ReferenceName.allCases.compactMap { name in entries[name].map { "\(name.name) of \($0.taken)" } }
  }

  package var text: String {
    var lines = [
      "# Reference postures of postured: up and forward in the sensor's frame, in billionths.",
      "\(Self.versionKey): \(Self.version)", "\(Self.sensorKey): \(sensor)",
    ]
    for name in ReferenceName.allCases {
      guard let entry = entries[name] else { continue }
      lines.append("\(name.name): \(entry.reference.text)\(Self.takenWord)\(entry.taken)")
    }
    // The last line is the one that is always there: a file that was cut is not taken for whole.
    return lines.joined(separator: "\n") + "\n\(Self.inUseKey): \(inUse.name)\n"
  }

  package init(file bytes: [UInt8], named source: String) throws(InputError) {
    let names = ReferenceName.allCases.map(\.name)
    let fields = try RecordFields(
      bytes, source, keys: [Self.versionKey, Self.sensorKey] + names + [Self.inUseKey], kind: "reference postures",
      longestFile: Self.longestFile)
    _ = try fields.value(Self.versionKey, "\(Self.version)") { $0 == "\(Self.version)" ? true : nil }
    self.init(
      sensor: try fields.value(Self.sensorKey, "a chip and its address, such as 'MPU-6050 at 0x68'") {
        $0.isEmpty ? nil : $0
      })
    for name in ReferenceName.allCases {
      entries[name] = try fields.optional(
        name.name,
        "two directions at right angles and a time, such as "
          + "'\(KeptReference.example)\(Self.takenWord)2026-11-22T03:39:07Z'", Self.entry)
    }
    inUse = try fields.value(Self.inUseKey, "one of " + names.joined(separator: ", ")) { ReferenceName(name: $0) }
    try fields.refuseOthers()
  }

  private static func entry(_ text: String) -> Entry? {
    guard let end = text.firstRange(of: takenWord), let reference = KeptReference(text: text[..<end.lowerBound]),
      RecordFields.isTime(text[end.upperBound...])
    else { return nil }
    return Entry(reference, taken: String(text[end.upperBound...]))
  }
}
