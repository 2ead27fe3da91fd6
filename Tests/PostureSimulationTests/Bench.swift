// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation

/// A simulated chip with its clock, and what a driver does with it. Register addresses are restated as numbers.
struct Bench: ~Copyable {
  let clock = VirtualClock(startingAt: 5_000_000)
  var chip: SimulatedMPU6050<VirtualClock>
  let address: I2CAddress

  init(
    _ wearer: SimulatedWearer = Bench.still, _ parameters: SimulatedSensorParameters = .init(),
    motor: SimulatedMotor? = nil
  ) {
    chip = SimulatedMPU6050(clock: clock, wearer: wearer, parameters: parameters, motor: motor)
    address = parameters.address
  }

  /// Lies still, upside down.
  static var still: SimulatedWearer {
    SimulatedWearer(Script([Step(.offBody, for: .seconds(2))]), seed: 1)
  }

  /// Microseconds since the chip's creation.
  var now: Int64 { clock.now() - 5_000_000 }

  func sleep(until time: Int64) { clock.sleep(until: 5_000_000 + time) }
  func sleep(for time: Int64) { clock.sleep(until: clock.now() + time) }

  mutating func write(_ bytes: UInt8...) throws {
    var nothing: [UInt8] = []
    var reading = nothing.mutableSpan
    try chip.exchange(bytes.span, reading: &reading, with: address)
  }

  mutating func read(_ register: UInt8, _ count: Int = 1) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: count)
    var reading = bytes.mutableSpan
    try chip.exchange([register].span, reading: &reading, with: address)
    return bytes
  }

  mutating func words(_ register: UInt8, _ count: Int) throws -> [Int16] {
    let bytes = try read(register, 2 * count)
    return (0..<count).map { Int16(truncatingIfNeeded: Int(bytes[2 * $0]) << 8 | Int(bytes[2 * $0 + 1])) }
  }

  /// Awake, 1 kHz / (1 + divider), the given low-pass, 4 g and 500 deg/s; then past the start-up time.
  mutating func start(divider: UInt8 = 9, lowPass: UInt8 = 3) throws {
    try write(0x6B, 0x01)
    try write(0x19, divider, lowPass, 0x08, 0x08)
    sleep(for: 60_000)
  }
}
