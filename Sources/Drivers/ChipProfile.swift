// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// One register and what it is to hold.
package struct RegisterSetting: BitwiseCopyable, Sendable, Equatable {
  package var register: UInt8
  package var value: UInt8
  /// The bits that read back as written; 0 for a register that clears itself or cannot be read.
  package var mask: UInt8

  package init(_ register: UInt8, _ value: UInt8, mask: UInt8 = 0xFF) {
    self.register = register
    self.value = value
    self.mask = mask
  }
}

/// A few register settings, in the order in which they are written.
package struct RegisterSettings: BitwiseCopyable, Sendable {
  /// More than any chip here needs.
  package static var capacity: Int { 12 }

  private var settings = InlineArray<12, RegisterSetting>(repeating: RegisterSetting(0, 0))
  package private(set) var count = 0

  package init() {}

  package mutating func append(_ register: UInt8, _ value: UInt8, mask: UInt8 = 0xFF) {
    precondition(count < Self.capacity, "more settings than a chip has")
    settings[count] = RegisterSetting(register, value, mask: mask)
    count += 1
  }

  package subscript(index: Int) -> RegisterSetting { settings[index] }
}

/// Where the words of a sample stand among bytes: three of acceleration and, where there is a gyroscope, three of
/// angular velocity, x, y, z.
package struct WordLayout: BitwiseCopyable, Sendable {
  package var isBigEndian: Bool
  /// Offset of the first byte.
  package var acceleration: Int
  /// Nil without a gyroscope.
  package var angularVelocity: Int?

  package init(isBigEndian: Bool, acceleration: Int, angularVelocity: Int?) {
    self.isBigEndian = isBigEndian
    self.acceleration = acceleration
    self.angularVelocity = angularVelocity
  }
}

/// Where the chip says that a sample is new.
package enum ReadyFlag: BitwiseCopyable, Sendable {
  /// In the burst with the data, at that offset.
  case inBurst(offset: Int, mask: UInt8)
  /// In a register that is read before the data.
  case register(UInt8, mask: UInt8)
}

/// The data registers: one burst holds all axes of one sample.
package struct DataLayout: BitwiseCopyable, Sendable {
  /// As sent: with the bit set by which some chips are told to advance the register.
  package var first: UInt8
  /// At most 24 bytes.
  package var length: Int
  package var ready: ReadyFlag
  package var words: WordLayout

  package init(first: UInt8, length: Int, ready: ReadyFlag, words: WordLayout) {
    precondition((1...24).contains(length), "a burst of data registers is short")
    self.first = first
    self.length = length
    self.ready = ready
    self.words = words
  }
}

/// How the bytes of a FIFO are cut into samples.
package enum FIFOFraming: BitwiseCopyable, Sendable {
  /// Every record is a whole sample.
  case records(WordLayout)
  /// A record is a tag and three little-endian words of one sensor: the upper five bits of the tag say of which, the
  /// next two count the samples.
  case tagged(acceleration: UInt8, angularVelocity: UInt8)

  package var recordsPerSample: Int {
    switch self {
    case .records: 1
    case .tagged: 2
    }
  }
}

/// The chip's FIFO.
package struct FIFOLayout: BitwiseCopyable, Sendable {
  /// How full it is: one register, or two from this one on. As sent.
  package var level: UInt8
  package var levelLength: Int
  package var isLevelBigEndian: Bool
  /// The bits of the level that count, and how many bytes one count stands for.
  package var levelMask: UInt16
  package var bytesPerCount: Int
  /// A bit of the level registers, as one number, that says that samples were lost; 0 where there is none.
  package var overrunMask: UInt16
  /// As sent.
  package var data: UInt8
  /// Bytes.
  package var recordLength: Int
  /// Bytes; fuller than this less a few records is taken for an overrun, because its oldest bytes may be gone.
  package var capacity: Int
  /// How many records one transfer may read.
  package var recordsPerTransfer: Int
  package var framing: FIFOFraming
  /// Writes that stop the FIFO and empty it, and those that start it.
  package var stop: RegisterSettings
  package var start: RegisterSettings

  package init(
    level: UInt8, levelLength: Int, isLevelBigEndian: Bool, levelMask: UInt16, bytesPerCount: Int, overrunMask: UInt16,
    data: UInt8, recordLength: Int, capacity: Int, recordsPerTransfer: Int, framing: FIFOFraming,
    stop: RegisterSettings, start: RegisterSettings
  ) {
    self.level = level
    self.levelLength = levelLength
    self.isLevelBigEndian = isLevelBigEndian
    self.levelMask = levelMask
    self.bytesPerCount = bytesPerCount
    self.overrunMask = overrunMask
    self.data = data
    self.recordLength = recordLength
    self.capacity = capacity
    self.recordsPerTransfer = recordsPerTransfer
    self.framing = framing
    self.stop = stop
    self.start = start
  }
}

extension FIFOLayout {
  /// How many it holds.
  var samples: Int { capacity / (recordLength * framing.recordsPerSample) }
}

/// All that the driver must know of one chip for one use of it, as data: what to write, what to read back, and where
/// the samples stand.
package struct ChipProfile: BitwiseCopyable, Sendable {
  package var model: SensorModel
  package var identity: RegisterSetting
  /// Nil for a chip that has no reset command.
  package var reset: RegisterSetting?
  /// After the reset, before the registers are used.
  package var resetTime: Interval
  /// Ends the chip's sleep; then `wakeTime` passes until its sensors have settled.
  package var wake: RegisterSettings
  /// Between two of those writes.
  package var wakePause: Interval
  package var wakeTime: Interval
  /// Written, read back, and looked at again as long as the chip runs.
  package var configuration: RegisterSettings
  package var data: DataLayout
  /// Nil where the mode does not use it.
  package var fifo: FIFOLayout?
  /// The chip's own period between samples, nominal.
  package var outputPeriod: Interval
  package var scale: SensorScale
  package var hasGyroscope: Bool

  package init(
    model: SensorModel, identity: RegisterSetting, reset: RegisterSetting?, resetTime: Interval,
    wake: RegisterSettings, wakePause: Interval = .zero, wakeTime: Interval, configuration: RegisterSettings,
    data: DataLayout, fifo: FIFOLayout?,
    outputPeriod: Interval, scale: SensorScale, hasGyroscope: Bool
  ) {
    self.model = model
    self.identity = identity
    self.reset = reset
    self.resetTime = resetTime
    self.wake = wake
    self.wakePause = wakePause
    self.wakeTime = wakeTime
    self.configuration = configuration
    self.data = data
    self.fifo = fifo
    self.outputPeriod = outputPeriod
    self.scale = scale
    self.hasGyroscope = hasGyroscope
  }
}
