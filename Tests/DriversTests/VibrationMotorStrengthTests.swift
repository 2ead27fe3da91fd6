// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

/// How strong, and for how long.
@Suite struct VibrationMotorStrengthTests {
  private typealias Motor = VibrationMotor<SpyPin>

  private static func parameters(strength: UInt8 = 100) -> Motor.Parameters {
    var parameters = Motor.Parameters()
    parameters.strength = strength
    return parameters
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

  /// The longest time may end within a pulse.
  @Test func theLongestTimeIsADeadlineToo() {
    var parameters = Self.parameters(strength: 60)
    parameters.longestOn = .milliseconds(34)
    var motor = Motor(on: SpyPin(calls: PinCalls()), parameters)
    #expect(motor.driven(true, 0) == .until(at(6)))
    #expect(motor.driven(true, 31) == .until(at(34)))
    #expect(motor.isOn == true)
    #expect(motor.driven(true, 34) == .settled)
    #expect(motor.isOn == false)
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

  private static let levels: [(level: UInt8, strength: UInt8, share: UInt8)] = [
    (100, 60, 60), (50, 100, 50), (50, 60, 30), (10, 10, 1), (45, 50, 23), (1, 1, 1), (99, 100, 99), (3, 10, 1),
  ]

  /// A level is a share of the strength, to the nearest percent; as weak as it may be, on is not off.
  @Test(arguments: levels)
  func aGradedPinIsGivenTheShare(level: UInt8, strength: UInt8, share: UInt8) {
    let calls = PinCalls()
    calls.isGraded = true
    var motor = Motor(on: SpyPin(calls: calls), Self.parameters(strength: strength))
    #expect(motor.driven(percent: level, 0) == .until(at(1000)))
    #expect(motor.isOn == true)
    #expect(motor.driven(percent: 0, 10) == .settled)
    #expect(calls.calls == ["open", "0", "\(share)", "0"])
  }

  @Test(arguments: levels)
  func anyOtherPinIsOnForTheShare(level: UInt8, strength: UInt8, share: UInt8) throws {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls), Self.parameters(strength: strength))
    var now = at(0)
    var on: Int64 = 0
    while now < at(500) {
      let next = min(try motor.drive(percent: level, at: now) ?? at(500), at(500))
      if motor.isOn { on += (next - now).microseconds }
      now = next
    }
    #expect(on == Int64(share) * 5000)
    #expect(calls.calls.allSatisfy { ["open", "0", "100"].contains($0) })
  }

  /// The level changes within one time on: what it was before is forgotten, and the longest time goes on.
  @Test func aLevelThatChangesIsNoPause() {
    let calls = PinCalls()
    calls.isGraded = true
    var motor = Motor(on: SpyPin(calls: calls))
    for (step, level) in ([20, 40, 40, 60] as [UInt8]).enumerated() {
      #expect(motor.driven(percent: level, Double(step) * 200) == .until(at(1000)))
    }
    #expect(calls.take() == ["open", "0", "20", "40", "60"])
    #expect(motor.driven(percent: 80, 1000) == .settled)
    #expect(motor.driven(percent: 10, 1100) == .settled)
    #expect(motor.isCutOff == true)
    #expect(calls.take() == ["0"])
    #expect(motor.driven(percent: 0, 1200) == .settled)
    #expect(motor.driven(percent: 10, 1300) == .until(at(2300)))
    #expect(calls.take() == ["10"])
  }

  /// Of a pin that only switches, each period has the share of the level that is asked for then.
  @Test func aRampIsSharesThatChange() {
    let calls = PinCalls()
    var motor = Motor(on: SpyPin(calls: calls))
    let steps: [(now: Double, level: UInt8, next: Double, calls: [String])] = [
      (0, 20, 2, ["open", "0", "100"]), (2, 20, 10, ["0"]), (10, 50, 15, ["100"]), (15, 50, 20, ["0"]),
      // Full is on without switching.
      (20, 100, 1000, ["100"]), (25, 100, 1000, []), (26, 70, 27, []), (27, 70, 30, ["0"]),
    ]
    for (now, level, next, expected) in steps {
      #expect(motor.driven(percent: level, now) == .until(at(next)), "at \(now) ms")
      #expect(calls.take() == expected, "at \(now) ms")
    }
  }

  @Test func whatCannotBeAskedForStops() async {
    await #expect(processExitsWith: .failure) {
      var motor = VibrationMotor(on: SpyPin(calls: PinCalls()))
      _ = try? motor.drive(percent: 101, at: at(0))
    }
    await #expect(processExitsWith: .failure) {
      _ = VibrationMotor(on: SpyPin(calls: PinCalls()), VibrationMotorStrengthTests.parameters(strength: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = VibrationMotor(on: SpyPin(calls: PinCalls()), VibrationMotorStrengthTests.parameters(strength: 101))
    }
    await #expect(processExitsWith: .failure) {
      var parameters = VibrationMotorStrengthTests.parameters(strength: 50)
      parameters.switchingPeriod = .zero
      _ = VibrationMotor(on: SpyPin(calls: PinCalls()), parameters)
    }
  }
}
