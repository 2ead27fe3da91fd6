// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

/// Every call, "open" or the percentage, and what the next one fails with.
private final class PinCalls {
  var calls: [String] = []
  var failure: PinError?
  var openFailure: PinError?
  var isGraded = false

  func take() -> [String] {
    defer { calls = [] }
    return calls
  }
}

private struct SpyPin: OutputPin {
  let calls: PinCalls

  var isGraded: Bool { calls.isGraded }

  func set(percent: UInt8) throws(PinError) {
    calls.calls.append("\(percent)")
    if let failure = calls.failure { throw failure }
  }

  func reopen() throws(PinError) {
    calls.calls.append("open")
    if let failure = calls.openFailure { throw failure }
  }
}

/// What came of one driving.
private enum Driven: Equatable {
  /// It wants to be driven again then.
  case until(Timestamp)
  case settled
  case failed(PinError)
}

extension VibrationMotor where Pin: ~Copyable {
  fileprivate mutating func driven(_ wantsOn: Bool, _ milliseconds: Double) -> Driven {
    do {
      guard let until = try drive(wantsOn, at: at(milliseconds)) else { return .settled }
      return .until(until)
    } catch { return .failed(error) }
  }
}

@Suite struct VibrationMotorTests {
  private typealias Motor = VibrationMotor<SpyPin>

  private static func parameters(strength: UInt8 = 100) -> Motor.Parameters {
    var parameters = Motor.Parameters()
    parameters.strength = strength
    return parameters
  }

  @Test func thePinIsRequestedByTheFirstDrivingAndIsOffFirst() throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    #expect(calls.calls.isEmpty)
    #expect(motor.isOn == false)
    #expect(motor.isWorking == false)
    #expect(motor.driven(false, 0) == .settled)
    #expect(calls.take() == ["open", "0"])
    #expect(motor.isOn == false)
    #expect(motor.isWorking == true)
  }

  /// Off before on, even where it is to be on at once.
  @Test func onFromTheStartIsOffFirst() throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    #expect(motor.driven(true, 0) == .until(at(1000)))
    #expect(calls.take() == ["open", "0", "100"])
    #expect(motor.isOn == true)
  }

  @Test func drivesThePinOnlyWhereThatChangesSomething() throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    for (time, on) in [false, true, true, true, false, false, true].enumerated() {
      _ = try motor.drive(on, at: at(Double(time) * 100))
    }
    #expect(calls.calls == ["open", "0", "100", "0", "100"])
    #expect(motor.isOn == true)
  }

  @Test(arguments: [true, false])
  func isSwitchedOffWhenItIsGone(wasOn: Bool) throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    _ = try motor.drive(wasOn, at: at(0))
    _ = calls.take()
    _ = consume motor
    #expect(calls.calls == ["0"])
  }

  @Test func isSwitchedOffWhenItsOwnerThrows() {
    struct Stop: Error {}
    let calls = PinCalls()
    func work() throws {
      var motor = Motor(on: SpyPin(calls: calls))
      _ = try motor.drive(true, at: at(0))
      throw Stop()
    }
    #expect(throws: Stop.self) { try work() }
    #expect(calls.calls == ["open", "0", "100", "0"])
  }

  @Test func aPinThatFailsAtTheEndStopsNothing() throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    _ = try motor.drive(true, at: at(0))
    calls.failure = .system(5)
    _ = consume motor
    #expect(calls.calls == ["open", "0", "100", "0"])
  }

  /// 0.1, 0.2, 0.4 ... 5 s between tries, whether it is to be on or off; in between it says when.
  @Test(arguments: [true, false], [.notFound, .busy, .gone, .notPermitted, .system(5)] as [PinError])
  func aPinThatCannotBeOpenedIsTriedAgainAndAgain(on: Bool, error: PinError) throws {
    let calls = PinCalls()
    calls.openFailure = error
    var motor = Motor(on: SpyPin(calls: calls))
    var now = 0.0
    for pause in [100, 200, 400, 800, 1600, 3200, 5000, 5000] as [Double] {
      #expect(motor.driven(on, now) == .failed(error))
      #expect(calls.take() == ["open"])
      #expect(motor.isOn == false)
      #expect(motor.isWorking == false)
      #expect(motor.driven(on, now) == .until(at(now + pause)))
      #expect(motor.driven(on, now + pause - 0.001) == .until(at(now + pause)))
      #expect(calls.take().isEmpty)
      now += pause
    }
    calls.openFailure = nil
    // By now it has been asked for too long to be on, and has to be asked to be off once.
    _ = try motor.drive(false, at: at(now))
    #expect(calls.take() == ["open", "0"])
    #expect(motor.isWorking == true)
    _ = try motor.drive(true, at: at(now + 10))
    #expect(calls.take() == ["100"])
  }

  /// What failed has not happened: the pin is requested anew, off first.
  @Test(arguments: [true, false])
  func aPinThatFailsIsRequestedAnew(on: Bool) throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    _ = try motor.drive(!on, at: at(0))
    calls.failure = .gone
    _ = calls.take()
    #expect(motor.driven(on, 50) == .failed(.gone))
    #expect(calls.take() == [on ? "100" : "0"])
    #expect(motor.isOn == false)
    #expect(motor.isWorking == false)
    #expect(motor.driven(on, 149.999) == .until(at(150)))
    #expect(calls.take().isEmpty)
    // It opens, but cannot be driven yet.
    #expect(motor.driven(on, 150) == .failed(.gone))
    #expect(calls.take() == ["open", "0"])
    calls.failure = nil
    _ = try motor.drive(on, at: at(350))
    #expect(calls.take() == (on ? ["open", "0", "100"] : ["open", "0"]))
    #expect(motor.isOn == on)
    #expect(motor.isWorking == true)
  }

  /// A pin that was driven has shown that it works.
  @Test func thePauseIsShortAgainAfterADriving() throws {
    let calls = PinCalls()
    calls.openFailure = .busy
    var motor = Motor(on: SpyPin(calls: calls))
    for time in [0, 100, 300, 700] as [Double] {
      #expect(motor.driven(false, time) == .failed(.busy))
    }
    calls.openFailure = nil
    _ = try motor.drive(true, at: at(1500))
    calls.failure = .gone
    #expect(motor.driven(false, 1600) == .failed(.gone))
    #expect(motor.driven(false, 1600) == .until(at(1700)))
  }

  /// Until it has been asked to be off: asking for it to be on does not bring it back.
  @Test func theLongestTimeOnIsEnforced() throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    for time in stride(from: 0.0, to: 1000, by: 100) { #expect(motor.driven(true, time) == .until(at(1000))) }
    #expect(motor.driven(true, 999.999) == .until(at(1000)))
    #expect(motor.isOn == true)
    #expect(motor.isCutOff == false)
    #expect(motor.cutOffs == 0)
    #expect(motor.driven(true, 1000) == .settled)
    #expect(motor.isOn == false)
    #expect(motor.isCutOff == true)
    #expect(motor.cutOffs == 1)
    #expect(motor.driven(true, 5000) == .settled)
    #expect(motor.cutOffs == 1)
    #expect(calls.take() == ["open", "0", "100", "0"])
    #expect(motor.driven(false, 5001) == .settled)
    #expect(motor.isCutOff == false)
    #expect(motor.driven(true, 5002) == .until(at(6002)))
    #expect(motor.driven(true, 7000) == .settled)
    #expect(calls.take() == ["100", "0"])
    #expect(motor.cutOffs == 2)
  }

  /// A pin that came back late is not on for longer either.
  @Test func theLongestTimeCountsFromTheAsking() throws {
    let calls = PinCalls()
    calls.openFailure = .busy
    var motor = Motor(on: SpyPin(calls: calls))
    #expect(motor.driven(true, 0) == .failed(.busy))
    calls.openFailure = nil
    #expect(motor.driven(true, 100) == .until(at(1000)))
    #expect(motor.driven(true, 1000) == .settled)
    #expect(calls.take() == ["open", "open", "0", "100", "0"])
  }

  /// 60 %: 6 ms of 10 on, counted from the asking; every change has its deadline, and lateness does not shift the next.
  @Test func strengthIsAShareOfAPeriod() throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls), Self.parameters(strength: 60))
    let steps: [(now: Double, next: Double, calls: [String])] = [
      (3, 9, ["open", "0", "100"]), (5, 9, []), (9, 13, ["0"]), (12.999, 13, []), (13, 19, ["100"]), (20, 23, ["0"]),
      (23, 29, ["100"]), (31.5, 33, ["0"]), (36, 39, ["100"]), (47, 49, []),
      // Past the longest time.
      (1002, 1003, ["0"]),
    ]
    for (now, next, expected) in steps {
      #expect(motor.driven(true, now) == .until(at(next)), "at \(now) ms")
      #expect(calls.take() == expected, "at \(now) ms")
    }
    #expect(motor.driven(true, 1003) == .settled)
    #expect(calls.take().isEmpty)
    #expect(motor.isCutOff == true)
    #expect(motor.driven(false, 1004) == .settled)
    #expect(motor.driven(true, 1010) == .until(at(1016)))
    #expect(calls.take() == ["100"])
    // Off ends it at once.
    #expect(motor.driven(false, 1011) == .settled)
    #expect(calls.take() == ["0"])
  }

  @Test(arguments: [1, 25, 60, 99, 100] as [UInt8])
  func theShareIsTheStrength(strength: UInt8) throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls), Self.parameters(strength: strength))
    var now = at(0)
    var on: Int64 = 0
    while now < at(1000) {
      let next = try motor.drive(true, at: now) ?? at(1000)
      #expect(next > now && next <= at(1000))
      if motor.isOn { on += (next - now).microseconds }
      now = next
    }
    #expect(on == Int64(strength) * 10_000)
    #expect(calls.calls.allSatisfy { ["open", "0", "100"].contains($0) })
  }

  @Test(arguments: [1, 60, 100] as [UInt8])
  func aGradedPinIsGivenTheStrength(strength: UInt8) throws {
    let calls = PinCalls()
    calls.isGraded = true
    var motor = Motor(on: SpyPin(calls: calls), Self.parameters(strength: strength))
    #expect(motor.driven(true, 0) == .until(at(1000)))
    #expect(motor.driven(true, 7) == .until(at(1000)))
    #expect(motor.isOn == true)
    #expect(motor.driven(true, 1000) == .settled)
    #expect(calls.calls == ["open", "0", "\(strength)", "0"])
  }

  @Test func whatCannotBeAskedForStops() async {
    await #expect(processExitsWith: .failure) {
      _ = VibrationMotor(on: SpyPin(calls: PinCalls()), VibrationMotorTests.parameters(strength: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = VibrationMotor(on: SpyPin(calls: PinCalls()), VibrationMotorTests.parameters(strength: 101))
    }
    await #expect(processExitsWith: .failure) {
      var parameters = VibrationMotorTests.parameters(strength: 50)
      parameters.switchingPeriod = .zero
      _ = VibrationMotor(on: SpyPin(calls: PinCalls()), parameters)
    }
  }

  /// The nudge, from the player to the pin.
  @Test func playsAPattern() throws {
    let clock = VirtualClock(startingAt: 1_000_000)
    let log = PinLog()
    var motor = VibrationMotor(on: SimulatedPin(clock: clock, log: log))
    var player = HapticPlayer()
    player.play(.nudge, at: at(1000))
    while true {
      let output = player.output(at: Timestamp(microseconds: clock.now()))
      let next = try motor.drive(output.isOn, at: Timestamp(microseconds: clock.now()))
      guard let until = output.until else { break }
      clock.sleep(until: min(until, next ?? until).microseconds)
    }
    let times = (0..<log.edges.count).map { log.edges[$0].time }
    #expect(times == [at(1000), at(1150), at(1300), at(1450)])
    #expect(!log.isActive)
    #expect(motor.cutOffs == 0)
  }
}
