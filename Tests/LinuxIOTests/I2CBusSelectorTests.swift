// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import TestSupport
import Testing

/// The directories are the test's own, and every adapter in them is /dev/null: found is what is refused as none.
struct I2CBusSelectorTests {
  private let directory = TemporaryDirectory()
  private let broadcom = "bcm2835 (i2c@7e804000)"

  private func add(_ device: String, _ name: String) throws {
    try directory.write(name, to: "class/\(device)/name")
    directory.link(device, to: "/dev/null")
  }

  private func opening(_ text: String) -> I2COpenError? {
    var device = I2CDevice(
      I2CBusSelector(text), classDirectory: directory.file("class"), deviceDirectory: directory.path)
    do throws(I2COpenError) {
      try device.open()
      return nil
    } catch {
      return error
    }
  }

  @Test func selectorsAreReadFromText() {
    #expect(I2CBusSelector("/dev/i2c-1") == .path("/dev/i2c-1"))
    #expect(I2CBusSelector("i2c-1") == .name("i2c-1"))
    #expect(I2CBusSelector(broadcom) == .name(broadcom))
  }

  @Test func anAdapterIsFoundByItsWholeName() throws {
    try add("i2c-0", "\(broadcom) \n")
    try add("i2c-11", "\(broadcom)\n")
    try add("i2c-2", "bcm2835\n")
    #expect(opening(broadcom) == I2COpenError(bus: directory.file("i2c-11"), cause: .notAnAdapter))
    #expect(opening("bcm2835") == I2COpenError(bus: directory.file("i2c-2"), cause: .notAnAdapter))
    #expect(opening("BCM2835")?.cause != .notAnAdapter)
  }

  @Test func aPathIsTakenAsItIs() throws {
    try add("i2c-1", "/dev/null\n")
    #expect(opening("/dev/null") == I2COpenError(bus: "/dev/null", cause: .notAnAdapter))
  }

  @Test func whatWasFoundInsteadIsSaid() throws {
    #expect(opening("simbus")?.cause == .noSuchName(found: []))
    #expect(opening("simbus")?.message.contains("dtparam=i2c_arm=on") == true)
    try add("i2c-1", "one\n")
    try add("i2c-3", "two\n")
    let found = ["\(directory.file("i2c-1")) (one)", "\(directory.file("i2c-3")) (two)"]
    #expect(opening("simbus") == I2COpenError(bus: "simbus", cause: .noSuchName(found: found)))
    #expect(
      opening("simbus")?.message == "there is no I2C adapter named simbus; found: \(found[0]), \(found[1])")
  }

  @Test func aNameOfSeveralChoosesNone() throws {
    let name = "Synopsys DesignWare I2C adapter"
    for device in ["i2c-0", "i2c-1"] { try add(device, "\(name)\n") }
    let found = [directory.file("i2c-0"), directory.file("i2c-1")]
    #expect(opening(name) == I2COpenError(bus: name, cause: .ambiguousName(found: found)))
    #expect(opening(name)?.message.contains("choose one of \(found[0]), \(found[1])") == true)
  }

  @Test func anAdapterThatVanishesMeanwhileIsPassedBy() throws {
    try add("i2c-1", "one\n")
    try directory.write("", to: "class/i2c-0/other")
    directory.link("class/i2c-0/name", to: directory.file("nowhere"))
    #expect(opening("one")?.cause == .notAnAdapter)
  }
}
