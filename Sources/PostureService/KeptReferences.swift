// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats

/// The reference postures with which the sampling thread begins, and the one sensor that they are for.
package struct KeptReferences: BitwiseCopyable, Sendable, Equatable {
  package let model: SensorModel
  package let address: I2CAddress
  // Each until it has been asked for.
  private var sitting: KeptReference?
  private var standing: KeptReference?
  private var car: KeptReference?
  private var inUse: ReferenceName?

  /// Nil where the record is of a sensor that this source cannot have.
  package init?(_ record: ReferencesRecord, isSimulated: Bool) {
    guard let (model, address) = SensorModel.sensor(named: record.sensor, isSimulated: isSimulated) else { return nil }
    self.model = model
    self.address = address
    sitting = record.entries[.sitting]?.reference
    standing = record.entries[.standing]?.reference
    car = record.entries[.car]?.reference
    // One that is not there is nothing to be asked for, and refused, at each start.
    inUse = record.entries[record.inUse] == nil ? nil : record.inUse
  }

  /// What goes with the next sample, one command each; nil where all has been said, or the sensor is another one.
  mutating func next(for sensor: SensorDescription) -> Command? {
    guard model == sensor.model && address == sensor.address else { return nil }
    if let kept = sitting.take() { return .setReference(.sitting, kept) }
    if let kept = standing.take() { return .setReference(.standing, kept) }
    if let kept = car.take() { return .setReference(.car, kept) }
    return inUse.take().map { .useReference($0) }
  }
}
