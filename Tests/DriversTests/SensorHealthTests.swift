// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import Testing

@testable import Drivers

@Suite struct SensorHealthTests {
  private static let passing: [SensorFault] = [
    .bus(.noAcknowledge), .bus(.timeout), .bus(.arbitrationLost), .bus(.busFault), .bus(.busy), .bus(.notPermitted),
    .bus(.unsupported), .bus(.system(5)), .implausibleData, .overrun,
  ]
  private static let lasting: [SensorFault] = [
    .bus(.noAdapter), .bus(.notAnAdapter), .bus(.adapterGone), .notFound, .wrongIdentity(0x70, at: address(0x68)),
    .configurationRefused(register: 0x1A), .configurationLost(register: 0x6B), .noNewData, .frozenData,
    .interruptLine(.gone),
  ]

  private func running(at now: Timestamp) -> SensorHealth {
    var health = SensorHealth()
    health.begin()
    health.sampled(at: now)
    return health
  }

  @Test func itStartsAndRuns() {
    var health = SensorHealth()
    #expect(health.state == .starting)
    health.begin()
    #expect(health.state == .starting)
    health.sampled(at: at(0))
    #expect(health.state == .running)
  }

  @Test(arguments: passing)
  func twoInARowPass(fault: SensorFault) {
    var health = running(at: at(0))
    for time in [10, 20] as [Double] {
      #expect(health.tolerates(fault, at: at(time), soon: at(time + 7)) == true)
      #expect(health.state == .degraded && health.retry == at(time + 7))
    }
    #expect(health.tolerates(fault, at: at(30), soon: at(37)) == false)
    #expect(health.state == .lost && health.retry == at(130))
  }

  @Test(arguments: passing)
  func aSampleForgivesThem(fault: SensorFault) {
    var health = running(at: at(0))
    for time in stride(from: 10.0, to: 5000, by: 30) {
      #expect(health.tolerates(fault, at: at(time), soon: at(time + 10)) == true)
      #expect(health.tolerates(fault, at: at(time + 10), soon: at(time + 20)) == true)
      health.sampled(at: at(time + 20))
      #expect(health.state == .degraded)
    }
  }

  @Test(arguments: lasting)
  func othersAreALossAtOnce(fault: SensorFault) {
    var health = running(at: at(0))
    #expect(health.tolerates(fault, at: at(10), soon: at(20)) == false)
    #expect(health.state == .lost && health.retry == at(110))
  }

  /// Before the first sample, and while it is started anew, there is nothing to hold on to.
  @Test(arguments: passing + lasting)
  func aStartToleratesNothing(fault: SensorFault) {
    var health = SensorHealth()
    health.begin()
    #expect(health.tolerates(fault, at: at(0), soon: at(10)) == false)
    #expect(health.state == .lost)
    health.begin()
    #expect(health.state == .starting)
    health.sampled(at: at(500))
    #expect(health.state == .running)
    #expect(health.tolerates(.noNewData, at: at(600), soon: at(610)) == false)
    health.begin()
    #expect(health.state == .recovering)
    #expect(health.tolerates(fault, at: at(900), soon: at(910)) == false)
    #expect(health.state == .lost)
    health.begin()
    #expect(health.state == .recovering)
    health.sampled(at: at(2000))
    #expect(health.state == .running)
  }

  @Test func degradedEndsASecondAfterTheLastFault() {
    var health = running(at: at(0))
    _ = health.tolerates(.overrun, at: at(100), soon: at(110))
    health.sampled(at: at(110))
    _ = health.tolerates(.overrun, at: at(600), soon: at(610))
    for time in [610, 1100, 1599.999] as [Double] {
      health.sampled(at: at(time))
      #expect(health.state == .degraded)
    }
    health.sampled(at: at(1600))
    #expect(health.state == .running)
  }

  @Test func thePausesDouble() {
    var health = SensorHealth()
    var now = at(0)
    for pause in [100, 200, 400, 800, 1600, 3200, 5000, 5000] as [Int64] {
      health.begin()
      #expect(health.tolerates(.notFound, at: now, soon: now) == false)
      #expect(health.retry == now + .milliseconds(pause))
      now = health.retry
    }
  }

  /// A sensor that is lost as soon as it is back does not have short pauses for ever.
  @Test(arguments: [(0, 1600), (500, 1600), (999.999, 1600), (1000, 100)] as [(Double, Int64)])
  func aSecondOfSamplesShortensThePause(samples: Double, pause: Int64) {
    var health = SensorHealth()
    for _ in 0..<4 {
      health.begin()
      _ = health.tolerates(.notFound, at: at(0), soon: at(0))
    }
    health.begin()
    health.sampled(at: at(10_000))
    health.sampled(at: at(10_000 + samples))
    _ = health.tolerates(.noNewData, at: at(12_000), soon: at(12_000))
    #expect(health.retry == at(12_000) + .milliseconds(pause))
  }

  /// The second is counted anew by each start.
  @Test func secondsDoNotAddUp() {
    var health = SensorHealth()
    var now = 0.0
    for pause in [100, 200, 400, 800] as [Int64] {
      health.begin()
      health.sampled(at: at(now))
      health.sampled(at: at(now + 900))
      _ = health.tolerates(.frozenData, at: at(now + 900), soon: at(0))
      #expect(health.retry == at(now + 900) + .milliseconds(pause))
      now += 10_000
    }
  }
}
