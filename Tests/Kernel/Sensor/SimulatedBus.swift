// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO

/// The bus behind the kernel's simulated adapter: takes its transfers and answers them.
///
/// What is read and written is described in Tests/Kernel/simbus/simbus.c; numbers are little-endian, as on x86-64.
struct SimulatedBus: ~Copyable {
  let descriptor: FileDescriptor
  /// A request with the longest messages of one I2C_RDWR (linux/i2c-dev.h: 42 messages of 8192 bytes).
  private var buffer = [UInt8](repeating: 0, count: 8 + 42 * (8 + 8192))

  /// Makes the adapter appear; waits, at most so many seconds, until nobody holds the one before it any more.
  init(path: String, patience: Int) throws(SystemError) {
    var attempts = patience * 1000
    while true {
      do throws(SystemError) {
        descriptor = try FileDescriptor.open(path: path, flags: O_RDWR | O_NONBLOCK)
        return
      } catch {
        attempts -= 1
        guard error.number == EBUSY && attempts > 0 else { throw error }
        usleep(1000)
      }
    }
  }

  /// The next transfer; nil where none waits.
  mutating func next() throws(SystemError) -> Transfer? {
    do throws(SystemError) {
      let count = try Self.read(descriptor, into: &buffer)
      return Transfer(request: buffer[..<count])
    } catch {
      guard error.number == EAGAIN else { throw error }
      return nil
    }
  }

  private static func read(_ descriptor: borrowing FileDescriptor, into buffer: inout [UInt8]) throws(SystemError)
    -> Int
  {
    var span = buffer.mutableSpan
    return try descriptor.read(into: &span)
  }

  /// - Parameter error: 0, or the error number with which the transfer fails.
  /// - Returns: false where the answer came too late.
  func answer(_ transfer: Transfer, _ bytes: [UInt8], error: Int32) throws(SystemError) -> Bool {
    var answer: [UInt8] = []
    for value in [transfer.sequence, UInt32(error)] {
      for shift in stride(from: UInt32(0), to: 32, by: 8) { answer.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    if error == 0 { answer += bytes }
    do throws(SystemError) {
      try descriptor.write(answer.span)
      return true
    } catch {
      guard error.number == ESTALE else { throw error }
      return false
    }
  }
}

/// What one call of a program asks of the bus: messages joined by repeated starts.
struct Transfer {
  struct Message {
    var address: UInt16
    /// What is written; empty where it reads.
    var written: [UInt8]
    /// How much is read; 0 where it writes.
    var readCount: Int
  }

  let sequence: UInt32
  let messages: [Message]

  init(request: ArraySlice<UInt8>) {
    var rest = request
    func number(_ size: Int) -> UInt32 {
      let bytes = rest.prefix(size)
      rest = rest.dropFirst(size)
      return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    sequence = number(4)
    messages = (0..<number(4)).map { _ in
      let address = UInt16(number(2))
      let isRead = number(2) & 1 != 0
      let length = Int(number(2))
      _ = number(2)
      guard !isRead else { return Message(address: address, written: [], readCount: length) }
      defer { rest = rest.dropFirst(length) }
      return Message(address: address, written: Array(rest.prefix(length)), readCount: 0)
    }
  }
}
