// SPDX-License-Identifier: MIT
import PostureFormats
import TestSupport
import Testing

/// The file of the reference postures, as the daemon takes it.
struct ReferencesTests {
  private let directory = TemporaryDirectory()
  private var kept: String { directory.file("kept") }
  private let car = "car up 0 0 1000000000 forward 600000000 -800000000 0 axis bend"

  private func write(_ lines: String...) throws {
    _ = try directory.write(lines.map { $0 + "\n" }.joined(), to: "kept")
  }

  private func report(_ arguments: String...) throws -> Outcome {
    try run("postured", ["--check", "--scenario", "upright"] + arguments)
  }

  /// One command a sample: a recording begins with them.
  @Test func theyAreToldBeforeAllElse() throws {
    try write(
      "reference-postures: 1", "sensor: simulated MPU-6050 at 0x68",
      car.replacing("car up", with: "car: up") + " taken 2026-11-22T03:39:07Z", "in-use: car")
    let check = try report("--references", kept)
    #expect(
      check.output.contains(
        "\nreferences: simulated MPU-6050 at 0x68, car of 2026-11-22T03:39:07Z, car in use\n"))
    let record = directory.file("record")
    let outcome = try postured(
      "--scenario", "upright", "--speed", "max", "--socket", directory.file("s"), "--references", kept, "--record",
      record)
    #expect(outcome.status == 0)
    let commands = lines(try contents(of: record)).filter { $0.hasPrefix("#!") }
    #expect(commands == ["#! 0 reference \(car)", "#! 10000 use-reference car"])
  }

  @Test func aDamagedFileIsSaid() throws {
    try write("reference-postures: 1", "sensor: x", "in-use: bed")
    let fault = "\(kept):3: in-use: found 'bed', expected one of sitting, standing, car"
    #expect(try report("--references", kept).output.contains("\nreferences: none are kept: \(fault)\n"))
  }

  /// A simulated sensor's would be written over a real one's.
  @Test func aSimulatedSensorHasNoFileUnlessItIsToldOne() throws {
    let settings = try directory.write("reference.file: \(kept)\n", to: "c")
    #expect(try report("--config", settings).output.contains("\nreferences: none are kept\n"))
    #expect(try report("--references", kept).output.contains("\nreferences: there is no \(kept)\n"))
  }

  @Test func aRecordingHasItsOwn() throws {
    let record = directory.file("record")
    let recorded = try postured(
      "--scenario", "upright", "--speed", "max", "--record", record, "--socket", directory.file("s"))
    #expect(recorded.status == 0)
    let both = try postured("--trace", record, "--references", kept, "--check")
    #expect(both.status == 64)
    #expect(
      both.errors == "postured: --references: found --trace beside it, expected a sensor: a trace has its own\n")
    for word in ["", "-"] {
      let outcome = try report("--references", word)
      #expect(outcome.status == 64)
      #expect(outcome.errors == "postured: --references: found '\(word)', expected a file\n")
    }
  }
}
