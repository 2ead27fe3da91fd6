// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import PostureCore
import PostureFormats

/// Records everything into files that follow each other, each of which can be replayed alone, and all of them as one.
///
/// Used by the hub alone, on its event loop. A disk that fails is one error in the log and is tried again later;
/// sampling goes on.
final class Archive {
  /// In microseconds: a kill loses at most so much, and an SD card is written no oftener.
  private static let flushPeriod: Int64 = 5_000_000
  private static let bufferSize = 65_536
  /// Between two looks at the budget, and between two tries of a disk that has failed, in microseconds.
  private static let upkeepPeriod: Int64 = 60_000_000
  private static let day: Int64 = 86_400_000_000
  /// Of the budget, for one file: there is always an older one to remove.
  private static let shareOfBudget = 4
  /// Names of ended files that are remembered: months of hours, days of minutes, in less than half a megabyte.
  private static let mostRemembered = 4096

  /// What a file may begin with.
  struct Beginning {
    /// With the sample that is the last one by now as its end.
    let opening: BlackBoxTrace
    /// For a file that begins with the first sample of all, which needs no opening.
    let header: TraceHeader?
  }

  private var configuration: Configuration.Recording
  private let now: () -> Int64
  private var file: FileWriter?
  private var name: String?
  private var trace = LiveTrace()
  private var pending: [UInt8] = []
  /// Bytes of the file.
  private var written = 0
  /// By the time of its samples.
  private var end: Int64 = .max
  private var nextFlush: Int64 = .min
  private var nextUpkeep: Int64 = .min
  private var nextTry: Int64 = .min
  private var hasFailed = false
  /// What this run has recorded, and when each ended by a clock that nobody sets.
  private var ended: [(name: String, time: Int64)] = []
  /// Why the last look at the budget did not succeed; said once.
  private var hindrance: String?

  init(_ configuration: Configuration.Recording, now: @escaping () -> Int64 = { SystemClock().now() }) {
    self.configuration = configuration
    self.now = now
  }

  private var files: ArchiveFiles? { configuration.directory.map { ArchiveFiles(directory: $0) } }

  /// In force from the next sample on; another directory begins another recording.
  func configure(_ new: Configuration.Recording, _ logger: Logger) {
    if new.directory != configuration.directory {
      close(logger)
      (hasFailed, nextTry) = (false, .min)
      ended = []
    }
    configuration = new
    nextUpkeep = .min
  }

  /// - Parameters:
  ///   - settings: by which the sample is judged, where they are others than before.
  ///   - judgedBy: by which it is judged.
  ///   - reason: why samples are missing before it.
  ///   - begin: nil where no chip gives samples.
  func take(
    _ frame: Frame, _ settings: [TraceSetting]?, judgedBy: [TraceSetting], reason: String, _ logger: Logger,
    begin: () -> Beginning?
  ) {
    guard let files, let time = frame.measurement.raw?.time.microseconds else { return }
    guard name != nil else {
      if now() >= nextTry, let beginning = begin() {
        // What is too much may be what the disk is full of.
        tidy(files, logger)
        open(files, beginning, frame, judgedBy, logger)
      }
      return
    }
    if let settings { trace.judge(by: settings, at: frame.output.time, to: &pending) }
    trace.append(
      frame.measurement, exposure: Double(frame.output.exposure), lostSoFar: frame.lost, reason: reason, to: &pending)
    let isFull = written + pending.count > configuration.budget / Self.shareOfBudget
    if time >= end || isFull, trace.isSettled, let beginning = begin() {
      goOn(files, beginning, frame, judgedBy, logger)
    }
  }

  func take(fault name: String, at time: Timestamp) {
    if self.name != nil { trace.append(fault: name, at: time, to: &pending) }
  }

  func take(_ mark: TraceMark) {
    if name != nil { trace.append(mark, to: &pending) }
  }

  /// Writes what is due, and removes what is too much, whether or not anything is being recorded.
  func upkeep(_ logger: Logger) {
    guard let files else { return }
    let now = now()
    if name != nil, now >= nextFlush || pending.count >= Self.bufferSize {
      nextFlush = now + Self.flushPeriod
      write(logger)
    }
    if now >= nextUpkeep { tidy(files, logger) }
  }

  private func tidy(_ files: ArchiveFiles, _ logger: Logger) {
    let now = now()
    nextUpkeep = now + Self.upkeepPeriod
    if let days = configuration.age { ended.removeAll { now - $0.time > Int64(days) * Self.day } }
    do throws(SystemError) {
      let removed = try files.tidy(
        budget: configuration.budget, days: configuration.age, keeping: name, recent: ended.map(\.name))
      if removed > 0 { logger.info("recording: removed \(removed) of the oldest files in \(files.directory)") }
      hindrance = nil
    } catch {
      if error.message != hindrance { logger.warning("recording: \(error.message)") }
      hindrance = error.message
    }
  }

  /// The recording ends: with another sensor, another directory, or the daemon.
  func close(_ logger: Logger) {
    guard name != nil else { return }
    write(logger)
    finish(logger)
  }

  private func open(
    _ files: ArchiveFiles, _ beginning: Beginning, _ frame: Frame, _ judgedBy: [TraceSetting], _ logger: Logger
  ) {
    var (trace, text) = (LiveTrace(), [] as [UInt8])
    if var header = beginning.header {
      header.settings = judgedBy
      trace.begin(header, correctedBy: frame.accelerometer, to: &text)
      trace.append(
        frame.measurement, exposure: Double(frame.output.exposure), lostSoFar: frame.lost, reason: "late", to: &text)
    } else {
      trace = LiveTrace(after: beginning.opening, judgedBy: judgedBy, lostSoFar: frame.lost, to: &text)
    }
    begin(files, trace, text, at: frame, logger)
  }

  /// In another file, which begins with the end of this one.
  private func goOn(
    _ files: ArchiveFiles, _ beginning: Beginning, _ frame: Frame, _ judgedBy: [TraceSetting], _ logger: Logger
  ) {
    guard let name else { return }
    var (opening, text) = (beginning.opening, [] as [UInt8])
    opening.follow(name)
    let trace = LiveTrace(after: opening, judgedBy: judgedBy, lostSoFar: frame.lost, to: &text)
    // A command of the opening among the new rows would be none of the daemon's: with the next sample, then.
    guard trace.isSettled else { return }
    write(logger)
    finish(logger)
    if !hasFailed { begin(files, trace, text, at: frame, logger) }
  }

  private func begin(_ files: ArchiveFiles, _ trace: LiveTrace, _ text: [UInt8], at frame: Frame, _ logger: Logger) {
    do throws(SystemError) {
      let created = try files.create()
      name = ArchiveFiles.name(of: created.name)
      file = consume created
    } catch { return fail(error.message, files.directory, logger) }
    self.trace = trace
    (pending, written) = (text, 0)
    end = frame.output.time.microseconds + configuration.fileLength.microseconds
    nextUpkeep = .min
    write(logger)
    // What cannot even begin is no recording.
    guard let name else { return }
    if hasFailed { logger.notice("recording into \(files.directory) goes on") }
    hasFailed = false
    logger.info("recording: \(files.path(name))")
  }

  private func write(_ logger: Logger) {
    do throws(FileWriter.Failure) {
      try file?.write(pending.span)
      try file?.flush()
      written += pending.count
      pending.removeAll(keepingCapacity: true)
    } catch { fail(error.message, configuration.directory ?? "", logger) }
  }

  private func finish(_ logger: Logger) {
    remember()
    name = nil
    do throws(FileWriter.Failure) { try file.take()?.close() } catch {
      fail(error.message, configuration.directory ?? "", logger)
    }
  }

  /// What is about to be no longer written, unless it holds nothing.
  private func remember() {
    guard let name, written > 0 else { return }
    if ended.count == Self.mostRemembered { ended.removeFirst() }
    ended.append((name, now()))
  }

  private func fail(_ message: String, _ directory: String, _ logger: Logger) {
    let started = name
    remember()
    // Dropped without another try: what it held has been given up.
    _ = file.take()
    (name, trace) = (nil, LiveTrace())
    pending.removeAll()
    nextTry = now() + Self.upkeepPeriod
    if written == 0, let started {
      // It holds no whole row.
      do throws(SystemError) { try FileAttributes.remove("\(directory)/\(started)") } catch {
        logger.warning("recording: \(error.message)")
      }
    }
    guard !hasFailed else { return }
    hasFailed = true
    logger.error("recording into \(directory) has stopped, and is tried again every minute: \(message)")
  }
}
