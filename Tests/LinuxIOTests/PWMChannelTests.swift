// SPDX-License-Identifier: MIT
import Glibc
import HAL
import LinuxIO
import TestSupport
import Testing

/// The attributes are regular files; what the kernel makes of them is tried in the kernel rig.
struct PWMChannelTests {
  private let directory = TemporaryDirectory()

  private func opening(_ text: String) -> PWMError? {
    var channel = PWMChannel(directory.selector(text))
    do throws(PWMError) {
      try channel.open()
      return nil
    } catch {
      return error
    }
  }

  @Test func selectorsAreReadFromText() {
    let selector = PWMSelector("pwmchip2:1")
    #expect(selector?.chip == "/sys/class/pwm/pwmchip2")
    #expect(selector?.channel == 1)
    #expect(PWMSelector("/sys/class/pwm/pwmchip2:1") == selector)
    #expect(PWMSelector("/sys/a:b/pwmchip0:0")?.chip == "/sys/a:b/pwmchip0")
    for text in ["pwmchip0", "pwmchip0:", "pwmchip0:-1", "GPIO17:1", "17", "", ":1", "pwmchip0/../x:1"] {
      #expect(PWMSelector(text) == nil)
    }
  }

  @Test func aNumberIsOneLine() throws {
    for value in [0, 7, 40_000, 1_000_000_000, UInt64.max] {
      try directory.write("", to: "number")
      let file = try FileDescriptor.open(path: directory.file("number"), flags: O_WRONLY)
      #expect(DecimalLine(value).write(to: file.raw) == 0)
      #expect(try contents(of: directory.file("number")) == "\(value)\n")
    }
    let full = try FileDescriptor.open(path: "/dev/full", flags: O_WRONLY)
    #expect(DecimalLine(1).write(to: full.raw) == -ENOSPC)
  }

  @Test func itIsOffWhenItHasBeenOpened() throws {
    try directory.addChip()
    try directory.addChannel(period: 1000, duty: 900, polarity: "inversed", enable: 1)
    var channel = PWMChannel(directory.selector())
    try channel.open()
    #expect(try directory.channel() == ["40000", "0", "normal", "1"])
    #expect(channel.isGraded == true)
  }

  @Test func aLevelIsAShareOfThePeriod() throws {
    try directory.addChip()
    try directory.addChannel()
    var channel = PWMChannel(directory.selector(), periodNanoseconds: 50_000)
    try channel.open()
    for (percent, duty) in [(100, "50000"), (1, "500"), (50, "25000"), (101, "50000"), (255, "50000"), (0, "0")] {
      try channel.set(percent: UInt8(percent))
      #expect(try directory.line("pwmchip0/pwm1/duty_cycle") == duty)
    }
    #expect(try directory.channel() == ["50000", "0", "normal", "1"])
  }

  @Test func itIsOffAndDisabledAtTheEnd() throws {
    try directory.addChip()
    try directory.addChannel()
    do {
      var channel = PWMChannel(directory.selector())
      try channel.open()
      try channel.set(percent: 60)
      #expect(try directory.channel() == ["40000", "24000", "normal", "1"])
    }
    #expect(try directory.channel() == ["40000", "0", "normal", "0"])
    // It was exported before, and stays so.
    #expect(try contents(of: directory.file("pwmchip0/unexport")) == "")
  }

  @Test func aChannelThatIsActiveLowStaysEnabledAtTheEnd() throws {
    try directory.addChip()
    try directory.addChannel(enable: 1)
    do {
      var channel = PWMChannel(directory.selector(), activeLow: true)
      try channel.open()
      try channel.set(percent: 60)
      #expect(try directory.channel() == ["40000", "24000", "inversed", "1"])
    }
    #expect(try directory.channel() == ["40000", "0", "inversed", "1"])
  }

  /// The export is a pipe, and another thread the kernel that makes the attributes appear.
  @Test(.timeLimit(.minutes(15))) func itIsExportedForItsLifeWhereItWasNot() throws {
    try directory.addChip()
    let export = directory.file("pwmchip0/export")
    unlink(export)
    try #require(mkfifo(export, 0o600) == 0)
    let kernel = try RealtimeThread(name: "kernel", priority: nil) { [directory] in
      do {
        #expect(try contents(of: export) == "1\n")
        // All at once, as they are never half there.
        try directory.addChannel("coming")
        rename(directory.file("coming/pwm1"), directory.file("pwmchip0/pwm1"))
      } catch {
        Issue.record(error)
      }
    }
    do {
      var channel = PWMChannel(directory.selector())
      try channel.open()
      kernel.join()
      try channel.set(percent: 100)
      #expect(try directory.channel() == ["40000", "40000", "normal", "1"])
      #expect(try contents(of: directory.file("pwmchip0/unexport")) == "")
    }
    #expect(try directory.channel() == ["40000", "0", "normal", "0"])
    #expect(try contents(of: directory.file("pwmchip0/unexport")) == "1\n")
  }

  @Test func whatIsMissingIsSaid() throws {
    #expect(opening("pwmchip0:1") == .noChip(path: directory.file("pwmchip0"), found: []))
    #expect(opening("pwmchip0:1")?.message.contains("dtoverlay=pwm") == true)
    try directory.addChip()
    try directory.addChip("pwmchip2")
    let found = [directory.file("pwmchip0"), directory.file("pwmchip2")]
    let missing = directory.file("pwmchip1")
    #expect(opening("pwmchip1:1") == .noChip(path: missing, found: found))
    #expect(opening("\(missing):1")?.message == "there is no PWM chip \(missing); found: \(found[0]), \(found[1])")
    #expect(opening("pwmchip0:2") == .noChannel(2, channels: 2, chip: found[0]))
    #expect(opening("pwmchip0:2")?.message == "\(found[0]) has no PWM channel 2: its 2 channels count from 0")
    try directory.addChannel()
    unlink(directory.file("pwmchip0/pwm1/polarity"))
    let polarity = directory.file("pwmchip0/pwm1/polarity")
    #expect(opening("pwmchip0:1") == .system(SystemError(call: "open \(polarity)", number: ENOENT)))
  }

  @Test func aChannelThatIsNotOpenCannotBeSet() throws {
    var channel = PWMChannel(directory.selector())
    #expect(throws: PinError.gone) { try channel.set(percent: 0) }
    #expect(throws: PinError.notFound) { try channel.reopen() }
    #expect(throws: PinError.notFound) { try channel.set(percent: 100) }
    try directory.addChip()
    try directory.addChannel()
    try channel.reopen()
    try channel.set(percent: 100)
    #expect(try directory.line("pwmchip0/pwm1/duty_cycle") == "40000")
  }

  @Test func openingAnewDrivesTheOldOneOffAndTakesTheNewOne() throws {
    try directory.addChip()
    try directory.addChannel()
    var channel = PWMChannel(directory.selector())
    try channel.open()
    try channel.set(percent: 100)
    rename(directory.file("pwmchip0"), directory.file("pwmchip7"))
    try directory.addChip()
    try directory.addChannel()
    try channel.reopen()
    #expect(try directory.line("pwmchip7/pwm1/duty_cycle") == "0")
    try channel.set(percent: 50)
    #expect(try directory.channel() == ["40000", "20000", "normal", "1"])
    #expect(try directory.line("pwmchip7/pwm1/duty_cycle") == "0")
  }
}
