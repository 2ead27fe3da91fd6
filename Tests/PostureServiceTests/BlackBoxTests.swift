// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

/// What a trace of the recorded frames says of them.
func someHeader(_ sensor: SensorDescription = Recorded.found) -> TraceHeader {
  TraceHeader(
    title: "t", shows: nil, sensor: sensor.model.name, rate: 100, scale: sensor.scale, accelerationRange: 4,
    angularVelocityRange: 500, origin: nil)
}

/// What the parts of a trace read as, one after another.
func measurements(_ parts: [[UInt8]]) throws -> [Measurement] {
  var reader = TraceReader(source: "saved")
  var all: [Measurement] = []
  for part in parts { try reader.read(part.span) { all.append($0) } }
  try reader.finish { all.append($0) }
  return all
}

extension BlackBoxTrace {
  /// All that is to be written, made at once.
  var parts: [[UInt8]] {
    var (trace, parts) = (self, [] as [[UInt8]])
    while let part = trace.next() { parts.append(part) }
    return parts
  }
}

func text(_ parts: [[UInt8]]) -> String { parts.map { String(decoding: $0, as: UTF8.self) }.joined() }

extension Frame {
  /// This one at another time, told apart by the number it carries, in place of the command of the original.
  func moved(to microseconds: Int64, number: Int16 = 0, _ command: Command? = nil, missing: UInt32 = 0) -> Frame {
    var frame = self
    let time = Timestamp(microseconds: microseconds)
    frame.measurement.raw?.time = time
    frame.measurement.raw?.ax = number
    frame.measurement.sample.time = time
    frame.output.time = time
    frame.measurement.command = command
    frame.measurement.missing = missing
    frame.reference = nil
    return frame
  }
}

struct BlackBoxTests {
  /// Each after the sample it was said at, as long as that is kept.
  @Test func marksAreKeptWithTheirSamples() throws {
    var box = box(seconds: 10)
    for (word, time) in [(LabelWord.falseCue, 14_990_000), (.missedCue, 14_990_000)] as [(LabelWord, Int64)] {
      let isTaken = box.take(TraceMark(word, at: Timestamp(microseconds: time)))
      #expect(isTaken)
    }
    let remarks = text(box.trace(lastSeconds: 5, header: someHeader()).parts).split(separator: "\n").suffix(3)
    #expect(remarks.first?.hasPrefix("9990000,") == true)
    #expect(remarks.dropFirst() == ["#! 9990000 mark false-cue", "#! 9990000 mark missed-cue"])
    box.take(frame.moved(to: 15_000_000))
    let rows = text(box.trace(lastSeconds: 5, header: someHeader()).parts).split(separator: "\n")
    #expect(rows.last?.hasPrefix("10000000,") == true && rows.dropLast().last == "#! 9990000 mark missed-cue")
    for second in Int64(16)..<90 { box.take(frame.moved(to: second * 1_000_000)) }
    #expect(!text(box.trace(lastSeconds: 60, header: someHeader()).parts).contains("mark"))
  }

  @Test func moreMarksThanAPersonMakesAreRefused() {
    var box = box(seconds: 2)
    let mark = TraceMark(.falseCue, at: Timestamp(microseconds: 6_990_000))
    let taken = (0...BlackBox.mostMarks).map { _ in box.take(mark) }
    #expect(taken == Array(repeating: true, count: BlackBox.mostMarks) + [false])
  }

  /// Of a sample of an upright wearer, without a reference posture yet.
  private let frame = Recorded.frames[0]

  private func box(seconds: Double, period: Int64 = 10_000, from start: Int64 = 5_000_000) -> BlackBox {
    var box = BlackBox()
    for index in 0..<Int64(seconds * 1e6) / period {
      box.take(frame.moved(to: start + index * period, number: Int16(index % 30_000)))
    }
    return box
  }

  @Test func withoutSamplesThereIsNothing() {
    let trace = BlackBox().trace(lastSeconds: 60, header: someHeader())
    #expect(trace.parts.isEmpty && trace.samples == 0)
  }

  /// What is given is what was kept when it was asked for, whatever is kept since.
  @Test func aTraceIsThatOfItsMoment() {
    var box = box(seconds: 70)
    let trace = box.trace(lastSeconds: 60, header: someHeader())
    let before = text(trace.parts)
    for index in 0..<9000 { box.take(frame.moved(to: 100_000_000 + Int64(index) * 10_000, number: 1)) }
    #expect(text(trace.parts) == before)
  }

  /// So long, and some seconds more: it begins where it is known what was judged by, and in time to know up.
  @Test(arguments: [1, 2.5, 10, 59, 60]) func soManySecondsAreGiven(seconds: Double) throws {
    let trace = box(seconds: 100).trace(lastSeconds: seconds, header: someHeader())
    #expect((Int(seconds * 100) + 500...Int(seconds * 100) + 601).contains(trace.samples))
    let rows = try measurements(trace.parts)
    #expect(rows.count == trace.samples)
    #expect(rows.last?.raw?.ax == 9999)
    #expect(rows.map { $0.raw?.ax } == (10_000 - Int16(rows.count)..<10_000).map { $0 })
    #expect(rows.enumerated().allSatisfy { $0.element.sample.time.microseconds == Int64($0.offset) * 10_000 })
    #expect(rows.allSatisfy { $0.command == nil })
  }

  @Test func ofAShorterTimeAllIsGiven() throws {
    let trace = box(seconds: 7.5).trace(lastSeconds: 60, header: someHeader())
    #expect(trace.samples == 750)
    #expect(try measurements(trace.parts).first?.raw?.ax == 0)
  }

  @Test func itIsCutIntoParts() {
    let trace = box(seconds: 10).trace(lastSeconds: 60, header: someHeader())
    #expect(trace.parts.map { $0.count { $0 == UInt8(ascii: "\n") } } == [9, 256, 256, 256, 232])
    #expect(text(trace.parts).hasPrefix("# posture-trace: 1\n# title: t\n# sensor: MPU-6050\n"))
  }

  @Test func commandsStandWhereTheyWere() throws {
    var box = BlackBox()
    for index in 0..<4000 as Range<Int64> {
      let command: Command? =
        index == 0
        ? .setMode(.tracking)
        : index == 1234 ? .calibrate : index == 3999 ? .silence(.snooze, for: .seconds(5)) : nil
      box.take(frame.moved(to: index * 10_000, command))
    }
    let rows = try measurements(box.trace(lastSeconds: 60, header: someHeader()).parts)
    #expect(rows[1234].command == .calibrate)
    #expect(rows[3999].command == .silence(.snooze, for: .seconds(5)))
    #expect(rows[0].command == .setMode(.tracking))
    #expect(rows.count { $0.command != nil } == 3)
    // What was before the start is not part of it.
    let later = try measurements(box.trace(lastSeconds: 15, header: someHeader()).parts)
    #expect(later.count { $0.command != nil } == 1)
  }

  @Test func lossesAndGapsStandWhereTheyWere() throws {
    var box = BlackBox()
    for index in 0..<1000 as Range<Int64> {
      // Half a second without samples, three of which the sensor knows to be lost.
      let time = index * 10_000 + (index >= 500 ? 500_000 : 0)
      box.take(frame.moved(to: time, missing: index == 500 ? 3 : 0))
    }
    let trace = box.trace(lastSeconds: 60, header: someHeader())
    #expect(text(trace.parts).contains("\n#! 5500000 lost 3 late\n5500000,"))
    let times = try measurements(trace.parts).map(\.sample.time.microseconds)
    #expect(times.count == 1000 && times[500] - times[499] == 510_000)
    // What is missing before the first row is nobody's.
    for index in 1000..<1600 as Range<Int64> { box.take(frame.moved(to: index * 10_000 + 500_000)) }
    let part = box.trace(lastSeconds: 5.99, header: someHeader())
    #expect(part.samples == 1100 && !text(part.parts).contains("lost"))
  }

  /// Another sensor's samples are other numbers; and a time that goes back is another clock's.
  @Test func anotherSensorBeginsAnew() throws {
    var box = box(seconds: 10)
    box.forget()
    #expect(box.trace(lastSeconds: 60, header: someHeader()).samples == 0)
    box.take(frame.moved(to: 20_000_000))
    box.take(frame.moved(to: 20_010_000))
    #expect(box.trace(lastSeconds: 60, header: someHeader()).samples == 2)
    box.take(frame.moved(to: 20_010_000))
    #expect(box.trace(lastSeconds: 60, header: someHeader()).samples == 1)
  }

  /// The wearer is the same, and is judged by the same.
  @Test func theReferencePosturesAreKnownBeyondIt() throws {
    var box = BlackBox()
    box.take(frame.moved(to: 0, .setReference(.sitting, someReference(.sitting))))
    box.forget()
    box.take(frame.moved(to: 10_000))
    let rows = try measurements(box.trace(lastSeconds: 60, header: someHeader()).parts)
    #expect(rows.map(\.command) == [.setReference(.sitting, someReference(.sitting))])
  }

  @Test func samplesWithoutAChipsIntegersAreNotKept() {
    var frame = frame
    frame.measurement.raw = nil
    var box = BlackBox()
    box.take(frame)
    #expect(box.count == 0 && box.trace(lastSeconds: 60, header: someHeader()).parts.isEmpty)
  }

  /// The fastest sensor for ten minutes, and one faster than there is.
  @Test(arguments: [1200, 250] as [Int64]) func itsMemoryIsBounded(period: Int64) throws {
    var box = BlackBox()
    var most = 0
    for index in 0..<Int64(500_000) {
      box.take(frame.moved(to: index * period))
      most = max(most, box.count)
    }
    #expect(most <= BlackBox.mostSamples + 1)
    let samples = box.trace(lastSeconds: 60, header: someHeader()).samples
    #expect(period == 1200 ? (54_166...55_001).contains(samples) : samples > BlackBox.mostSamples - 4001)
  }

  /// The header says it, with the first row, which has room for no other command.
  @Test func anAccelerometersCalibrationComesBeforeTheReference() throws {
    var box = BlackBox()
    var calibrated = frame
    calibrated.accelerometer = someCalibration
    for index in 0..<1500 as Range<Int64> {
      let commands: [Int64: Command] = [
        0: .calibrateAccelerometer(someCalibration), 1: .setReference(.sitting, someReference(.sitting)),
      ]
      box.take(calibrated.moved(to: index * 10_000, commands[index]))
    }
    let trace = box.trace(lastSeconds: 2, header: someHeader())
    #expect(text(trace.parts).contains("\n# acceleration-calibration: \(someCalibration.text)\n"))
    let rows = try measurements(trace.parts)
    #expect(
      rows.prefix(5).map(\.command) == [
        .calibrateAccelerometer(someCalibration), .setReference(.sitting, someReference(.sitting)),
        .useReference(.sitting), .keepReference, nil,
      ])
    #expect(rows.dropFirst(5).compactMap(\.command) == [.assumeExposure(0)])
  }
}
