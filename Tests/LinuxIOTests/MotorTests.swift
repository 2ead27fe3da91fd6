// SPDX-License-Identifier: MIT
import Glibc
import HAL
import LinuxIO
import TestSupport
import Testing

struct MotorTests {
  private let directory = TemporaryDirectory()

  private func openChannel() throws -> PWMChannel {
    try directory.addChip()
    try directory.addChannel()
    var channel = PWMChannel(directory.selector())
    try channel.open()
    return channel
  }

  @Test func anotherThreadCutsTheOutputOff() throws {
    let channel = try openChannel()
    let cutoff = channel.cutoff
    try channel.set(percent: 100)
    let watchdog = try RealtimeThread(name: "watchdog", priority: nil) {
      do { try cutoff.cut() } catch { Issue.record(error) }
    }
    watchdog.join()
    #expect(try directory.line("pwmchip0/pwm1/duty_cycle") == "0")
    // The output itself knows nothing of it.
    try channel.set(percent: 50)
    #expect(try directory.line("pwmchip0/pwm1/duty_cycle") == "20000")
  }

  @Test func aCutFollowsAnOutputThatIsOpenedAnew() throws {
    var channel = try openChannel()
    let cutoff = channel.cutoff
    rename(directory.file("pwmchip0"), directory.file("pwmchip7"))
    #expect(throws: PinError.notFound) { try channel.reopen() }
    #expect(throws: PinError.gone) { try cutoff.cut() }
    try directory.addChip()
    try directory.addChannel()
    try channel.reopen()
    try channel.set(percent: 100)
    try cutoff.cut()
    #expect(try directory.line("pwmchip0/pwm1/duty_cycle") == "0")
  }

  @Test func aCutAfterTheEndTouchesNothing() throws {
    let cutoff = try openChannel().cutoff
    // Of these, one has the number that the channel had.
    try directory.write("kept\n", to: "other")
    var others: [Int32] = []
    for _ in 0..<8 { others.append(open(directory.file("other"), O_RDWR)) }
    defer { for other in others { close(other) } }
    #expect(throws: PinError.gone) { try cutoff.cut() }
    #expect(try contents(of: directory.file("other")) == "kept\n")
  }

  @Test(arguments: [(MotorCutoff.Kind.line, ENOTTY), (.channel, ENOSPC)])
  func aFailedCutSaysWhy(kind: MotorCutoff.Kind, number: Int32) throws {
    let shared = SharedDescriptor()
    shared.replace(with: try .open(path: "/dev/full", flags: O_WRONLY))
    #expect(throws: PinError.system(number)) { try MotorCutoff(shared, kind).cut() }
  }

  @Test func anOutputIsALineOrAChannel() throws {
    var line = MotorOutput.line(GPIOLine(chip: nil, line: .name("GPIO17"), directory: directory.path))
    #expect(line.isGraded == false)
    #expect(throws: MotorOutput.Failure.line(.noChips(directory: directory.path))) { try line.open() }
    #expect(throws: PinError.notFound) { try line.reopen() }
    #expect(throws: PinError.notFound) { try line.set(percent: 1) }
    #expect(throws: PinError.gone) { try line.cutoff.cut() }

    var channel = MotorOutput.channel(PWMChannel(directory.selector()))
    #expect(channel.isGraded == true)
    let failure = PWMError.noChip(path: directory.file("pwmchip0"), found: [])
    #expect(throws: MotorOutput.Failure.channel(failure)) { try channel.open() }
    #expect(MotorOutput.Failure.channel(failure).message == failure.message)
    try directory.addChip()
    try directory.addChannel()
    try channel.reopen()
    try channel.set(percent: 25)
    #expect(try directory.line("pwmchip0/pwm1/duty_cycle") == "10000")
    try channel.cutoff.cut()
    #expect(try directory.line("pwmchip0/pwm1/duty_cycle") == "0")
  }
}
