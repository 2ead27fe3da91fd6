// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import Logging
import PostureCore
import PostureFormats

/// The reference postures on the service side: what is kept of them, and what is the matter with its file.
///
/// Used by the hub alone, on its event loop, because it waits for the disk. What is taken counts whether or not it can
/// be stored; what could not be is stored with the next change.
package struct ReferenceKeeper: Sendable {
  private let store: ReferenceStore?
  private let isSimulated: Bool
  private let date: @Sendable () -> String
  private var record: ReferencesRecord?
  /// What is the matter with what is kept.
  package private(set) var fault: String?

  /// - Parameters:
  ///   - store: nil keeps them in memory alone.
  ///   - isSimulated: the sensor is.
  ///   - date: of now, as it is shown to people: nothing is decided by it, because a machine without a battery for its
  ///     clock may have it wrong.
  package init(
    store: ReferenceStore? = nil, isSimulated: Bool = false,
    date: @escaping @Sendable () -> String = { WallClock.date() }
  ) {
    self.store = store
    self.isSimulated = isSimulated
    self.date = date
    switch store?.load() {
    case .record(let record): self.record = record
    case .damaged(let why): fault = why
    case .some(.none), nil: break
    }
  }

  /// What the sampling thread is to begin with.
  package var kept: KeptReferences? { record.flatMap { KeptReferences($0, isSimulated: isSimulated) } }

  /// Says at the start what is the matter with the file.
  package func announce(_ logger: Logger) {
    if let fault { logger.warning("reference: none is kept: \(fault)") }
  }

  /// The sensor has been found.
  package mutating func found(_ sensor: SensorDescription, _ logger: Logger) {
    guard let record, let path = store?.path else { return }
    let name = name(of: sensor)
    guard record.sensor != name else {
      if !record.entries.isEmpty {
        logger.notice("reference: kept \(record.taken.joined(separator: ", ")); \(record.inUse.name) in use")
      }
      return
    }
    fault = "\(path) is of \(InputError.quote(record.sensor)), this is \(InputError.quote(name)): not used"
    logger.warning("reference: none is kept: \(fault ?? "")")
  }

  /// A reference posture has been taken.
  package mutating func note(
    _ name: ReferenceName, _ reference: KeptReference, sensor: SensorDescription, _ logger: Logger
  ) {
    let entry = ReferencesRecord.Entry(reference, taken: date())
    change(of: sensor, logger) { $0.entries[name] = entry }
  }

  /// Another one is in use.
  package mutating func use(_ name: ReferenceName, sensor: SensorDescription, _ logger: Logger) {
    change(of: sensor, logger) { $0.inUse = name }
  }

  package mutating func forget(_ name: ReferenceName, sensor: SensorDescription, _ logger: Logger) {
    change(of: sensor, logger) { $0.entries[name] = nil }
  }

  /// What is kept of another sensor, and a damaged file, give way to the first change.
  private mutating func change(
    of sensor: SensorDescription, _ logger: Logger, _ change: (inout ReferencesRecord) -> Void
  ) {
    let sensor = name(of: sensor)
    var changed = ReferencesRecord(sensor: sensor)
    if let record, record.sensor == sensor { changed = record }
    change(&changed)
    guard changed != record || fault != nil else { return }
    record = changed
    do throws(SystemError) {
      try store?.store(changed)
      if fault != nil { logger.notice("reference: stored in \(store?.path ?? "")") }
      fault = nil
    } catch {
      let why = "not stored: \(error.message)"
      if fault != why { logger.error("reference: \(why)") }
      fault = why
    }
  }

  private func name(of sensor: SensorDescription) -> String {
    SensorModel.fullName(sensor.model, sensor.address, isSimulated: isSimulated)
  }
}
