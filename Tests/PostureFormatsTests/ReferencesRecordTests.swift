// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct ReferencesRecordTests {
  private func record() throws -> ReferencesRecord {
    let level = try #require(
      KeptReference(up: .init(0, 0, 1_000_000_000), forward: .init(1_000_000_000, 0, 0), forwardAxis: .plusX))
    let bent = try #require(
      KeptReference(
        up: .init(600_000_000, 0, 800_000_000), forward: .init(800_000_000, 0, -600_000_000), forwardAxis: nil))
    return ReferencesRecord(
      sensor: "MPU-6050 at 0x68",
      entries: [
        .sitting: .init(level, taken: "2026-11-22T03:39:07Z"), .car: .init(bent, taken: "1970-01-01T00:00:12Z"),
      ], inUse: .car)
  }

  private let text = """
    # Reference postures of postured: up and forward in the sensor's frame, in billionths.
    reference-postures: 1
    sensor: MPU-6050 at 0x68
    sitting: up 0 0 1000000000 forward 1000000000 0 0 axis x taken 2026-11-22T03:39:07Z
    car: up 600000000 0 800000000 forward 800000000 0 -600000000 axis bend taken 1970-01-01T00:00:12Z
    in-use: car

    """

  private func read(_ text: String) throws(InputError) -> ReferencesRecord {
    try ReferencesRecord(file: Array(text.utf8), named: "f")
  }

  private func error(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func theTextIsThisAndReadsBackTheSame() throws {
    #expect(try record().text == text)
    #expect(try read(text) == record())
    #expect(try record().taken == ["sitting of 2026-11-22T03:39:07Z", "car of 1970-01-01T00:00:12Z"])
  }

  @Test func withoutAnyItReadsBackTheSame() throws {
    for name in ReferenceName.allCases {
      let record = ReferencesRecord(sensor: "s", inUse: name)
      #expect(try read(record.text) == record)
    }
  }

  @Test func everyPostureReadsBackTheSame() throws {
    var random = SeededRandom(32)
    var tried = 0
    while tried < 300 {
      func component() -> Double { .random(in: -1...1, using: &random) }
      guard let up = Acceleration(component(), component(), component()).direction,
        let posture = ReferencePosture(up: up, forwardAxis: SensorAxis.allCases.randomElement(using: &random))
      else { continue }
      tried += 1
      var record = try record()
      record.entries[.standing] = .init(KeptReference(posture), taken: "2026-11-22T03:39:07Z")
      #expect(try read(record.text) == record)
    }
  }

  private static let expected =
    "two directions at right angles and a time, such as 'up 0 0 1000000000 forward 1000000000 0 0 axis x "
    + "taken 2026-11-22T03:39:07Z'"

  @Test(
    arguments: [
      ("reference-postures: 1", "reference-postures: 2", "f:2: reference-postures: found '2', expected 1"),
      (
        "sensor: MPU-6050 at 0x68\n", "",
        "f: sensor: found none, expected a chip and its address, such as "
          + "'MPU-6050 at 0x68'"
      ),
      (
        "0 0 1000000000 forward", "0 0 900000000 forward",
        "f:4: sitting: found 'up 0 0 900000000 forward 1000000000 0 0 axis x taken 2026-11'..., expected \(expected)"
      ),
      (
        "axis x taken", "axis x",
        "f:4: sitting: found 'up 0 0 1000000000 forward 1000000000 0 0 axis x 2026-11-22T0'..."
          + ", expected \(expected)"
      ),
      (
        "axis x taken 2026-11-22T", "taken 2026-11-22 ",
        "f:4: sitting: found 'up 0 0 1000000000 forward 1000000000 0 0 taken 2026-11-22 03'..., expected \(expected)"
      ),
      ("in-use: car", "in-use: lying", "f:6: in-use: found 'lying', expected one of sitting, standing, car"),
      ("in-use: car", "", "f: in-use: found none, expected one of sitting, standing, car"),
      ("in-use: car", "in-use: car\nin-use: car", "f:7: in-use: found it again, expected it once"),
      (
        "in-use: car", "in-use: car\nlying: up",
        "f:7: found unknown key 'lying', expected one of reference-postures, sensor, sitting, standing, car, in-use"
      ),
    ]) func whatIsWrongIsNamed(old: String, new: String, message: String)
  {
    #expect(error(text.replacing(old, with: new)) == message)
  }

  @Test func anotherKindOfFileIsNone() throws {
    #expect(error("") == "f: reference-postures: found none, expected 1")
    #expect(error(String(repeating: "#\n", count: 2049)) == "f: found a larger file, expected at most 4096 bytes")
    #expect(error("\0") == "f: found binary data, expected reference postures")
  }

  /// Cut anywhere, as by a disk that was full: never taken for whole.
  @Test func noPartOfItIsTakenForTheWhole() {
    for end in text.indices where end < text.index(before: text.endIndex) {
      #expect(error(String(text[..<end])) != nil)
    }
  }

  /// Bits that have fallen over are noticed, or give two directions at right angles all the same.
  @Test func aDamagedOneIsRefusedOrWhole() {
    var random = SeededRandom(33)
    let bytes = Array(text.utf8)
    var refused = 0
    for _ in 0..<5000 {
      var damaged = bytes
      damaged[.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
      do {
        let read = try ReferencesRecord(file: damaged, named: "f")
        for entry in read.entries.values { #expect(KeptReference(entry.reference.posture) == entry.reference) }
      } catch {
        #expect(!error.found.isEmpty && !error.expected.isEmpty)
        refused += 1
      }
    }
    #expect(refused > 2500)
  }
}
