// SPDX-License-Identifier: MIT
import HAL
import PostureCore

extension SensorModel {
  private static var count: UInt8 { 13 }

  /// The two addresses that such a chip can have, by the level of a pin.
  private var addresses: (UInt8, UInt8) {
    switch self {
    case .mpu6050, .mpu6500, .mpu9250, .mpu9255, .icm20689, .icm20602, .icm20608, .bmi160: (0x68, 0x69)
    case .lsm6ds3, .lsm6ds3trc, .lsm6dso: (0x6A, 0x6B)
    case .lis3dh: (0x18, 0x19)
    case .adxl345: (0x53, 0x1D)
    }
  }

  /// Whether such a chip can be there, and says what it is in that register.
  fileprivate func fits(_ place: ChipPlace, _ settings: SensorSettings) -> Bool {
    let (low, high) = addresses
    return (place.address.value == low || place.address.value == high)
      && ChipProfile(self, settings).identity.register == place.register
  }

  fileprivate static func known(by identity: UInt8, at place: ChipPlace, _ settings: SensorSettings) -> SensorModel? {
    for index in 0..<count {
      guard let model = SensorModel(rawValue: index), model.fits(place, settings) else { continue }
      if ChipProfile(model, settings).identity.value == identity { return model }
    }
    return nil
  }
}

/// A place where a chip may be: an address and the register that would say so.
struct ChipPlace: BitwiseCopyable, Sendable {
  var address: I2CAddress
  var register: UInt8
}

/// Looks for a chip, one place after the other: a transfer each, that reads one register and writes none.
struct ChipSearch: BitwiseCopyable, Sendable {
  private static var places: InlineArray<10, (address: UInt8, register: UInt8)> {
    [
      (0x68, 0x75), (0x69, 0x75), (0x68, 0x00), (0x69, 0x00), (0x6A, 0x0F), (0x6B, 0x0F), (0x18, 0x0F), (0x19, 0x0F),
      (0x53, 0x00), (0x1D, 0x00),
    ]
  }

  private let settings: SensorSettings
  private let address: I2CAddress?
  private var index = 0
  /// What is reported if nothing better comes: the first chip that is none of those looked for, or a place that
  /// somebody else holds.
  private(set) var failure = SensorFault.notFound

  /// - Parameter address: nil looks at every one.
  init(_ settings: SensorSettings, at address: I2CAddress?) {
    self.settings = settings
    self.address = address
  }

  /// The next place to look at; nil when all have been.
  mutating func next() -> ChipPlace? {
    while index < Self.places.count {
      let (number, register) = Self.places[index]
      index += 1
      guard let address = I2CAddress(number), self.address == nil || self.address == address else { continue }
      let place = ChipPlace(address: address, register: register)
      if settings.model?.fits(place, settings) ?? true { return place }
    }
    return nil
  }

  /// The model of the chip that answered so; nil where it is none that is looked for.
  mutating func identify(_ identity: UInt8, at place: ChipPlace) -> SensorModel? {
    if let model = settings.model {
      if identity == ChipProfile(model, settings).identity.value || identity == settings.acceptedIdentity {
        return model
      }
    } else if let known = SensorModel.known(by: identity, at: place, settings) {
      return known
    }
    if case .wrongIdentity = failure { return nil }
    failure = .wrongIdentity(identity, at: place.address)
    return nil
  }

  /// That place could not be asked: true where the search goes on, which it does where merely nothing is there.
  mutating func passes(_ error: I2CError) -> Bool {
    switch error {
    case .noAcknowledge: return true
    case .busy:
      if failure == .notFound { failure = .bus(.busy) }
      return true
    default: return false
    }
  }
}
