// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import TestSupport
import Testing

/// No adapter is touched: what needs one is tried against the simulated bus of the kernel rig.
struct I2CDeviceTests {
  private let sensor = I2CAddress(0x68)!

  private func opening(_ device: inout I2CDevice) -> I2COpenError? {
    do throws(I2COpenError) {
      try device.open()
      return nil
    } catch {
      return error
    }
  }

  private func exchanging(_ device: inout I2CDevice) -> I2CError? {
    let written: [UInt8] = [0x75]
    var bytes: [UInt8] = [0]
    var reading = bytes.mutableSpan
    do throws(I2CError) {
      try device.exchange(written.span, reading: &reading, with: sensor)
      return nil
    } catch {
      return error
    }
  }

  @Test func aMissingAdapterIsNotFound() {
    var device = I2CDevice(.path("/dev/i2c-does-not-exist"))
    #expect(exchanging(&device) == .noAdapter)
    let error = opening(&device)
    #expect(error?.cause == .notFound)
    #expect(error?.message.contains("dtparam=i2c_arm=on") == true)
    #expect(throws: I2CError.noAdapter) { try device.reopen() }
    #expect(exchanging(&device) == .noAdapter)
  }

  @Test(arguments: ["/dev/null", "/etc/passwd", "/dev"])
  func whatIsNoAdapterIsRefused(path: String) {
    var device = I2CDevice(.path(path))
    let error = opening(&device)
    #expect(error?.cause == .notAnAdapter)
    #expect(error?.message == "\(path) is not an I2C adapter")
    #expect(throws: I2CError.notAnAdapter) { try device.reopen() }
    #expect(exchanging(&device) == .notAnAdapter)
  }

  @Test func openingFindsWhatHasComeMeanwhile() {
    let directory = TemporaryDirectory()
    var device = I2CDevice(.path(directory.file("i2c-1")))
    #expect(throws: I2CError.noAdapter) { try device.reopen() }
    directory.link("i2c-1", to: "/dev/null")
    #expect(throws: I2CError.notAnAdapter) { try device.reopen() }
    #expect(exchanging(&device) == .notAnAdapter)
  }

  @Test func anAdapterThatIsNotOpenIsTakenForAPlainOne() {
    #expect(I2CDevice(.path("/dev/i2c-1")).longestRead == 8192)
  }

  @Test(
    arguments: [
      (.notFound, .noAdapter),
      (.noSuchName(found: ["a"]), .noAdapter),
      (.ambiguousName(found: ["a", "b"]), .noAdapter),
      (.notPermitted, .notPermitted),
      (.notAnAdapter, .notAnAdapter),
      (.noUsableTransfers, .unsupported),
      (.system(SystemError(call: "open", number: 108)), .adapterGone),
      (.system(SystemError(call: "open", number: 12)), .system(12)),
    ] as [(I2COpenError.Cause, I2CError)])
  func whyItCannotBeOpenedIsToldInShort(cause: I2COpenError.Cause, error: I2CError) {
    #expect(I2CError(I2COpenError(bus: "/dev/i2c-1", cause: cause)) == error)
  }
}
