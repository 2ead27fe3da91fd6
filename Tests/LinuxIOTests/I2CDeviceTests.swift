// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import Testing

/// No adapter is touched: what needs one is tried against the simulated bus of the kernel rig.
struct I2CDeviceTests {
  private let sensor = I2CAddress(0x68)!

  private func opening(_ path: String) -> I2COpenError? {
    do throws(I2COpenError) {
      _ = try I2CDevice(path: path)
      return nil
    } catch {
      return error
    }
  }

  @Test func aMissingAdapterIsNotFound() {
    let error = opening("/dev/i2c-does-not-exist")
    #expect(error?.cause == .notFound)
    #expect(error?.message.contains("dtparam=i2c_arm=on") == true)
  }

  @Test(arguments: ["/dev/null", "/etc/passwd", "/dev"])
  func whatIsNoAdapterIsRefused(path: String) {
    let error = opening(path)
    #expect(error?.cause == .notAnAdapter)
    #expect(error?.message == "\(path) is not an I2C adapter")
  }

  @Test func theWayOfTransferFollowsTheAdapter() {
    // The Pi's controller (and i2c-simbus), then i2c-stub, then an adapter with bytes and words only.
    #expect(I2CDevice.isSMBusOnly(functions: 0x0eff_0009) == false)
    #expect(I2CDevice.isSMBusOnly(functions: 0x0c00_0000) == true)
    #expect(I2CDevice.isSMBusOnly(functions: 0x0400_0000) == nil)
    #expect(I2CDevice.isSMBusOnly(functions: 0x007f_0000) == nil)
  }

  private func exchanging(_ descriptor: consuming FileDescriptor, write: Int, read: Int) -> I2CError? {
    var device = I2CDevice(descriptor: descriptor, isSMBusOnly: false)
    let written = [UInt8](repeating: 0x75, count: write)
    var bytes = [UInt8](repeating: 0, count: read)
    var reading = bytes.mutableSpan
    do throws(I2CError) {
      try device.exchange(written.span, reading: &reading, with: sensor)
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
    (1, 1, SMBusTransfer.read(register: 0x10, count: 1)),
    (1, 240, .read(register: 0x10, count: 240)),
    (1, 241, nil),
    (0, 6, nil),
    (1, 0, nil),
    (2, 1, nil),
    (2, 0, .write(register: 0x10, count: 1)),
    (33, 0, .write(register: 0x10, count: 32)),
    (34, 0, nil),
  ])
  func smbusCallsCoverRegistersOnly(write: Int, read: Int, expected: SMBusTransfer?) {
    let written = [UInt8](repeating: 0x10, count: write)
    #expect(SMBusTransfer(written: written.span, readCount: read) == expected)
  }
}
