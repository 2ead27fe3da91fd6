// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import Logging
import PostureCore
import PostureFormats

/// The accelerometer's calibration on the service side: the one that is kept, and the client who takes a new one.
///
/// Used by the hub alone, on its event loop. Poses are looked for in the frames that the sampling thread publishes
/// anyway: it has nothing more to do for it.
package struct SensorCalibrator: Sendable {
  /// Why a request cannot be served.
  struct Refusal: Error {
    let text: String
  }

  /// For how long a client may keep the others waiting without a new pose.
  static var patience: Interval { .seconds(600) }

  private let store: CalibrationStore?
  private let isSimulated: Bool
  /// The one that is kept or was applied.
  private var record: CalibrationRecord?
  /// What is the matter with the one that is kept.
  private var fault: String?
  /// The client whose poses are looked for.
  private(set) var client: ObjectIdentifier?
  /// The sensor that this client turns.
  private var sensor = ""
  private var collector = PoseCollector()
  /// When it began, or the last new pose came, in microseconds.
  private var lastProgress: Int64 = 0
  private let now: @Sendable () -> Int64
  /// What the client was told last.
  private var lastFinding: PoseMessage.Finding?

  /// - Parameters:
  ///   - store: nil keeps a calibration in memory alone.
  ///   - isSimulated: the sensor is.
  ///   - now: microseconds of a clock of the world, even where the samples' time is simulated.
  package init(
    store: CalibrationStore? = nil, isSimulated: Bool = false,
    now: @escaping @Sendable () -> Int64 = { SystemClock().now() }
  ) {
    self.now = now
    self.store = store
    self.isSimulated = isSimulated
    switch store?.load() {
    case .record(let record): self.record = record
    case .damaged(let why): fault = why
    case .some(.none), nil: break
    }
  }

  /// What the sampling thread is to begin with.
  package var kept: KeptCalibration? { record.flatMap { KeptCalibration($0, isSimulated: isSimulated) } }

  /// Says at the start what is the matter with the file.
  func announce(_ logger: Logger) {
    if let fault { logger.warning("accelerometer: not calibrated: \(fault)") }
  }

  /// The sensor has been found.
  mutating func found(_ sensor: SensorDescription, _ logger: Logger) {
    guard let record, let path = store?.path else { return }
    let name = name(of: sensor)
    if record.sensor == name {
      fault = nil
      logger.notice("accelerometer: calibrated \(record.taken), residual \(mg(record.residual))")
    } else {
      fault = "\(path) is of \(InputError.quote(record.sensor)), this is \(InputError.quote(name)): not applied"
      logger.warning("accelerometer: not calibrated: \(fault ?? "")")
    }
  }

  /// Takes a frame; returns what its client is to be told.
  mutating func take(_ frame: Frame) -> PoseMessage? {
    guard client != nil else { return nil }
    // Without an estimate the samples say nothing: the sensor repeats itself.
    guard frame.output.up != nil else {
      collector.interrupt()
      return message(.lost)
    }
    guard let finding = collector.update(frame.measurement.sample) else { return nil }
    if case .taken = finding { lastProgress = now() }
    return message(of: finding)
  }

  /// Where the client has shown no new pose for too long: makes way for another; returns whom to tell what.
  mutating func expire() -> (client: ObjectIdentifier, message: ErrorMessage)? {
    guard let client, now() - lastProgress > Self.patience.microseconds else { return nil }
    self.client = nil
    let minutes = Int(Self.patience.seconds / 60)
    return (client, ErrorMessage("calibrate-sensor: ended, because there was no new pose for \(minutes) min"))
  }

  /// The sensor gives no samples.
  mutating func lose() -> PoseMessage? {
    guard client != nil else { return nil }
    collector.interrupt()
    return message(.lost)
  }

  /// A client wants to calibrate: poses are looked for from now on.
  mutating func begin(for client: ObjectIdentifier, _ state: ServiceState) throws(Refusal) -> CalibrateSensorMessage {
    guard state.facts.source != "trace" else {
      throw Refusal(text: "calibrate-sensor: the source is a recording, which has no sensor to turn")
    }
    guard let sensor = state.description, state.state.isSampling else {
      throw Refusal(text: "calibrate-sensor: the sensor is \(state.state.rawValue)")
    }
    guard self.client == nil || self.client == client else {
      throw Refusal(text: "calibrate-sensor: another client is calibrating the sensor")
    }
    // Better now than after nine poses.
    do throws(SystemError) { try store?.prepare() } catch {
      throw Refusal(text: "calibrate-sensor: a calibration could not be stored: \(error.message)")
    }
    self.client = client
    lastProgress = now()
    self.sensor = name(of: sensor)
    collector = PoseCollector()
    lastFinding = nil
    return CalibrateSensorMessage(sensor: self.sensor, window_s: StillWindow.Parameters().length.seconds)
  }

  mutating func end(for client: ObjectIdentifier) {
    if self.client == client { self.client = nil }
  }

  /// Keeps what the client's poses say; returns it, to be applied.
  mutating func apply(for client: ObjectIdentifier, _ logger: Logger) throws(Refusal) -> AccelerometerCalibration {
    guard self.client == client else {
      throw Refusal(text: "apply-sensor-calibration: found no poses, expected calibrate-sensor before it")
    }
    let fit = collector.fit
    guard let solution = fit.solve() else {
      let what =
        fit.count < AccelerometerFit.fewestPoses
        ? "\(fit.count) poses, expected at least \(AccelerometerFit.fewestPoses)"
        : "poses that \(PoseMessage.lack(fit.undetermined.names)), expected the sensor turned more ways, and laid down"
      throw Refusal(text: "apply-sensor-calibration: found \(what)")
    }
    if let refusal = solution.refusal { throw Refusal(text: "refused: " + refusal.text(solution)) }
    guard let calibration = solution.calibration else { throw Refusal(text: "refused: no sensor can be so") }
    let record = CalibrationRecord(
      solution, of: calibration, sensor: sensor, taken: WallClock.date(), poses: fit.count)
    do throws(SystemError) { try store?.store(record) } catch {
      throw Refusal(text: "not applied, because it cannot be stored: \(error.message)")
    }
    self.record = record
    fault = nil
    self.client = nil
    let place = store.map { ", stored in \($0.path)" } ?? ""
    logger.notice("accelerometer: calibrated, \(calibration.text), residual \(mg(record.residual))\(place)")
    return calibration
  }

  /// Forgets what is kept; false where nothing was.
  mutating func clear(_ state: ServiceState, _ logger: Logger) throws(Refusal) -> Bool {
    guard state.facts.source != "trace" else {
      throw Refusal(text: "clear-sensor-calibration: the source is a recording, whose calibration is part of it")
    }
    var wasKept = record != nil
    do throws(SystemError) { if try store?.remove() == true { wasKept = true } } catch {
      throw Refusal(text: "clear-sensor-calibration: \(error.message)")
    }
    if wasKept { logger.notice("accelerometer: its calibration has been removed") }
    record = nil
    fault = nil
    return wasKept
  }

  /// - Parameter inForce: what the sampling thread corrects the samples by, or has been told to.
  func message(_ inForce: AccelerometerCalibration) -> SensorCalibrationMessage {
    SensorCalibrationMessage(
      is_calibrated: inForce != .identity, path: store?.path, fault: fault, record)
  }

  /// Fills in what a status says of it.
  func complete(_ status: inout StatusMessage, _ inForce: AccelerometerCalibration) {
    status.accelerometer_calibrated = inForce != .identity
    status.calibration_fault = fault
    // One that is kept for this sensor is in force with its first sample.
    guard let record, inForce != .identity || fault == nil else { return }
    status.calibration_taken = record.taken
    status.calibration_residual_mg = record.residual
  }

  private func name(of sensor: SensorDescription) -> String {
    SensorModel.fullName(sensor.model, sensor.address, isSimulated: isSimulated)
  }

  private func mg(_ value: Double) -> String { Decimal.text(value, places: 2) + " mg" }

  private mutating func message(of finding: PoseCollector.Finding) -> PoseMessage? {
    switch finding {
    case .moving: return message(.moving)
    case .still: return message(.still)
    case .taken: return message(.taken) { $0.show(pose: $1.count - 1, of: $1) }
    case .known(let pose): return message(.known) { $0.show(pose: pose, of: $1) }
    case .implausible(let length):
      return message(.implausible) { message, _ in message.length_mg = length.milliG.rounded(places: 2) }
    }
  }

  /// Nil where the client has just been told the same.
  private mutating func message(
    _ finding: PoseMessage.Finding, _ complete: (inout PoseMessage, AccelerometerFit) -> Void = { _, _ in }
  ) -> PoseMessage? {
    guard lastFinding != finding || finding == .taken || finding == .known else { return nil }
    lastFinding = finding
    var message = PoseMessage(
      finding: finding, poses: collector.fit.count,
      seen: SensorAxis.allCases.filter { collector.hasSeen($0) }.map(\.name),
      undetermined: collector.fit.undetermined.names)
    message.fit = collector.fit.solve().map { FitMessage($0) }
    complete(&message, collector.fit)
    return message
  }
}

extension PoseMessage {
  fileprivate mutating func show(pose: Int, of fit: AccelerometerFit) {
    let mean = fit[pose]
    self.pose = pose + 1
    up = SensorAxis(nearest: mean).name
    acceleration_mg = [mean.x, mean.y, mean.z].map { $0.milliG.rounded(places: 2) }
  }
}
