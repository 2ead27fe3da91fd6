// SPDX-License-Identifier: MIT
import Glibc
import HAL
import LinuxIO
import PostureSimulation

/// The simulated chip behind a bus on which something can go wrong.
///
/// Registers are those of the MPU-6050 (RM-MPU-6000A-00 rev 4.2), stated here once more: a rig that took them from the
/// driver would not notice a wrong one.
struct FaultyChip: ~Copyable {
  private enum Register {
    static let smplrtDiv: UInt8 = 0x19
    static let fifoEn: UInt8 = 0x23
    static let intPinCfg: UInt8 = 0x37
    static let dataFirst: UInt8 = 0x3B
    static let dataCount = 14
    static let userCtrl: UInt8 = 0x6A
    static let pwrMgmt1: UInt8 = 0x6B
    static let fifoRW: UInt8 = 0x74
    static let whoAmI: UInt8 = 0x75
  }

  enum Outcome {
    case answer([UInt8])
    case error(Int32)
    case silence
  }

  private var chip: SimulatedMPU6050<HaltableClock>
  private let clock = HaltableClock()
  private let address: I2CAddress
  private(set) var fault: Fault?
  /// The data registers at the time they froze.
  private var held: [UInt8] = []
  /// Samples that it has put into its FIFO since its start, up to `measuring`.
  private var measured: Int64 = 0
  /// Since when it puts them there and with which period, in microseconds; nil while it does not.
  private var measuring: (since: Int64, period: Int64)?

  init(wearer: SimulatedWearer) {
    let parameters = SimulatedSensorParameters()
    address = parameters.address
    chip = SimulatedMPU6050(clock: clock, wearer: wearer, parameters: parameters)
  }

  /// Samples that it has put into its FIFO since its start, whether there was room or not.
  mutating func count() -> Int64 {
    noteMeasuring()
    return measured
  }

  /// After its registers may have changed.
  private mutating func noteMeasuring() {
    let now = clock.now()
    if let (since, period) = measuring { measured += (now - since) / period }
    let rest = measuring.map { (now - $0.since) % $0.period } ?? 0
    let control = registers(from: Register.userCtrl, count: 2)
    let isFilling = control[0] & 0x40 != 0 && control[1] & 0x40 == 0 && !fifoParts().isEmpty
    // 8 kHz is divided while the low-pass filter is off, 1 kHz while it is on (4.2, 4.3).
    let rate = registers(from: Register.smplrtDiv, count: 2)
    let period = (1 + Int64(rate[0])) * ((1...6).contains(rate[1] & 0x07) ? 1000 : 125)
    measuring = isFilling ? (now - rest, period) : nil
  }

  mutating func begin(_ fault: Fault) {
    end()
    self.fault = fault
    if fault == .stopped { clock.halt() }
    if fault == .frozen { held = registers(from: Register.dataFirst, count: Register.dataCount) }
  }

  mutating func end() {
    fault = nil
    clock.resume()
  }

  /// The registers get their reset values, as after a brown-out.
  mutating func reset() {
    _ = exchange([Register.pwrMgmt1, 0x80], readCount: 0, address)
    noteMeasuring()
  }

  /// What the data-ready pin does: microseconds between its pulses, nil where there are none, and which way they go.
  mutating func dataReady() -> (period: Int64?, isActiveLow: Bool) {
    let rate = registers(from: Register.smplrtDiv, count: 2)
    let interrupt = registers(from: Register.intPinCfg, count: 2)
    let isAsleep = registers(from: Register.pwrMgmt1, count: 1)[0] & 0x40 != 0
    let isEnabled = interrupt[1] & 0x01 != 0 && !isAsleep && fault != .stopped
    let outputPeriod: Int64 = rate[1] & 7 == 0 || rate[1] & 7 == 7 ? 125 : 1000
    return (isEnabled ? outputPeriod * (1 + Int64(rate[0])) : nil, interrupt[0] & 0x80 != 0)
  }

  mutating func serve(_ transfer: Transfer) -> Outcome {
    switch fault {
    case .refused(let number, _): return .error(number)
    case .unanswered: return .silence
    default: break
    }
    var read: [UInt8] = []
    var messages = transfer.messages[...]
    while let message = messages.popFirst() {
      var count = message.readCount
      // A read that follows a write is one exchange with it: the chip hears the repeated start.
      if count == 0, let next = messages.first, next.readCount > 0, next.address == message.address {
        messages.removeFirst()
        count = next.readCount
      }
      guard let address = I2CAddress(UInt8(message.address & 0x7F)),
        let bytes = exchange(message.written, readCount: count, address)
      else { return .error(EREMOTEIO) }
      read += bytes
      if message.written.count > 1 { noteMeasuring() }
    }
    return .answer(read)
  }

  /// How many samples of its FIFO it gives away with a transfer.
  mutating func samples(in transfer: Transfer) -> Int {
    guard transfer.messages.first?.written.first == Register.fifoRW else { return 0 }
    return transfer.messages.reduce(0) { $0 + $1.readCount } / max(1, fifoParts().reduce(0) { $0 + $1.count })
  }

  /// Whether the fault there is spoils this transfer, and it is one of those that are counted.
  func spoils(_ transfer: Transfer) -> Bool {
    switch fault {
    case .refused, .unanswered: true
    case .constant: transfer.messages.contains { $0.readCount > 0 }
    default: false
    }
  }

  /// After a transfer that was spoilt: true where that was the last one.
  mutating func countDown() -> Bool {
    switch fault {
    case .refused(let number, let left):
      fault = .refused(number, transfers: left - 1)
      return left == 1
    case .unanswered(let left):
      fault = .unanswered(transfers: left - 1)
      return left == 1
    case .constant(let byte, let left):
      fault = .constant(byte, reads: left - 1)
      return left == 1
    default: return false
    }
  }

  /// Nil where nothing acknowledges.
  private mutating func exchange(_ written: [UInt8], readCount: Int, _ address: I2CAddress) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: readCount)
    do throws(I2CError) {
      var span = bytes.mutableSpan
      try chip.exchange(written.span, reading: &span, with: address)
    } catch {
      return nil
    }
    spoil(&bytes, from: written.first ?? 0)
    return bytes
  }

  private mutating func spoil(_ bytes: inout [UInt8], from first: UInt8) {
    switch fault {
    case .constant(let byte, _):
      bytes = bytes.map { _ in byte }
    case .identity(let value):
      let index = Int(Register.whoAmI) - Int(first)
      if bytes.indices.contains(index) && first != Register.fifoRW { bytes[index] = value }
    case .frozen where first == Register.fifoRW:
      let frame = heldFrame()
      for index in bytes.indices where !frame.isEmpty { bytes[index] = frame[index % frame.count] }
    case .frozen:
      for index in bytes.indices {
        let register = Int(first) + index - Int(Register.dataFirst)
        if held.indices.contains(register) { bytes[index] = held[register] }
      }
    default: break
    }
  }

  private mutating func heldFrame() -> [UInt8] { fifoParts().flatMap { held[$0] } }

  /// What the FIFO gets of a sample, as places in the data registers: words in the order of their registers (4.6).
  private mutating func fifoParts() -> [Range<Int>] {
    let enabled = registers(from: Register.fifoEn, count: 1)[0]
    let parts: [(bit: UInt8, bytes: Range<Int>)] = [
      (0x08, 0..<6), (0x80, 6..<8), (0x40, 8..<10), (0x20, 10..<12), (0x10, 12..<14),
    ]
    return parts.filter { enabled & $0.bit != 0 }.map { $0.bytes }
  }

  private mutating func registers(from first: UInt8, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    do throws(I2CError) {
      var span = bytes.mutableSpan
      try chip.exchange([first].span, reading: &span, with: address)
    } catch {
      preconditionFailure("the chip answers at its own address")
    }
    return bytes
  }
}

/// The system's clock, which can be halted; used by one thread.
final class HaltableClock: MonotonicClock {
  private let system = SystemClock()
  private var haltedAt: Int64?

  func now() -> Int64 { haltedAt ?? system.now() }
  func sleep(until deadline: Int64) { system.sleep(until: deadline) }
  func halt() { haltedAt = system.now() }
  func resume() { haltedAt = nil }
}
