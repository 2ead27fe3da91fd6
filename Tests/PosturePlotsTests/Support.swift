// SPDX-License-Identifier: MIT
import Foundation
import PostureCore
import PostureFormats

@testable import PosturePlots

private let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Fixtures")

/// The names of all fixtures.
func fixtureNames() throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: fixtures.path).filter { $0.hasSuffix(".trace") }
    .map { String($0.dropLast(".trace".count)) }.sorted()
}

func fixtureText(_ name: String) throws -> String {
  String(decoding: try Data(contentsOf: fixtures.appending(path: name)), as: UTF8.self)
}

/// What a picture is made of, after a replay.
func track(of name: String, _ change: (inout Replay.Options) -> Void = { _ in }) throws -> PlotTrack {
  var options = Replay.Options()
  options.observer = PlotTrack()
  change(&options)
  var replay = Replay(source: name, options)
  try replay.read(Array(try fixtureText(name + ".trace").utf8).span)
  if !replay.isOver { try replay.finish() }
  guard let track = replay.observer as? PlotTrack else { fatalError("the observer is what it was") }
  return track
}

/// The same numbers in every run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// SplitMix64, by Sebastiano Vigna.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
