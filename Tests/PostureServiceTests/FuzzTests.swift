// SPDX-License-Identifier: MIT
import LinuxIO
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

@testable import PostureService

/// Requests that no client should send, from a seed: the same in every run.
private struct Mutator {
  private static let words = Request.words.map { Array($0.utf8) }
  private static let objects =
    [
      "{\"class\":\"status\"}", "{\"class\":\"watch\",\"rate_hz\":10}", "{\"class\":\"watch\",\"rate_hz\":0.1}",
      "{\"rate_hz\":100,\"class\":\"watch\"}", "{\"class\":\"why\",\"extra\":[1,{\"a\":null}]}",
      "{\"class\":\"calibrate\"}",
      "{\"class\":\"\\u0000\\ud83d\"}", "{\"class\":\"watch\",\"rate_hz\":-1e308}",
      "{\"class\":\"watch\",\"rate_hz\":25,\"fields\":[\"flexion_deg\",\"context\"],\"events\":false}",
      "{\"class\":\"events\",\"since\":3}", "{\"class\":\"mode\",\"mode\":\"tracking\"}",
      "{\"class\":\"snooze\",\"for_s\":60}", "{\"class\":\"save\",\"last_s\":1}",
    ].map { Array($0.utf8) }

  private let random: CounterRandom
  private var index: UInt64 = 0

  init(seed: UInt64) { random = CounterRandom(seed: seed) }

  mutating func below(_ limit: Int) -> Int {
    index += 1
    return Int(random.bits(stream: 0, index: index) % UInt64(limit))
  }

  private mutating func byte() -> UInt8 { UInt8(below(256)) }

  /// A line without its newline; now and then one with a newline inside, or too long.
  mutating func line() -> [UInt8] {
    switch below(20) {
    case 0: return (0..<below(80)).map { _ in byte() }
    case 1: return Array(repeating: UInt8(ascii: "["), count: below(1025))
    case 2: return Array("{\"class\":".utf8) + Array(repeating: UInt8(ascii: "{"), count: below(900))
    // No newlines: a thousand answers at once are more than the queue of a client that reads after it has sent.
    case 3: return Array(repeating: max(11, byte()), count: 1000 + below(24))
    case 4 where below(20) == 0: return Array(repeating: UInt8(ascii: "x"), count: 1025 + below(3000))
    case 5..<9: return mutated(Self.words[below(Self.words.count)])
    case 9..<13: return Self.objects[below(Self.objects.count)]
    default: return mutated(Self.objects[below(Self.objects.count)])
    }
  }

  private mutating func mutated(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...below(3) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(4) {
      case 0: bytes[place] = byte()
      case 1: bytes[place] ^= 1 << UInt8(below(8))
      case 2: bytes.remove(at: place)
      default: bytes.insert(contentsOf: bytes[place...].prefix(below(12)), at: place)
      }
    }
    return bytes
  }
}

/// The everyday run is short; `make fuzz COUNT=1000000 SEED=7` is not.
private enum Fuzz {
  static let count = number("POSTURED_FUZZ_COUNT") ?? 4000
  static let seed = UInt64(number("POSTURED_FUZZ_SEED") ?? 20)

  private static func number(_ name: String) -> Int? {
    Environment.value(name).map { text in
      guard let number = Int(text), number >= 0 else { fatalError("\(name): found '\(text)', expected a whole number") }
      return number
    }
  }
}

struct FuzzTests {
  /// In a process of its own, so that a crash is one test's failure and its memory is what this test uses.
  @Test func nonsenseIsAnsweredOrEndsTheConnection() async {
    await #expect(processExitsWith: .success) {
      try await ServerBench.run { bench in
        var mutator = Mutator(seed: Fuzz.seed)
        bench.publishRunning()
        // Until the allocator and the runtime have what they keep.
        try send(2000, from: &mutator, to: bench)
        let before = try residentBytes()
        try send(Fuzz.count, from: &mutator, to: bench)
        let growth = try residentBytes() - before
        #expect(isSanitized || growth < 6 << 20, "seed \(Fuzz.seed): \(growth) bytes")
        let status = try Client.greeted(bench.path).status()
        #expect(status.state == "running" && status.samples > 0)
      }
    }
  }
}

/// Sends lines over connections that change now and then, and takes the answers.
private func send(_ count: Int, from mutator: inout Mutator, to bench: ServerBench) throws {
  var client = try Client.greeted(bench.path)
  var sent = 0
  while sent < count {
    var packet: [UInt8] = []
    for _ in 0...mutator.below(8) {
      packet += mutator.line() + [UInt8(ascii: "\n")]
      sent += 1
    }
    // What was found too long ends the connection; every line before it has its answer.
    let lines = packet.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let tooLong = lines.firstIndex { $0.count > Request.longest }
    bench.publish(.frame(Recorded.frames[sent % Recorded.frames.count]))
    let half = mutator.below(packet.count)
    client.send(Array(packet[..<half]))
    client.send(Array(packet[half...]))
    try takeAnswers((tooLong ?? lines.count - 1) + 1, from: client)
    if tooLong != nil {
      while try client.line() != nil {}
      client = try Client.greeted(bench.path)
    } else if mutator.below(50) == 0 {
      // Some ask no more and wait for the rest.
      client.send("version\n")
      client.finish()
      try takeAnswers(1, from: client)
      client = try Client.greeted(bench.path)
    } else if mutator.below(50) == 0 {
      // Some hang up in the middle of a line.
      client.send("{\"class\"")
      client = try Client.greeted(bench.path)
    }
    while bench.command() != nil {}
  }
}

/// Exactly so many answers, whatever is streamed between them.
private func takeAnswers(_ count: Int, from client: Client) throws {
  var answers = 0
  while answers < count {
    let line = try #require(try client.line(), "closed without an answer")
    switch JSONLine.messageClass(of: line) {
    case "tilt", "event": break
    case nil: Issue.record("no message: \(line)")
    default: answers += 1
    }
  }
}
