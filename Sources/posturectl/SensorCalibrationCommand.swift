// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct SensorCalibrationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensor", abstract: "Find the accelerometer's offset and scale, and take them off every sample.",
    discussion: """
      It asks you to lay the sensor down on each of its sides and on some edges, and sees by itself when it lies \
      still. What it finds is shown, then stored and applied, unless it is implausible or contradicts itself. Ctrl-C \
      leaves everything as it was.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Option(
    help: ArgumentHelp(
      "Take at least so many poses, \(AccelerometerFit.fewestPoses) to \(AccelerometerFit.mostPoses).", valueName: "n"))
  var poses = AccelerometerFit.fewestPoses

  @Option(help: ArgumentHelp("Give up after so long, as 90s or 5min.", valueName: "time"))
  var timeout = "10min"

  @Flag(help: "Show what is found, and neither store nor apply it.")
  var dryRun = false

  @Flag(help: "Only show the calibration that there is.")
  var show = false

  @Flag(help: "Only remove the calibration that there is.")
  var reset = false

  private var patience: Interval? {
    guard let quantity = Quantity(timeout), let interval = Interval(quantity), interval > .zero else { return nil }
    return interval
  }

  func validate() throws {
    guard (AccelerometerFit.fewestPoses...AccelerometerFit.mostPoses).contains(poses) else {
      throw ValidationError("--poses takes \(AccelerometerFit.fewestPoses) to \(AccelerometerFit.mostPoses).")
    }
    guard patience != nil else { throw ValidationError("--timeout takes a time, as s, ms or min.") }
    guard [dryRun, show, reset].count(where: { $0 }) <= 1 else {
      throw ValidationError("--dry-run, --show and --reset exclude each other.")
    }
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      if show || reset {
        let request = show ? "sensor-calibration" : "clear-sensor-calibration"
        let (message, line) = try daemon.answer(SensorCalibrationMessage.self, to: request)
        if connection.json { return try printLine(line) }
        return try printLine(reset ? CalibrationTexts.cleared(message) : CalibrationTexts.stored(message))
      }
      let pose = try collect(&daemon)
      guard let fit = pose.fit else { preconditionFailure("poses that are enough have a fit") }
      if !connection.json { try printLine(CalibrationTexts.result(fit)) }
      if let refusal = fit.refusal { throw ProgramError(.temporaryFailure, "refused: \(refusal)") }
      if dryRun { return connection.json ? () : try printLine("Nothing was changed.") }
      let (applied, line) = try daemon.answer(
        SensorCalibrationMessage.self, to: "apply-sensor-calibration", skipping: "pose")
      try printLine(connection.json ? line : CalibrationTexts.applied(applied))
    }
  }

  /// Until there are poses enough; returns the last of them.
  private func collect(_ daemon: inout Connection) throws -> PoseMessage {
    let (begun, line) = try daemon.answer(CalibrateSensorMessage.self, to: "calibrate-sensor")
    var guide = PoseGuide(wanted: poses, isLive: !connection.json && Terminal.isTerminal(1))
    try printLine(connection.json ? line : guide.opening(begun))
    let end = SystemClock().now() + (patience ?? .zero).microseconds
    var count = 0
    // Whatever comes next, it begins on a line of its own.
    defer { guide.finish() }
    while let line = try next(&daemon, until: end, count) {
      if let error = JSONLine.decode(ErrorMessage.self, from: line) {
        throw ProgramError(error)
      }
      guard let pose = JSONLine.decode(PoseMessage.self, from: line) else { continue }
      count = pose.poses
      if connection.json { try printLine(line) } else { try guide.show(pose) }
      if guide.isEnough(pose) { return pose }
      guard count < begun.most_poses else {
        throw ProgramError(
          .temporaryFailure,
          "\(count) poses \(PoseMessage.lack(pose.undetermined)): turn the sensor more ways, and lay it down in each")
      }
    }
    throw ProgramError(.unavailable, "the daemon hung up")
  }

  private func next(_ daemon: inout Connection, until end: Int64, _ count: Int) throws -> String? {
    do {
      return try daemon.next(timeout: Int(max(0, end - SystemClock().now()) / 1000))
    } catch UnixSocketError.timedOut {
      throw ProgramError(
        .temporaryFailure, "\(count) of \(poses) poses within \(timeout): nothing was changed")
    }
  }
}
