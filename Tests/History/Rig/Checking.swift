// SPDX-License-Identifier: MIT
import ArgumentParser
import PostureHistory

/// Opens what a power cut has left as the daemon does, and tells which minutes are there.
struct Checking: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tell which minutes a history holds; end with 1 where it is damaged.")

  @Argument(help: "The history; it is opened for writing, and a run is begun in it.") var file: String

  func run() throws {
    // Another day's: nothing of it may stand in the way of what is there.
    var store = try HistoryStore(path: file, run: RunRecord(began: nil, source: "check", version: "0.0.0"))
    try store.write([.minute(MinuteRecord(minute: 0))])
    let reader = try HistoryReader(path: file)
    if let damage = try reader.damage() { throw ValidationError("\(file): \(damage)") }
    for record in try reader.runs() where record.source == "rig" {
      let run = Script(run: record.id)
      var minutes: [MinuteRecord] = []
      try reader.minutes(of: record.id, 0..<Int.max) { minutes.append($0) }
      if let difference = try run.difference(reader, minutes: minutes) {
        throw ValidationError("\(file): run \(record.id): \(difference)")
      }
      print("run \(record.id) minutes \(minutes.count)")
    }
  }
}
