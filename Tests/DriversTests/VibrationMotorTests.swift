// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct VibrationMotorTests {
  private typealias Motor = VibrationMotor<SpyPin>

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
    #expect(calls.take() == [on ? "100" : "0", "open", "0"])
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

  /// A chip that went and came back while nobody looked costs the pulse nothing.
  @Test(arguments: [true, false])
  func aPinThatIsBackAlreadyIsDrivenAtOnce(on: Bool) throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    _ = try motor.drive(!on, at: at(0))
    calls.passingFailure = .gone
    _ = calls.take()
    _ = try motor.drive(on, at: at(50))
    #expect(calls.take() == (on ? ["100", "open", "0", "100"] : ["0", "open", "0", "0"]))
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

  /// The nudge, from the player to the pin.
  @Test func playsAPattern() throws {
    let clock = VirtualClock(startingAt: 1_000_000)
    let log = PinLog()
    var motor = VibrationMotor(on: SimulatedPin(clock: clock, log: log))
    var player = HapticPlayer()
    player.play(HapticPatterns().nudge, for: .nudge, at: at(1000))
    while true {
      let output = player.output(at: Timestamp(microseconds: clock.now()))
      let next = try motor.drive(percent: output.percent, at: Timestamp(microseconds: clock.now()))
      guard let until = output.until else { break }
      clock.sleep(until: min(until, next ?? until).microseconds)
    }
    let times = (0..<log.edges.count).map { log.edges[$0].time }
    #expect(times == [at(1000), at(1150), at(1300), at(1450)])
    #expect(!log.isActive)
    #expect(motor.cutOffs == 0)
  }
}
