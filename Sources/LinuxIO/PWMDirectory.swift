// SPDX-License-Identifier: MIT
import Glibc

/// The attributes of one PWM channel in sysfs (kernel `Documentation/ABI/testing/sysfs-class-pwm`).
struct PWMDirectory: Sendable {
  /// How long the attributes of a channel that has just been exported may stay closed to this user, in microseconds:
  /// they appear as root's, and udev changes their group about 50 ms later (OpenMRN, pull request 250, on a Pi).
  static let longestSettling: Int64 = 500_000
  /// From one look at them to the next.
  static let settlingStep: Int64 = 10_000

  let selector: PWMSelector

  private var path: String { "\(selector.chip)/pwm\(selector.channel)" }

  /// Makes the channel's attributes appear.
  /// - Returns: false where they were there already.
  func export() throws(PWMError) -> Bool {
    try check()
    do throws(SystemError) {
      if try FileAttributes.exists(path) { return false }
      try Self.write("\(selector.channel)", to: "\(selector.chip)/export")
      return true
    } catch {
      guard error.number == EBUSY else { throw PWMError(error) }
    }
    // Another program may have been faster; else a driver has it (drivers/pwm/core.c, pwm_device_request).
    do throws(SystemError) { if try FileAttributes.exists(path) { return false } } catch { throw PWMError(error) }
    throw .busy(selector.channel, chip: selector.chip)
  }

  /// Makes them disappear again.
  func unexport() throws(SystemError) { try Self.write("\(selector.channel)", to: "\(selector.chip)/unexport") }

  /// Waits until every attribute that will be written can be, or as long as is reasonable: then writing says why not.
  func settle() {
    let clock = SystemClock()
    let end = clock.now() + Self.longestSettling
    while !isWritable {
      let next = clock.now() + Self.settlingStep
      guard next < end else { return }
      clock.sleep(until: next)
    }
  }

  private var isWritable: Bool {
    ["period", "duty_cycle", "polarity", "enable"].allSatisfy { unsafe access("\(path)/\($0)", W_OK) == 0 }
  }

  /// For writing numbers into an attribute again and again.
  func open(_ attribute: String) throws(SystemError) -> FileDescriptor {
    try FileDescriptor.open(path: "\(path)/\(attribute)", flags: O_WRONLY)
  }

  func write(_ text: String, to attribute: String) throws(SystemError) {
    try Self.write(text, to: "\(path)/\(attribute)")
  }

  func read(_ attribute: String) throws(SystemError) -> String { try Self.read("\(path)/\(attribute)") }

  /// The chip is there, and has the channel.
  private func check() throws(PWMError) {
    var channels: UInt32 = 0
    do throws(SystemError) {
      channels = UInt32(try Self.read("\(selector.chip)/npwm")) ?? 0
    } catch {
      guard error.number == ENOENT || error.number == ENOTDIR else { throw PWMError(error) }
      let siblings = selector.chip.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      var found: [String] = []
      do { found = try paths(matching: siblings.joined(separator: "/") + "/pwmchip*") } catch { throw PWMError(error) }
      throw .noChip(path: selector.chip, found: found)
    }
    guard selector.channel < channels else {
      throw .noChannel(selector.channel, channels: channels, chip: selector.chip)
    }
  }

  private static func write(_ text: String, to path: String) throws(SystemError) {
    let descriptor = try FileDescriptor.open(path: path, flags: O_WRONLY)
    do throws(SystemError) {
      try descriptor.write(Array("\(text)\n".utf8).span)
    } catch {
      throw SystemError(call: "write \(text) to \(path)", number: error.number)
    }
  }

  /// The first line.
  private static func read(_ path: String) throws(SystemError) -> String {
    var reader = try FileReader(path: path)
    // The longest are numbers of 20 digits.
    let bytes = try reader.read(atMost: 64)
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
