// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import TestSupport
import Testing

/// No chip is touched: every search is in a directory of the test's own.
struct GPIOTests {
  private let directory = TemporaryDirectory()

  private func opening(_ chip: GPIOChipSelector?, _ line: GPIOLineSelector = .name("GPIO17")) -> GPIOError? {
    var output = GPIOLine(chip: chip, line: line, directory: directory.path)
    do throws(GPIOError) {
      try output.open()
      return nil
    } catch {
      return error
    }
  }

  @Test func aMissingChipIsASystemError() {
    let error = opening(.path("/dev/gpiochip-does-not-exist"))
    #expect(error == .system(SystemError(call: "open /dev/gpiochip-does-not-exist", number: 2)))
  }

  @Test(arguments: ["/dev/null", "/etc/passwd", "/dev"])
  func whatIsNoChipIsRefused(path: String) {
    #expect(opening(.path(path)) == .notAChip(path: path))
    #expect(opening(.path(path))?.message == "\(path) is not a GPIO chip")
  }

  @Test(arguments: [nil, GPIOChipSelector.label("pinctrl-rp1")])
  func aMachineWithoutChipsIsToldApart(chip: GPIOChipSelector?) {
    #expect(opening(chip) == .noChips(directory: directory.path))
  }

  @Test func aChipThatCannotBeAskedIsReported() {
    directory.link("gpiochip3", to: "/dev/null")
    directory.link("other", to: "/dev/zero")
    #expect(opening(.label("pinctrl-rp1")) == .notAChip(path: directory.file("gpiochip3")))
    #expect(opening(nil) == .notAChip(path: directory.file("gpiochip3")))
  }

  @Test func anOffsetNeedsAChip() {
    #expect(opening(nil, .offset(17)) == .offsetWithoutChip(17))
  }

  @Test func aLineThatIsNotOpenCannotBeSet() {
    var line = GPIOLine(chip: nil, line: .name("GPIO17"), directory: directory.path)
    #expect(throws: PinError.gone) { try line.set(percent: 0) }
    #expect(throws: PinError.notFound) { try line.reopen() }
    #expect(throws: PinError.notFound) { try line.set(percent: 100) }
    #expect(throws: PinError.gone) { try line.cutoff.cut() }
    #expect(line.isGraded == false)
  }

  @Test func selectorsAreReadFromText() {
    #expect(GPIOChipSelector("/dev/gpiochip0") == .path("/dev/gpiochip0"))
    #expect(GPIOChipSelector("pinctrl-rp1") == .label("pinctrl-rp1"))
    #expect(GPIOLineSelector("17") == .offset(17))
    #expect(GPIOLineSelector("GPIO17") == .name("GPIO17"))
    #expect(GPIOLineSelector("-1") == .name("-1"))
  }

  @Test func messagesSayWhatWasFound() {
    #expect(
      GPIOError.noChip(label: "pinctrl-rp1", found: ["a", "b"]).message
        == "there is no GPIO chip labelled pinctrl-rp1; found: a, b")
    #expect(
      GPIOError.busy(line: "GPIO17", consumer: "fan").message == "GPIO line GPIO17 is in use by fan")
    #expect(GPIOError.notPermitted(path: "/dev/gpiochip0").message.contains("add the user to group gpio"))
    #expect(GPIOError.noEdges(line: "GPIO4").message == "GPIO line GPIO4 cannot report edges")
  }

  /// The bits are those of linux/gpio.h, enum gpio_v2_line_flag, restated.
  @Test func aUseIsWhatTheKernelTakes() {
    #expect(GPIOLineUse.output(activeLow: false).flags == 1 << 3)
    #expect(GPIOLineUse.output(activeLow: true).flags == 1 << 3 | 1 << 1)
    let rising = GPIOLineUse.input(.rising, bias: .asIs, activeLow: false, debounceMicroseconds: 0)
    #expect(rising.flags == 1 << 2 | 1 << 4)
    #expect(rising.debounceMicroseconds == 0)
    let falling = GPIOLineUse.input(.falling, bias: .pullUp, activeLow: true, debounceMicroseconds: 5000)
    #expect(falling.flags == 1 << 2 | 1 << 5 | 1 << 8 | 1 << 1)
    #expect(falling.debounceMicroseconds == 5000)
    let both = GPIOLineUse.input(.both, bias: .pullDown, activeLow: false, debounceMicroseconds: 0)
    #expect(both.flags == 1 << 2 | 1 << 4 | 1 << 5 | 1 << 9)
  }
}
