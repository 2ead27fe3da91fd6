// SPDX-License-Identifier: MIT
import PostureCore

/// The FIFO of an LSM6DS: words of 16 bits, the oldest of which give way to new ones.
///
/// A tagged word of the LSM6DSO is four such words here, the tag and its three values, and they go together. References
/// as in `SimulatedLSM6DS`.
struct LSM6DSFIFO: ~Copyable {
  private typealias Register = LSM6DSRegister
  private typealias Bit = LSM6DSBit

  private let variant: LSM6DSVariant
  private var words = RingBuffer<4096, UInt16>(filler: 0)
  /// What was taken out last: a word, or a tag and its three values.
  private var head = InlineArray<7, UInt8>(repeating: 0)
  /// Something that was not read has been overwritten, and there is no room yet.
  private var isOverrun = false
  /// The same, until it is read that it is so.
  private var isOverrunLatched = false
  /// Entries that have been read or overwritten since it was empty.
  private var taken = 0

  init(_ variant: LSM6DSVariant) { self.variant = variant }

  /// 8 KB, 4 KB; 512 tagged words (drivers/iio/imu/st_lsm6dsx/st_lsm6dsx_core.c). In words of 16 bits.
  private var capacity: Int { variant == .lsm6ds3 ? 4096 : 2048 }
  /// Words of 16 bits in what is counted.
  private var entry: Int { variant == .lsm6dso ? 4 : 1 }
  private var count: Int { words.count / entry }

  mutating func removeAll() {
    words.removeAll()
    isOverrun = false
    taken = 0
  }

  mutating func reset() {
    removeAll()
    isOverrunLatched = false
    head = InlineArray(repeating: 0)
  }

  /// Takes what is due at tick n of the samples: angular velocity first (AN5130, 8.5.1).
  mutating func append(
    _ acceleration: (Int16, Int16, Int16), _ angularVelocity: (Int16, Int16, Int16), at number: Int64,
    _ configuration: LSM6DSConfiguration
  ) {
    let isFull = words.count + configuration.sensorsInFIFO * (entry == 4 ? 4 : 3) > capacity
    if configuration.isFIFOStopping && isFull { return }
    func isDue(_ batch: Int64) -> Bool { batch > 0 && number % batch == 0 }
    if isDue(configuration.gyroscopeBatch) { append(angularVelocity, tag: 1, at: number) }
    if isDue(configuration.accelerometerBatch) { append(acceleration, tag: 2, at: number) }
  }

  /// The tag byte is the sensor, a count of the ticks, and a bit that makes its ones even
  /// (STMicroelectronics/lsm6dso-pid, lsm6dso_reg.h, lsm6dso_fifo_data_out_tag_t).
  private mutating func append(_ values: (Int16, Int16, Int16), tag: UInt16, at number: Int64) {
    if variant == .lsm6dso {
      let sensorAndCount = tag << 3 | UInt16(number & 3) << 1
      append(sensorAndCount | UInt16(sensorAndCount.nonzeroBitCount & 1))
    }
    append(UInt16(bitPattern: values.0))
    append(UInt16(bitPattern: values.1))
    append(UInt16(bitPattern: values.2))
  }

  private mutating func append(_ word: UInt16) {
    if words.count == capacity {
      for _ in 0..<entry { _ = words.popFirst() }
      isOverrun = true
      isOverrunLatched = true
      taken += 1
    }
    words.append(word)
  }

  /// The status and output registers; nil for one that is none of these.
  ///
  /// - Parameter threshold: the watermark level.
  mutating func read(_ register: UInt8, threshold: Int, _ configuration: LSM6DSConfiguration) -> UInt8? {
    switch register {
    case Register.fifoStatus1: return UInt8(truncatingIfNeeded: count)
    case Register.fifoStatus2: return status(threshold, configuration)
    case Register.fifoStatus3 where variant != .lsm6dso: return pattern(configuration)
    case Register.fifoDataOutL where variant != .lsm6dso:
      if let word = popFirst() { put(word, at: 0) }
      return head[0]
    case Register.fifoDataOutH where variant != .lsm6dso: return head[1]
    case Register.fifoDataOutTag...Register.fifoDataOutZH where variant == .lsm6dso:
      if register == Register.fifoDataOutTag { takeTagged() }
      return head[Int(register - Register.fifoDataOutTag)]
    default: return nil
    }
  }

  /// FIFO_STATUS2 (9.54; DocID032891 rev 1, 9.39). The count has no more bits than its field: the 4096 words of a full
  /// LSM6DS3 are shown as 0.
  private mutating func status(_ threshold: Int, _ configuration: LSM6DSConfiguration) -> UInt8 {
    let high = UInt8(truncatingIfNeeded: count >> 8)
    var flags: UInt8 = isOverrun ? Bit.overRun : 0
    let next = configuration.sensorsInFIFO * (entry == 4 ? 4 : 3)
    if configuration.isFIFOOn && words.count + next > capacity { flags |= Bit.fifoFull }
    if threshold > 0 && count >= threshold { flags |= Bit.waterM }
    switch variant {
    case .lsm6ds3: return flags | (count == 0 ? Bit.fifoEmpty : 0) | high & 0x0F
    case .lsm6ds3trc: return flags | (count == 0 ? Bit.fifoEmpty : 0) | high & 0x07
    case .lsm6dso:
      if isOverrunLatched { flags |= Bit.fifoOvrLatched }
      isOverrunLatched = false
      return flags | high & 0x03
    }
  }

  /// Which word of a set the next one is (9.55), where all sets are alike; 0 where they are not.
  private func pattern(_ configuration: LSM6DSConfiguration) -> UInt8 {
    let (a, g) = (configuration.accelerometerBatch, configuration.gyroscopeBatch)
    guard a == g || a == 0 || g == 0, configuration.sensorsInFIFO > 0 else { return 0 }
    return UInt8(taken % (3 * configuration.sensorsInFIFO))
  }

  private mutating func popFirst() -> UInt16? {
    guard let word = words.popFirst() else { return nil }
    isOverrun = false
    taken += 1
    return word
  }

  /// An empty FIFO must not be read (AN5130, 8.4); what it gives then is a guess.
  private mutating func takeTagged() {
    head = InlineArray(repeating: 0)
    guard let tag = words.popFirst() else { return }
    isOverrun = false
    head[0] = UInt8(tag & 0xFF)
    for index in 0..<3 { put(words.popFirst() ?? 0, at: 1 + 2 * index) }
  }

  private mutating func put(_ word: UInt16, at index: Int) {
    head[index] = UInt8(word & 0xFF)
    head[index + 1] = UInt8(word >> 8)
  }
}
