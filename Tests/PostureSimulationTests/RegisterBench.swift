// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation

/// Any simulated chip with its clock. Register addresses are restated as numbers.
struct RegisterBench<Chip: I2CBus & ~Copyable>: ~Copyable {
  let clock: VirtualClock
  var chip: Chip
  let address: I2CAddress

  init(
    _ parameters: SimulatedSensorParameters,
    _ make: (VirtualClock, SimulatedSensorParameters) -> Chip
  ) {
    clock = VirtualClock(startingAt: 5_000_000)
    chip = make(clock, parameters)
    address = parameters.address
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

  /// Low byte first.
  mutating func words(_ register: UInt8, _ count: Int = 3) throws -> [Int16] {
    let bytes = try read(register, 2 * count)
    return (0..<count).map { Int16(truncatingIfNeeded: Int(bytes[2 * $0 + 1]) << 8 | Int(bytes[2 * $0])) }
  }
}

/// Parameters of a chip at an address, with faults.
func parameters(at address: UInt8, _ faults: SimulatedFault...) -> SimulatedSensorParameters {
  var parameters = SimulatedSensorParameters()
  if let address = I2CAddress(address) { parameters.address = address }
  parameters.faults = faults
  return parameters
}

extension RegisterBench where Chip == SimulatedMPU6050<VirtualClock> {
  init(
    _ variant: SimulatedMPU6050Variant, _ wearer: SimulatedWearer = Bench.still,
    _ parameters: SimulatedSensorParameters = SimulatedSensorParameters()
  ) {
    self.init(parameters) { SimulatedMPU6050(clock: $0, wearer: wearer, parameters: $1, variant: variant) }
  }
}

extension RegisterBench where Chip == SimulatedLIS3DH<VirtualClock> {
  init(
    lis3dh wearer: SimulatedWearer = Bench.still, _ parameters: SimulatedSensorParameters = parameters(at: 0x18)
  ) {
    self.init(parameters) { SimulatedLIS3DH(clock: $0, wearer: wearer, parameters: $1) }
  }
}

extension RegisterBench where Chip == SimulatedADXL345<VirtualClock> {
  init(
    adxl345 wearer: SimulatedWearer = Bench.still, _ parameters: SimulatedSensorParameters = parameters(at: 0x53)
  ) {
    self.init(parameters) { SimulatedADXL345(clock: $0, wearer: wearer, parameters: $1) }
  }
}
