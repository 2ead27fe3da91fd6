// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import Testing

/// The numbers are those of asm-generic/errno.h, restated.
struct PinErrorTests {
  @Test(
    arguments: [
      (2, .notFound),  // ENOENT
      (16, .busy),  // EBUSY
      (19, .gone),  // ENODEV
      (108, .gone),  // ESHUTDOWN
      (13, .notPermitted),  // EACCES
      (1, .notPermitted),  // EPERM
      (5, .system(5)),  // EIO: an expander's bus, not its end
      (22, .system(22)),  // EINVAL
    ] as [(Int32, PinError)])
  func errorNumbersAreTranslated(number: Int32, error: PinError) {
    #expect(PinError(errorNumber: number) == error)
  }

  @Test(
    arguments: [
      (.notAChip(path: "p"), .notFound),
      (.noChips(directory: "d"), .notFound),
      (.noChip(label: "l", found: []), .notFound),
      (.noLine(name: "n", chips: []), .notFound),
      (.offsetOutOfRange(9, lines: 8, path: "p"), .notFound),
      (.offsetWithoutChip(9), .notFound),
      (.busy(line: "l", consumer: "c"), .busy),
      (.noEdges(line: "l"), .system(6)),
      (.notPermitted(path: "p"), .notPermitted),
      (.system(SystemError(call: "c", number: 19)), .gone),
    ] as [(GPIOError, PinError)])
  func whyALineCannotBeHadIsToldInShort(error: GPIOError, short: PinError) {
    #expect(PinError(error) == short)
  }

  @Test(
    arguments: [
      (.noChip(path: "p", found: []), .notFound),
      (.noChannel(2, channels: 2, chip: "c"), .notFound),
      (.busy(0, chip: "c"), .busy),
      (.notPermitted(SystemError(call: "c", number: 13)), .notPermitted),
      (.system(SystemError(call: "c", number: 19)), .gone),
    ] as [(PWMError, PinError)])
  func whyAChannelCannotBeHadIsToldInShort(error: PWMError, short: PinError) {
    #expect(PinError(error) == short)
  }
}
