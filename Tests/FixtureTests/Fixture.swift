// SPDX-License-Identifier: MIT
import Foundation
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

  /// A replay with the default settings, all of it.
  func replayed(_ options: Replay.Options = Replay.Options()) throws -> Replay {
    let bytes = try bytes()
    var replay = Replay(source: name, options)
    try replay.read(bytes.span)
    try replay.finish()
    return replay
  }
}
