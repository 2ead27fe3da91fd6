// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import Testing

struct I2CAdapterTests {
  private let sensor = I2CAddress(0x68)!

  @Test func theWayOfTransferFollowsTheAdapter() {
    // The Pi's controller (and i2c-simbus), then i2c-stub, then an adapter with bytes and words only.
    #expect(I2CAdapter.isSMBusOnly(functions: 0x0eff_0009) == false)
    #expect(I2CAdapter.isSMBusOnly(functions: 0x0c00_0000) == true)
    #expect(I2CAdapter.isSMBusOnly(functions: 0x0400_0000) == nil)
    #expect(I2CAdapter.isSMBusOnly(functions: 0x007f_0000) == nil)
  }

  private func exchanging(_ descriptor: consuming FileDescriptor, write: Int, read: Int) -> I2CError? {
    var adapter = I2CAdapter(descriptor: descriptor, isSMBusOnly: false)
    let written = [UInt8](repeating: 0x75, count: write)
    var bytes = [UInt8](repeating: 0, count: read)
    var reading = bytes.mutableSpan
    do throws(I2CError) {
      try adapter.exchange(written.span, reading: &reading, with: sensor)
      return nil
    } catch {
      return error
    }
  }

  @Test func errorsOfTheSystemComeThrough() throws {
    // ENOTTY, and EBADF for a descriptor that is never open.
    #expect(exchanging(try .open(path: "/dev/null", flags: 2), write: 1, read: 14) == .unsupported)
    #expect(exchanging(FileDescriptor(owning: 1 << 28), write: 1, read: 14) == .system(9))
  }

  @Test func aMessageLongerThanTheKernelTakesIsRefusedBeforeIt() {
    #expect(exchanging(FileDescriptor(owning: 1 << 28), write: 1, read: 8193) == .unsupported)
    #expect(exchanging(FileDescriptor(owning: 1 << 28), write: 8193, read: 0) == .unsupported)
    #expect(exchanging(FileDescriptor(owning: 1 << 28), write: 1, read: 8192) == .system(9))
  }

  @Test(arguments: [
    (0x10, 1, 1, SMBusTransfer.read(register: 0x10, count: 1)),
    (0x10, 1, 240, .read(register: 0x10, count: 240)),
    (0x10, 1, 241, nil),
    // A FIFO may be behind the last register.
    (0xFF, 1, 32, .read(register: 0xFF, count: 32)),
    (0xFF, 1, 33, nil),
    (0x10, 0, 6, nil),
    (0x10, 1, 0, nil),
    (0x10, 2, 1, nil),
    (0x10, 2, 0, .write(register: 0x10, count: 1)),
    (0x10, 33, 0, .write(register: 0x10, count: 32)),
    (0x10, 34, 0, nil),
  ])
  func smbusCallsCoverRegistersOnly(register: UInt8, write: Int, read: Int, expected: SMBusTransfer?) {
    let written = [UInt8](repeating: register, count: write)
    #expect(SMBusTransfer(written: written.span, readCount: read) == expected)
  }

  /// As many as a FIFO may be read with, in one call, or the second would be of another register.
  @Test(arguments: [
    (1, [0x74, 1]), (32, [0x74, 32]), (33, [0x74, 32, 0x94, 1]), (70, [0x74, 32, 0x94, 32, 0xB4, 6]),
  ])
  func aReadIsMadeOfAsFewCallsAsPossible(count: Int, expected: [Int]) {
    var calls: [Int] = []
    var done = 0
    while done < count {
      let call = SMBusTransfer.call(register: 0x74, count: count, after: done)
      calls += [Int(call.register), call.length]
      done += call.length
    }
    #expect(calls == expected)
  }
}
