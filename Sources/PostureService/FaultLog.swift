// SPDX-License-Identifier: MIT
import Drivers
import Logging
import PostureCore
import PostureFormats

/// Says in the log what befalls sensor and motor: each fault once until the sensor is well again, however often it is
/// tried anew.
struct FaultLog {
  /// Kinds of fault that have been said since the sensor was well.
  private var said: Set<String> = []
  private var isMending = false

  init() {}

  /// - Parameters:
  ///   - before: the state before the publication.
  ///   - bus: the adapter's path or name; nil without hardware.
  mutating func note(
    _ publication: Publication, _ before: ServiceState.SourceState, bus: String?, _ logger: Logger
  ) {
    switch publication {
    case .sensorFound(let found):
      let gyroscope = found.hasGyroscope ? "" : ", without a gyroscope"
      let rate = (1 / found.period.seconds).rounded(places: 2)
      logger.notice("found \(found.model.name)\(gyroscope): \(found.mode.name), \(rate) Hz")
    case .sensorFault(let fault, _):
      guard said.insert(fault.name).inserted else { break }
      logger.warning("sensor: \(fault.text(bus: bus))")
    case .sensorState(let state): note(state, before, logger)
    case .motorFault(let error): logger.error("motor: \(error.text)")
    case .motorRecovered: logger.notice("motor: its line works again")
    case .motorCutOff: logger.error("motor: on for too long, switched off")
    case .ended: logger.notice("the source has ended")
    case .frame, .motor: break
    }
  }

  private mutating func note(_ state: SensorState, _ before: ServiceState.SourceState, _ logger: Logger) {
    switch state {
    case .lost:
      if !isMending { logger.warning("sensor lost: the motor stays off until it is back") }
      isMending = true
    case .running:
      if isMending { logger.notice("sensor is back") } else if before == .starting { logger.notice("sampling") }
      isMending = false
      said = []
    case .starting, .degraded, .recovering: break
    }
  }
}
