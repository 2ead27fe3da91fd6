// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import LinuxIO
import PostureCore
import PostureFormats
import PostureSimulation
import Synchronization
import TestSupport
import Testing

@testable import PostureService

/// Everything, in files that follow each other.
struct ArchiveTests {
  private let directory = TemporaryDirectory()
  private let log = LogLines()
  private let clock = Clock()

  final class Clock: Sendable {
    private let time = Atomic<Int64>(0)
    var now: Int64 { time.load(ordering: .relaxed) }
    func advance(by microseconds: Int64) { time.add(microseconds, ordering: .relaxed) }
  }

  private func archive(seconds: Double = 3600, budget: Int = 1 << 40, in path: String? = nil) -> Archive {
    var configuration = Configuration.Recording()
    configuration.directory = path ?? directory.path
    configuration.fileLength = .seconds(seconds)
    configuration.budget = budget
    let clock = clock
    return Archive(configuration) { clock.now }
  }

  /// As the hub does it.
  private func take(_ frames: some Sequence<Frame>, into archive: Archive, _ box: inout BlackBox, isFirst: Bool = true)
  {
    var (isFirst, judgement) = (isFirst, UInt32(0))
    let names = { (number: UInt32) in number == 0 ? [] : [TraceSetting(key: "detector.hold", value: "\(number) s")] }
    for frame in frames {
      box.take(frame)
      let settings = frame.judgement == judgement ? nil : names(frame.judgement)
      judgement = frame.judgement
      archive.take(frame, settings, judgedBy: names(judgement), reason: "late", log.logger) {
        Archive.Beginning(
          opening: box.trace(lastSeconds: 0, header: someHeader(), settings: names),
          header: isFirst ? someHeader() : nil)
      }
      isFirst = false
      archive.upkeep(log.logger)
    }
  }

  private var pieces: [String] {
    directory.names.filter { ArchiveFiles.date(in: $0) != nil }
  }

  /// What is decided, and every bit of up.
  private func replay(_ names: [String]) throws -> (events: [String], checksum: String) {
    var options = Replay.Options()
    options.parameters = .holding
    var replay = Replay(source: directory.file(names[0]), options)
    for (index, name) in names.enumerated() {
      if index > 0 { try replay.follow(directory.file(name)) }
      try replay.read(Array(contents(of: directory.file(name)).utf8).span)
    }
    try replay.finish()
    #expect(replay.cut == nil)
    return (text([replay.events]).split(separator: "\n").map(String.init), replay.summary.checksumLine)
  }

  /// Faults, commands and other settings; the pieces together are the whole, bit for bit.
  @Test func thePiecesReplayedAfterEachOtherDecideAsTheDaemonDid() throws {
    let loop = LoopBench(
      .slouchUntilReminded, faults: [.noAnswer(from: at(33), to: at(36))], capacity: 512, settings: batched)
    var frames = loop.frames(for: .seconds(22))
    #expect(loop.service.send(.setMode(.tracking)))
    frames += loop.frames(for: .seconds(20))
    var parameters = PosturePipeline.Parameters.holding
    parameters.detector.hold = .seconds(7)
    loop.judge(by: parameters, number: 7)
    #expect(loop.service.send(.setMode(.training)))
    frames += loop.frames(for: .seconds(63))
    let archive = archive(seconds: 10)
    var box = BlackBox()
    take(frames, into: archive, &box)
    archive.close(log.logger)

    let names = pieces
    #expect(names.count >= 8)
    var checksum = ReplaySummary()
    for frame in frames {
      checksum.samples += 1
      checksum.include(frame.output.up)
    }
    let replayed = try replay(names)
    #expect(replayed.checksum == checksum.checksumLine)
    let start = try #require(frames.first?.time)
    let live = frames.events.map { event in
      var event = event
      event.time_us -= start
      return event.text
    }
    #expect(replayed.events == live)
    #expect(live.contains { $0.contains(" gap ") } && live.contains { $0.contains(" deviated ") })
    // Alone each can be replayed too; out of their order they are refused.
    for name in names { _ = try replay([name]) }
    #expect(throws: InputError.self) { _ = try replay([names[0], names[2]]) }
    #expect(throws: InputError.self) { _ = try replay([names[1], names[0]]) }
    #expect(log.count(of: "error") == 0 && log.count(of: "warning") == 0)
  }

  @Test func theOldestGoAndNothingElseDoes() throws {
    for name in ["postured-2020-01-01T000000Z-01.trace", "postured-2020-01-01T000000Z-02.trace"] {
      try write(String(repeating: "x", count: 30_000), to: directory.file(name))
    }
    let others = [
      "posture-2020-01-01T000000Z.trace", "postured-2020-01-01T000000Z-01.trace.gz", "postured-2020-01-01.trace",
      "notes.trace",
      "postured-2020-01-01T000000Z-1.trace", "postured-2020-01-01T000000Z-002.trace",
      "postured-2020-01-01T000000Z.trace",
    ]
    for name in others { try write(String(repeating: "x", count: 90_000), to: directory.file(name)) }
    let link = "postured-2019-01-01T000000Z-01.trace"
    #expect(symlink(directory.file("notes.trace"), directory.file(link)) == 0)
    let archive = archive(budget: 50_000)
    var box = BlackBox()
    take(Recorded.frames.prefix(100), into: archive, &box)
    // One of the two old ones was enough.
    #expect(!directory.names.contains("postured-2020-01-01T000000Z-01.trace"))
    #expect(directory.names.contains("postured-2020-01-01T000000Z-02.trace"))
    // A file ends with a quarter of the budget.
    take(Recorded.frames.prefix(4000).dropFirst(100), into: archive, &box, isFirst: false)
    archive.close(log.logger)
    clock.advance(by: 61_000_000)
    take(Recorded.frames.prefix(4010).dropFirst(4000), into: archive, &box, isFirst: false)
    let files = pieces.filter { $0 != link }
    let sizes = try files.map { try contents(of: directory.file($0)).utf8.count }
    #expect(files.count >= 3 && sizes.reduce(0, +) <= 70_000 && !files.contains { $0.contains("2020") }, "\(sizes)")
    for name in others + [link] { #expect(directory.names.contains(name)) }
    archive.close(log.logger)
  }

  @Test func whatThisRunRecordedIsYoungerThanAllOthersForAsLongAsItIsYoung() throws {
    let later = "postured-2999-01-01T000000Z-01.trace"
    for days in [0, 3] as [Int64] {
      for name in directory.names { unlink(directory.file(name)) }
      let archive = archive()
      var box = BlackBox()
      take(Recorded.frames.prefix(100), into: archive, &box)
      archive.close(log.logger)
      let own = try #require(pieces.first)
      try write("x", to: directory.file(later))
      var configuration = Configuration.Recording()
      configuration.directory = directory.path
      configuration.age = 2
      configuration.budget = try contents(of: directory.file(own)).utf8.count
      clock.advance(by: days * 86_400_000_000)
      archive.configure(configuration, log.logger)
      archive.upkeep(log.logger)
      #expect(directory.names == [days == 0 ? own : later])
    }
  }

  @Test func aDirectoryThatIsNotThereIsOneErrorAndIsTriedAgain() throws {
    let path = directory.file("no/where")
    let archive = archive(in: path)
    var box = BlackBox()
    take(Recorded.frames.prefix(200), into: archive, &box)
    clock.advance(by: 61_000_000)
    take(Recorded.frames.prefix(400).dropFirst(200), into: archive, &box, isFirst: false)
    let text = "recording into \(path) has stopped, and is tried again every minute: make the directory \(path): "
    #expect(log.lines == ["error: " + text + "No such file or directory"])
    // The directory itself is made, those above it are not.
    mkdir(directory.file("no"), 0o700)
    defer {
      for name in (try? Paths.files(in: path, endingIn: "")) ?? [] { unlink(name) }
      rmdir(path)
      rmdir(directory.file("no"))
    }
    take(Recorded.frames.prefix(500).dropFirst(400), into: archive, &box, isFirst: false)
    #expect(log.lines.count == 1)
    clock.advance(by: 61_000_000)
    take(Recorded.frames.prefix(600).dropFirst(500), into: archive, &box, isFirst: false)
    archive.close(log.logger)
    #expect(log.lines[1] == "notice: recording into \(path) goes on" && log.lines.count == 3)
    let files = try Paths.files(in: path, endingIn: ".trace")
    #expect(files.count == 1)
    var reader = TraceReader(source: "t")
    try reader.read(Array(contents(of: files[0]).utf8).span) { _ in }
    #expect(reader.samples == 600)
  }

  /// In a process of its own, in which no file may grow beyond its limit.
  @Test func aFullDiskIsOneErrorAndIsTriedAgain() async {
    await #expect(processExitsWith: .success) {
      let test = ArchiveTests()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4096, rlim_max: rlim_t.max)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let archive = test.archive()
      var box = BlackBox()
      for part in 0..<4 {
        test.take(
          Recorded.frames.prefix(500 * (part + 1)).dropFirst(500 * part), into: archive, &box, isFirst: part == 0)
        test.clock.advance(by: 61_000_000)
      }
      #expect(test.log.count(of: "error: recording into ") == 1, "\(test.log.lines)")
      // Those that could not even begin are gone.
      #expect(test.pieces.count == 1)
      limit.rlim_cur = rlim_t.max
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      test.take(Recorded.frames.prefix(2100).dropFirst(2000), into: archive, &box, isFirst: false)
      archive.close(test.log.logger)
      #expect(test.log.count(of: "error: ") == 1 && test.log.count(of: "notice: recording into ") == 1)
      _ = try test.replay([test.pieces.last ?? ""])
    }
  }

  /// In a process of its own, in which no file may grow at all.
  @Test func aFullDiskIsTidiedWhileNothingCanBeRecorded() async {
    await #expect(processExitsWith: .success) {
      let test = ArchiveTests()
      let old = ["postured-2020-01-01T000000Z-01.trace", "postured-2020-01-02T000000Z-01.trace"]
      for name in old { try write(String(repeating: "x", count: 30_000), to: test.directory.file(name)) }
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 0, rlim_max: rlim_t.max)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let archive = test.archive()
      var box = BlackBox()
      test.take(Recorded.frames.prefix(10), into: archive, &box)
      #expect(test.log.lines.count == 1 && test.directory.names == old, "\(test.log.lines)")
      var configuration = Configuration.Recording()
      configuration.directory = test.directory.path
      configuration.budget = 50_000
      archive.configure(configuration, test.log.logger)
      archive.upkeep(test.log.logger)
      #expect(test.directory.names == [old[1]])
      // Later too, and before the next try.
      try writeOld("", to: test.directory.file(old[0]))
      try writeOld("", to: test.directory.file(old[1]))
      configuration.age = 7
      archive.configure(configuration, test.log.logger)
      test.clock.advance(by: 61_000_000)
      test.take(Recorded.frames.prefix(20).dropFirst(10), into: archive, &box, isFirst: false)
      #expect(test.directory.names == [])
    }
  }

  @Test func anotherDirectoryBeginsAnotherRecordingAndNoneEndsIt() throws {
    let other = TemporaryDirectory()
    let archive = archive()
    var box = BlackBox()
    take(Recorded.frames.prefix(100), into: archive, &box)
    var configuration = Configuration.Recording()
    configuration.directory = other.path
    archive.configure(configuration, log.logger)
    take(Recorded.frames.prefix(200).dropFirst(100), into: archive, &box, isFirst: false)
    archive.configure(Configuration.Recording(), log.logger)
    take(Recorded.frames.prefix(300).dropFirst(200), into: archive, &box, isFirst: false)
    #expect(pieces.count == 1 && other.names.count == 1)
    // Neither continues the other.
    #expect(try !contents(of: other.file(other.names[0])).contains("# continues:"))
    _ = try replay(pieces)
  }

  @Test func nothingIsRecordedUnlessAskedFor() {
    let archive = Archive(Configuration.Recording())
    var box = BlackBox()
    take(Recorded.frames.prefix(10), into: archive, &box)
    archive.close(log.logger)
    #expect(log.lines == [])
  }
}
