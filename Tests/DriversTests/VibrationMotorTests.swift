// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

/// Every call, and what the next one fails with.
private final class PinCalls {
  var levels: [Bool] = []
  var failure: PinError?
}

private struct SpyPin: OutputPin {
  let calls: PinCalls

  func set(active: Bool) throws(PinError) {
    calls.levels.append(active)
    if let failure = calls.failure { throw failure }
  }
}

@Suite struct VibrationMotorTests {
  @Test func isSwitchedOffAtTheStart() throws {
    let calls = PinCalls()
    let motor = try VibrationMotor(on: SpyPin(calls: calls))
    #expect(calls.levels == [false])
    let isOn = motor.isOn
    #expect(!isOn)
  }

  @Test func drivesThePinOnlyWhereThatChangesSomething() throws {
    let calls = PinCalls()
    var motor = try VibrationMotor(on: SpyPin(calls: calls))
    for on in [false, true, true, true, false, false, true] { try motor.set(on: on) }
    #expect(calls.levels == [false, true, false, true])
    let isOn = motor.isOn
    #expect(isOn)
  }

  @Test(arguments: [true, false])
  func isSwitchedOffWhenItIsGone(wasOn: Bool) throws {
    let calls = PinCalls()
    var motor = try VibrationMotor(on: SpyPin(calls: calls))
    try motor.set(on: wasOn)
    #expect(calls.levels == (wasOn ? [false, true] : [false]))
    _ = consume motor
    #expect(calls.levels == (wasOn ? [false, true, false] : [false, false]))
  }

  @Test func isSwitchedOffWhenItsOwnerThrows() {
    struct Stop: Error {}
    let calls = PinCalls()
    func work() throws {
      var motor = try VibrationMotor(on: SpyPin(calls: calls))
      try motor.set(on: true)
      throw Stop()
    }
    #expect(throws: Stop.self) { try work() }
    #expect(calls.levels == [false, true, false])
  }

  @Test func aPinThatFailsAtTheStartIsToldOf() {
    let calls = PinCalls()
    calls.failure = PinError(number: 13)
    #expect(throws: PinError(number: 13)) { _ = try VibrationMotor(on: SpyPin(calls: calls)) }
    #expect(calls.levels.allSatisfy { !$0 })
  }

  /// What failed has not happened, so that it can be tried again.
  @Test(arguments: [true, false])
  func anErrorPassesThrough(on: Bool) throws {
    let calls = PinCalls()
    var motor = try VibrationMotor(on: SpyPin(calls: calls))
    try motor.set(on: !on)
    calls.failure = PinError(number: 5)
    calls.levels = []
    for _ in 0..<2 {
      do {
        try motor.set(on: on)
        Issue.record("no error")
      } catch {
        #expect(error == PinError(number: 5))
      }
    }
    #expect(calls.levels == [on, on])
    let isOn = motor.isOn
    #expect(isOn == !on)
    calls.failure = nil
    try motor.set(on: on)
    #expect(calls.levels == [on, on, on])
  }

  @Test func aPinThatFailsAtTheEndStopsNothing() throws {
    let calls = PinCalls()
    var motor = try VibrationMotor(on: SpyPin(calls: calls))
    try motor.set(on: true)
    calls.failure = PinError(number: 5)
    _ = consume motor
    #expect(calls.levels == [false, true, false])
  }

  /// The nudge, from the player to the pin.
  @Test func playsAPattern() throws {
    let clock = VirtualClock(startingAt: 1_000_000)
    let log = PinLog()
    var motor = try VibrationMotor(on: SimulatedPin(clock: clock, log: log))
    var player = HapticPlayer()
    player.play(.nudge, at: at(1000))
    while true {
      let output = player.output(at: Timestamp(microseconds: clock.now()))
      try motor.set(on: output.isOn)
      guard let until = output.until else { break }
      clock.sleep(until: until.microseconds)
    }
    let times = (0..<log.edges.count).map { log.edges[$0].time }
    #expect(times == [at(1000), at(1150), at(1300), at(1450)])
    #expect(!log.isActive)
  }
}
