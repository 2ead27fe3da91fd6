// SPDX-License-Identifier: MIT
import CI2C
import Glibc
import HAL

/// An open I2C adapter of the kernel, `/dev/i2c-N`.
///
/// Where the adapter has plain transfers, an exchange is one I2C_RDWR with a repeated start; elsewhere it is made of
/// libi2c's SMBus calls, as far as these reach (`isSMBusOnly`). An exchange allocates nothing.
package struct I2CAdapter: ~Copyable, Sendable {
  /// The most bytes of one message that the kernel takes (drivers/i2c/i2c-dev.c, i2cdev_ioctl_rdwr).
  package static let maximumLength = 8192

  /// True where only SMBus calls work: a read then needs a register, and one of more than 32 bytes is made of several
  /// calls that advance the register, which is wrong for a FIFO behind a single register.
  package let isSMBusOnly: Bool
  private let descriptor: FileDescriptor
  private var selected: I2CAddress?

  /// Opens the adapter and sets it up. The kernel counts the timeout in steps of 10 ms (drivers/i2c/i2c-dev.c,
  /// I2C_TIMEOUT), so it is rounded up.
  init(path: String, timeoutMilliseconds: Int, retries: Int) throws(I2COpenError) {
    let descriptor = try Self.open(path)
    let functions = ci2c_functions(descriptor.raw)
    guard functions >= 0 else {
      throw I2COpenError(
        path: path, failure: SystemError(call: "ask \(path) what it can do", number: Int32(-functions)))
    }
    guard let isSMBusOnly = Self.isSMBusOnly(functions: UInt32(functions)) else {
      throw I2COpenError(bus: path, cause: .noUsableTransfers)
    }
    for (request, value) in [(I2C_TIMEOUT, (timeoutMilliseconds + 9) / 10), (I2C_RETRIES, retries)] {
      let result = ci2c_control(descriptor.raw, UInt(request), UInt(value))
      guard result == 0 else {
        throw I2COpenError(path: path, failure: SystemError(call: "set up \(path)", number: -result))
      }
    }
    self.init(descriptor: descriptor, isSMBusOnly: isSMBusOnly)
  }

  /// With a descriptor that is already set up.
  package init(descriptor: consuming FileDescriptor, isSMBusOnly: Bool) {
    self.descriptor = descriptor
    self.isSMBusOnly = isSMBusOnly
  }

  /// As `I2CBus.exchange`.
  @_lifetime(reading: copy reading)
  package mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    precondition(!(written.isEmpty && reading.isEmpty), "an exchange writes or reads")
    guard written.count <= Self.maximumLength && reading.count <= Self.maximumLength else { throw .unsupported }
    try select(address)
    if isSMBusOnly {
      try exchangeBySMBus(written, reading: &reading)
    } else {
      let result = unsafe written.withUnsafeBufferPointer { out in
        unsafe reading.withUnsafeMutableBufferPointer { into in
          unsafe ci2c_transfer(
            descriptor.raw, UInt16(address.value),
            out.baseAddress, UInt16(out.count), into.baseAddress, UInt16(into.count))
        }
      }
      try Self.check(result)
    }
  }

  /// Claims the address on this descriptor when it changes. Plain transfers do not need that, but without it they would
  /// pass by a kernel driver that is bound to the address; I2C_SLAVE answers EBUSY then.
  private mutating func select(_ address: I2CAddress) throws(I2CError) {
    guard selected != address else { return }
    selected = nil
    try Self.check(ci2c_control(descriptor.raw, UInt(I2C_SLAVE), UInt(address.value)))
    selected = address
  }

  @_lifetime(reading: copy reading)
  private func exchangeBySMBus(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>
  ) throws(I2CError) {
    switch SMBusTransfer(written: written, readCount: reading.count) {
    case nil: throw .unsupported
    case .write(let register, let count):
      let result = unsafe written.extracting(1...).withUnsafeBufferPointer { out in
        unsafe i2c_smbus_write_i2c_block_data(descriptor.raw, register, UInt8(count), out.baseAddress)
      }
      try Self.check(result)
    case .read(let register, let count):
      var done = 0
      while done < count {
        let call = SMBusTransfer.call(register: register, count: count, after: done)
        let result = unsafe reading.withUnsafeMutableBufferPointer { into in
          unsafe i2c_smbus_read_i2c_block_data(
            descriptor.raw, call.register, UInt8(call.length), into.baseAddress.map { unsafe $0 + done })
        }
        try Self.check(result)
        guard result == call.length else { throw .busFault }
        done += call.length
      }
    }
  }

  /// - Parameter result: 0 or more, or -errno; libi2c returns that too, whatever its manual says.
  private static func check(_ result: Int32) throws(I2CError) {
    guard result >= 0 else { throw I2CError(errorNumber: -result) }
  }

  private static func open(_ path: String) throws(I2COpenError) -> FileDescriptor {
    do throws(SystemError) {
      // O_NONBLOCK: a path that turns out to be something else must not keep us waiting. i2c-dev ignores it.
      let descriptor = try FileDescriptor.open(path: path, flags: O_RDWR | O_NOCTTY | O_NONBLOCK)
      if try descriptor.kind() == S_IFCHR { return descriptor }
    } catch {
      throw I2COpenError(path: path, failure: error)
    }
    throw I2COpenError(bus: path, cause: .notAnAdapter)
  }

  /// Which way of transferring the adapter's I2C_FUNC bits allow; nil where none that is of use.
  package static func isSMBusOnly(functions: UInt32) -> Bool? {
    let blocks = UInt32(I2C_FUNC_SMBUS_READ_I2C_BLOCK | I2C_FUNC_SMBUS_WRITE_I2C_BLOCK)
    if functions & UInt32(I2C_FUNC_I2C) != 0 { return false }
    return functions & blocks == blocks ? true : nil
  }
}
