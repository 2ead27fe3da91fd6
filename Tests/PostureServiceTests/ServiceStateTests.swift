// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct ServiceStateTests {
  private func status(_ state: ServiceState) -> StatusMessage {
    state.status(uptime: 12.345, lost: 3, isRealtime: true, clients: 2)
  }

  @Test func theBeginningKnowsNothing() {
    let state = ServiceState(Recorded.facts)
    #expect(state.state == .starting && state.samples == 0 && state.last == nil && state.lastCue == nil)
    let status = status(state)
    #expect(status.source == "simulated" && status.sensor == "MPU-6050" && status.rate_hz == 100 && status.has_motor)
    #expect(status.state == "starting" && status.posture == "unknown" && status.uptime_s == 12.3)
    #expect(status.lost == 3 && status.is_realtime && status.clients == 2)
    #expect(status.time_us == nil && status.up == nil && status.fault == nil && status.measured_rate_hz == nil)
    #expect(state.why == WhyMessage())
  }

  @Test func statesFollowThePublications() {
    var state = ServiceState(Recorded.facts)
    let frame = Recorded.frames[0]
    #expect(state.take(.frame(frame)).isEmpty)
    #expect(state.state == .running && state.samples == 1)
    #expect(state.take(.sensorFault(.noNewData, isLost: true)).isEmpty)
    #expect(state.state == .lost && state.fault == .noNewData && state.faults == 1)
    _ = state.take(.sensorFault(.bus(.timeout), isLost: true))
    #expect(state.faults == 2 && status(state).fault == SensorFault.bus(.timeout).text)
    _ = state.take(.frame(Recorded.frames[1]))
    #expect(state.state == .running && state.fault == nil && state.faults == 2)
    #expect(status(state).fault == nil)
    #expect(state.take(.ended).isEmpty)
    #expect(state.state == .ended && status(state).state == "ended" && state.samples == 2)
  }

  @Test func aFaultThatIsOnlyTriedAgainIsCountedAndNoLoss() {
    var state = ServiceState(Recorded.facts)
    _ = state.take(.frame(Recorded.frames[0]))
    _ = state.take(.sensorFault(.bus(.noAcknowledge), isLost: false))
    #expect(state.state == .running && state.faults == 1 && state.fault == nil)
    #expect(state.tilt.state == "running")
  }

  @Test func aSensorMayBeLostBeforeItsFirstSample() {
    var state = ServiceState(Recorded.facts)
    _ = state.take(.sensorFault(.wrongIdentity(0x70), isLost: true))
    #expect(state.state == .lost && state.samples == 0)
    #expect(status(state).fault?.contains("0x70") == true)
  }

  @Test func aMotorThatFailsIsSaid() {
    var state = ServiceState(Recorded.facts)
    _ = state.take(.motorFault(PinError(number: 5)))
    #expect(state.state == .starting && state.motorFault == PinError(number: 5))
    #expect(status(state).motor_fault == "error 5 of the GPIO line")
  }

  @Test func eventsAreCountedAndHandedOn() throws {
    var state = ServiceState(Recorded.facts)
    var events: [EventRecord] = []
    for frame in Recorded.frames { events += state.take(.frame(frame)) }
    #expect(events == Recorded.frames.events && events.count == 4)
    #expect(state.samples == UInt64(Recorded.frames.count))
    #expect(state.deviations == 1 && state.reminders == 1)
    let why = state.why
    let reminded = try #require(events.first { $0.event == "reminded" })
    #expect(why.has_cue && why.cue == "reminder" && why.time_us == reminded.time_us && why.lean == "forward")
    #expect(why.explanation.contains("a reminder comes every 60 s"))
    let last = try #require(Recorded.frames.last)
    let ago = try #require(why.ago_s)
    #expect(abs(ago - Double(last.time - reminded.time_us) / 1e6) < 0.05)
  }

  /// What is sent has the precision that means something, and not the noise of binary fractions.
  @Test func timesInAMessageHaveFewDecimalPlaces() throws {
    var state = ServiceState(Recorded.facts)
    var times: [Double] = []
    for frame in Recorded.frames {
      _ = state.take(.frame(frame))
      if let ago = state.why.ago_s { times.append(ago) }
    }
    #expect(times.allSatisfy { $0 == $0.rounded(places: 3) })
  }

  @Test func statusShowsTheLastFrame() throws {
    var state = ServiceState(Recorded.facts)
    for frame in Recorded.frames[..<3000] { _ = state.take(.frame(frame)) }
    let output = Recorded.frames[2999].output
    let status = status(state)
    #expect(status.time_us == output.time.microseconds && status.posture == output.posture.name)
    #expect(status.total_deg == output.tilt?.total.degrees.rounded(places: 2))
    #expect(status.flexion_deg == output.tilt?.flexion.degrees.rounded(places: 2))
    #expect(status.lateral_deg == output.tilt?.lateral.degrees.rounded(places: 2))
    #expect(status.up == output.up.map { [$0.x, $0.y, $0.z].map { $0.rounded(places: 6) } })
    #expect(status.gyroscope_bias_dps?.count == 3 && status.has_reference && !status.is_calibrating)
    #expect(state.tilt.total_deg == status.total_deg)
  }

  @Test(arguments: [2, 100, 256, 257, 700])
  func theRateIsMeasuredOverTheLastSamples(count: Int) {
    var state = ServiceState(Recorded.facts)
    for frame in Recorded.frames[..<count] { _ = state.take(.frame(frame)) }
    #expect(status(state).measured_rate_hz == 100)
  }

  @Test func theMeasuredRateForgetsWhatIsLongAgo() {
    var state = ServiceState(Recorded.facts)
    _ = state.take(.frame(Recorded.frames[0]))
    #expect(status(state).measured_rate_hz == nil)
    // Every second one: 50 Hz.
    for index in 0..<100 { _ = state.take(.frame(Recorded.frames[500 + 2 * index])) }
    #expect(status(state).measured_rate_hz.map { $0 < 50 } == true)
    for index in 100..<400 { _ = state.take(.frame(Recorded.frames[500 + 2 * index])) }
    #expect(status(state).measured_rate_hz == 50)
  }

  @Test func everyFaultHasAText() {
    let bus: [I2CError] = [
      .noAcknowledge, .timeout, .arbitrationLost, .busFault, .busy, .adapterGone, .notPermitted, .unsupported,
      .system(5),
    ]
    let faults: [SensorFault] =
      bus.map { .bus($0) } + [
        .wrongIdentity(0x0F), .configurationRefused(register: 0x1A), .configurationLost(register: 0x6B), .noNewData,
      ]
    #expect(Set(faults.map(\.text)).count == faults.count)
    #expect(SensorFault.wrongIdentity(0x0F).text.contains("0x0F"))
    #expect(SensorFault.bus(.system(5)).text.contains("5"))
  }
}
