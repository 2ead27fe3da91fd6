// SPDX-License-Identifier: MIT
import Foundation
import PostureCore
import PostureFormats
import Testing

/// A recorded trace with its golden file beside it.
struct Fixture: Sendable, CustomTestStringConvertible {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.filter { $0.hasSuffix(".trace") }.sorted().map { Fixture(name: String($0.dropLast(".trace".count))) }
  }()

  let name: String
  var testDescription: String { name }
  var trace: URL { Self.directory.appending(path: "\(name).trace") }

  func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: trace)) }
  func golden() throws -> String {
    try String(contentsOf: Self.directory.appending(path: "\(name).events"), encoding: .utf8)
  }

  /// What stands between the rows, in words, without the mark: a time first.
  func remarks() throws -> [[Substring]] {
    String(decoding: try bytes(), as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("#! ") }
      .map { $0.dropFirst(3).split(separator: " ") }
  }

  /// Its samples with their commands, and a pipeline with its settings.
  func read() throws -> (measurements: [PostureCore.Measurement], pipeline: PosturePipeline) {
    var reader = TraceReader(source: name)
    var measurements: [PostureCore.Measurement] = []
    let bytes = try bytes()
    try reader.read(bytes.span) { measurements.append($0) }
    try reader.finish { measurements.append($0) }
    let parameters = try Replay.Options().parameters(with: reader.header?.settings ?? [])
    return (measurements, PosturePipeline(parameters))
  }

  /// How strong each cue of a deviation was, percent.
  func strengths() throws -> [UInt8] {
    var (measurements, pipeline) = try read()
    return measurements.compactMap { measurement in
      if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
      guard let cue = pipeline.process(measurement.sample)?.cue, cue.kind == .nudge || cue.kind == .reminder else {
        return nil
      }
      return cue.intensity
    }
  }

  /// A replay with the settings of the header and the defaults, all of it.
  func replayed(_ options: Replay.Options = Replay.Options()) throws -> Replay {
    let bytes = try bytes()
    var replay = Replay(source: name, options)
    try replay.read(bytes.span)
    try replay.finish()
    return replay
  }
}
