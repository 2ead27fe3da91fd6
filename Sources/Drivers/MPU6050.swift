// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// The MPU-6050 (and MPU-6000 over I2C) as a state machine in which nothing waits: each `drain` does what is due and
/// says when to come again.
///
/// Reset, wake, configure, verify, then one burst a sample period. The chip samples at 1 kHz behind its 44 Hz low-pass,
/// so that a polled sample is at most 1 ms old. Once a second the configuration is read back: a brown-out puts the chip
/// to sleep silently. A fault of the bus is tried again at the next period; after three in a row, and after every other
/// fault, the chip is started anew with a growing pause.
package struct MPU6050<Bus: I2CBus & ~Copyable>: ~Copyable, SampleSource {
  private enum State: BitwiseCopyable {
    case reset
    case identify
    case wake
    case configure
    case verify
    case running
  }

  /// After a reset, before the registers are used: what Linux waits (drivers/iio/imu/inv_mpu6050/inv_mpu_iio.h,
  /// INV_MPU6050_POWER_UP_TIME).
  private static var resetTime: Interval { .milliseconds(100) }
  /// From sleep to settled rates: twice the gyroscope's start-up time from power-on, 30 ms to within 1 deg/s
  /// (PS-MPU-6000A-00, 6.1).
  private static var wakeTime: Interval { .milliseconds(60) }
  private static var checkPeriod: Interval { .seconds(1) }
  /// A running chip has news at every poll; this many polls without are a chip that stopped.
  private static var longestSilence: Int { 10 }
  private static var toleratedFaults: Int { 2 }
  private static var shortestPause: Interval { .milliseconds(100) }
  private static var longestPause: Interval { .seconds(5) }

  private var device: RegisterDevice<Bus>
  private let settings: SensorSettings
  private let scale: SensorScale
  private var state = State.reset
  private var due = Timestamp(microseconds: .min)
  private var checkDue = Timestamp(microseconds: 0)
  private var faultsInARow = 0
  private var silence = 0
  private var pause = Interval.zero
  package private(set) var retry = Timestamp(microseconds: 0)
  package var isLost: Bool { state != .running }

  package init(on bus: consuming Bus, at address: I2CAddress, _ settings: SensorSettings) {
    device = RegisterDevice(bus, at: address)
    self.settings = settings
    scale = settings.scale
    pause = Self.shortestPause
  }

  package mutating func drain(
    into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) -> NextDrain {
    guard now >= due else { return .at(due) }
    do {
      due = try step(into: &buffer, at: now)
      return .at(due)
    } catch {
      plan(after: error, at: now)
      throw error
    }
  }

  private mutating func step(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) -> Timestamp {
    switch state {
    case .reset:
      try write(MPU6050Bits.deviceReset, to: MPU6050Register.pwrMgmt1)
      state = .identify
      return now + Self.resetTime
    case .identify:
      let identity = try read(MPU6050Register.whoAmI)
      guard identity == MPU6050Bits.identity else { throw .wrongIdentity(identity) }
      state = .wake
      return now
    case .wake:
      try write(MPU6050Bits.clockFromGyroscope, to: MPU6050Register.pwrMgmt1)
      state = .configure
      return now + Self.wakeTime
    case .configure:
      let wanted = configuration
      for index in wanted.indices { try write(wanted[index].value, to: wanted[index].register) }
      state = .verify
      return now
    case .verify:
      if let register = try firstStray() { throw .configurationRefused(register: register) }
      state = .running
      silence = 0
      checkDue = now + Self.checkPeriod
      return now + settings.period
    case .running:
      try sample(into: &buffer, at: now)
      faultsInARow = 0
      return nextPeriod(after: now)
    }
  }

  private var configuration: InlineArray<4, (register: UInt8, value: UInt8)> {
    [
      (MPU6050Register.smplrtDiv, 0),
      (MPU6050Register.config, 3),  // accelerometer 44 Hz, gyroscope 42 Hz, 1 kHz (section 4.3)
      (MPU6050Register.gyroConfig, Self.rangeBits(settings.angularVelocityRange, lowest: 250)),
      (MPU6050Register.accelConfig, Self.rangeBits(settings.accelerationRange, lowest: 2)),
    ]
  }

  /// FS_SEL and AFS_SEL: each step doubles the range.
  private static func rangeBits(_ range: Int, lowest: Int) -> UInt8 {
    var bits: UInt8 = 0
    var reached = lowest
    while reached < range && bits < 3 {
      reached *= 2
      bits += 1
    }
    precondition(reached == range, "the chip has no such range")
    return bits << 3
  }

  /// The first register that does not hold what it should.
  private mutating func firstStray() throws(SensorFault) -> UInt8? {
    guard try read(MPU6050Register.pwrMgmt1) == MPU6050Bits.clockFromGyroscope else { return MPU6050Register.pwrMgmt1 }
    let held: InlineArray<4, UInt8> = try burst(from: MPU6050Register.smplrtDiv)
    let wanted = configuration
    for index in wanted.indices where held[index] != wanted[index].value { return wanted[index].register }
    return nil
  }

  private mutating func sample(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) {
    if now >= checkDue {
      if let register = try firstStray() { throw .configurationLost(register: register) }
      checkDue = now + Self.checkPeriod
    }
    // INT_STATUS stands right before the data: one burst says whether they are new, and holds all axes of one sample.
    let frame: InlineArray<15, UInt8> = try burst(from: MPU6050Register.intStatus)
    guard frame[0] & MPU6050Bits.dataReady != 0 else {
      silence += 1
      if silence >= Self.longestSilence { throw .noNewData }
      return
    }
    silence = 0
    pause = Self.shortestPause
    let raw = RawSample(
      time: now, ax: Self.word(frame, 1), ay: Self.word(frame, 3), az: Self.word(frame, 5), gx: Self.word(frame, 9),
      gy: Self.word(frame, 11), gz: Self.word(frame, 13))
    buffer.append(Measurement(raw: raw, sample: scale.sample(from: raw)))
  }

  private static func word(_ bytes: InlineArray<15, UInt8>, _ index: Int) -> Int16 {
    Int16(truncatingIfNeeded: Int(bytes[index]) << 8 | Int(bytes[index + 1]))
  }

  /// The next multiple of the period after the last one due, so that lateness does not add up; whole periods missed are
  /// skipped.
  private func nextPeriod(after now: Timestamp) -> Timestamp {
    let missed = (now - due).microseconds / settings.period.microseconds
    return due + settings.period * (missed + 1)
  }

  private mutating func plan(after fault: SensorFault, at now: Timestamp) {
    if case .bus = fault, state == .running {
      faultsInARow += 1
      if faultsInARow <= Self.toleratedFaults {
        due = nextPeriod(after: now)
        retry = due
        return
      }
    }
    state = .reset
    faultsInARow = 0
    due = now + pause
    retry = due
    pause = min(pause * 2, Self.longestPause)
  }

  private mutating func read(_ register: UInt8) throws(SensorFault) -> UInt8 {
    do { return try device.read(register) } catch { throw .bus(error) }
  }

  private mutating func burst<let count: Int>(from first: UInt8) throws(SensorFault) -> InlineArray<count, UInt8> {
    do { return try device.read(from: first) } catch { throw .bus(error) }
  }

  private mutating func write(_ value: UInt8, to register: UInt8) throws(SensorFault) {
    do { try device.write(value, to: register) } catch { throw .bus(error) }
  }
}
