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

  /// After so many frames of a sensor that has been found and runs.
  private func running(_ frames: ArraySlice<Frame> = Recorded.frames[..<1]) -> ServiceState {
    var state = ServiceState(Recorded.facts)
    state.takeAll([.sensorFound(Recorded.found)] + frames.map { .frame($0) } + [.sensorState(.running)])
    return state
  }

  @Test func theBeginningKnowsNothing() {
    let state = ServiceState(Recorded.facts)
    #expect(state.state == .starting && state.samples == 0 && state.last == nil)
    let status = status(state)
    #expect(status.source == "simulated" && status.has_motor && !status.motor_on && status.motor_cut_offs == 0)
    #expect(status.sensor == nil && status.address == nil && status.mode == nil && status.rate_hz == nil)
    #expect(status.state == "starting" && status.state_since_s == 12.3)
    #expect(status.posture == "unknown" && status.uptime_s == 12.3)
    #expect(status.samples_missing == 0 && status.faults == 0 && status.fault_counts == [:])
    #expect(status.lost == 3 && status.is_realtime && status.clients == 2)
    #expect(status.time_us == nil && status.up == nil && status.fault == nil && status.measured_rate_hz == nil)
    #expect(state.why(1) == WhyMessage(kept: 0))
  }

  @Test func theSensorIsKnownOnceItIsFound() {
    var state = ServiceState(Recorded.facts)
    var found = Recorded.found
    #expect(state.take(.sensorFound(found), at: 1).isEmpty)
    #expect(state.state == .starting)
    #expect(status(state).sensor == "MPU-6050" && status(state).address == "0x68" && status(state).mode == "polled")
    #expect(status(state).rate_hz == 100)
    found.model = .lsm6dso
    found.address = I2CAddress(0x6B) ?? found.address
    found.mode = .dataReady
    found.period = Interval(microseconds: 9615)
    state.takeAll([.sensorFound(found)])
    #expect(status(state).sensor == "LSM6DSO" && status(state).address == "0x6B")
    #expect(status(state).mode == "data-ready" && status(state).rate_hz == 104)
  }

  @Test func aTracesSensorIsKnownFromTheStart() {
    var facts = Recorded.facts
    facts.sensor = "MPU-6050"
    facts.rate = 62.5
    let status = status(ServiceState(facts))
    #expect(status.sensor == "MPU-6050" && status.rate_hz == 62.5 && status.address == nil && status.mode == nil)
  }

  /// A sensor's whole life: each state, what it says of now, and for how long it has been so.
  @Test func statesFollowThePublications() {
    var state = running(Recorded.frames[..<3000])
    let last = Recorded.frames[2999]
    #expect(state.state == .running && state.samples == 3000 && state.tilt.state == "running")
    #expect(status(state).total_deg != nil && status(state).posture == "deviated")

    let fault = Publication.sensorFault(.bus(.noAcknowledge), at: last.output.time)
    #expect(state.take(fault, at: 2).isEmpty)
    #expect(state.take(.sensorState(.degraded), at: 2).isEmpty)
    #expect(state.state == .degraded && status(state).state == "degraded" && status(state).state_since_s == 10.3)
    #expect(status(state).fault == I2CError.noAcknowledge.text(bus: nil) && state.tilt.fault == status(state).fault)
    // The last sample still says how the wearer is.
    #expect(status(state).total_deg != nil && state.tilt.total_deg != nil && status(state).measured_rate_hz == 100)

    _ = state.take(fault, at: 2.5)
    _ = state.take(.sensorState(.lost), at: 2.5)
    for name in ["lost", "recovering"] {
      #expect(status(state).state == name && state.tilt.state == name)
      #expect(status(state).posture == "unknown" && status(state).up == nil && status(state).context == nil)
      #expect(status(state).total_deg == nil && status(state).measured_rate_hz == nil && state.tilt.total_deg == nil)
      #expect(status(state).time_us == last.time && status(state).has_reference && status(state).fault != nil)
      _ = state.take(.sensorState(.recovering), at: 2.75)
    }
    #expect(status(state).state_since_s == 9.6)

    _ = state.take(.frame(Recorded.frames[3000]), at: 3)
    _ = state.take(.sensorState(.running), at: 3)
    #expect(state.state == .running && state.fault == nil && status(state).fault == nil)
    #expect(status(state).state_since_s == 9.3 && status(state).total_deg != nil)

    #expect(state.take(.ended, at: 4).isEmpty)
    #expect(state.state == .ended && status(state).state == "ended" && status(state).state_since_s == 8.3)
    #expect(status(state).total_deg == nil && state.samples == 3001)
  }

  /// Samples of a sensor that is not said to run yet, or no more, say nothing of now.
  @Test func aFrameChangesNoState() {
    var state = ServiceState(Recorded.facts)
    state.takeAll([.frame(Recorded.frames[0])])
    #expect(state.state == .starting && state.samples == 1 && status(state).up == nil)
    state.takeAll([.sensorState(.lost), .frame(Recorded.frames[1])])
    #expect(state.state == .lost && state.samples == 2 && state.tilt.time_us == Recorded.frames[1].time)
  }

  @Test func faultsAreCountedByTheirNames() {
    var state = running()
    let faults: [SensorFault] = [
      .bus(.timeout), .overrun, .bus(.timeout), .configurationLost(register: 0x19), .configurationLost(register: 0x1A),
      .bus(.system(5)), .bus(.system(6)),
    ]
    state.takeAll(faults.map { .sensorFault($0, at: at(1)) })
    #expect(state.faults == 7 && status(state).faults == 7)
    #expect(
      status(state).fault_counts == ["timeout": 2, "overrun": 1, "configuration-lost": 2, "bus-error": 2])
    #expect(state.fault == .bus(.system(6)))
    // Being well again forgets the last one, and no count.
    state.takeAll([.sensorState(.running)])
    #expect(state.fault == nil && status(state).fault_counts["timeout"] == 2)
  }

  @Test func missingSamplesAreCountedWithTheirReason() {
    var state = running()
    var frame = Recorded.frames[1]
    frame.measurement.missing = 7
    state.takeAll([.frame(frame)])
    #expect(state.missing == 7 && state.faultSinceSample == nil)
    state.takeAll([.sensorFault(.overrun, at: at(1)), .sensorFault(.noNewData, at: at(2))])
    #expect(state.faultSinceSample == .noNewData)
    frame.measurement.missing = .max
    state.takeAll([.frame(frame), .frame(frame)])
    #expect(state.faultSinceSample == nil && state.fault == .noNewData)
    #expect(status(state).samples_missing == 7 + 2 * UInt64(UInt32.max))
  }

  @Test func aSensorMayBeLostBeforeItsFirstSample() {
    var facts = Recorded.facts
    facts.bus = "/dev/i2c-7"
    var state = ServiceState(facts)
    state.takeAll([.sensorFault(.bus(.noAdapter), at: at(0)), .sensorState(.lost)])
    #expect(state.state == .lost && state.samples == 0 && status(state).sensor == nil)
    #expect(status(state).fault?.hasPrefix("there is no /dev/i2c-7: enable I2C") == true)
    state.takeAll([.sensorFault(.wrongIdentity(0x19, at: Recorded.found.address), at: at(0))])
    #expect(status(state).fault?.contains("0x19") == true)
  }

  @Test func theMotorIsAsItWasPublished() {
    var state = running()
    state.takeAll([.motor(isOn: true)])
    #expect(status(state).motor_on && state.tilt.motor_on)
    // It runs on while the sensor's state changes, if it does.
    state.takeAll([.sensorState(.lost)])
    #expect(status(state).motor_on)
    state.takeAll([.motor(isOn: false)])
    #expect(!status(state).motor_on && !state.tilt.motor_on)
  }

  @Test func aMotorThatFailsIsSaidUntilItWorksAgain() {
    var state = ServiceState(Recorded.facts)
    state.takeAll([.motorFault(.system(5))])
    #expect(state.state == .starting && state.motorFault == .system(5))
    #expect(status(state).motor_fault == "error 5 of the line")
    state.takeAll([.motorRecovered])
    #expect(state.motorFault == nil && status(state).motor_fault == nil)
  }

  @Test func aMotorThatIsCutOffIsCountedAndOff() {
    var state = running()
    state.takeAll([.motor(isOn: true), .motorCutOff])
    #expect(status(state).motor_cut_offs == 1 && !status(state).motor_on)
    state.takeAll([.motor(isOn: false), .motorCutOff])
    #expect(status(state).motor_cut_offs == 2)
  }

  @Test func eventsAreCountedAndHandedOn() throws {
    var state = ServiceState(Recorded.facts)
    var events: [EventRecord] = []
    for frame in Recorded.frames { events += state.take(.frame(frame), at: 0) }
    #expect(events == Recorded.frames.events && events.count == 4)
    #expect(state.samples == UInt64(Recorded.frames.count))
    #expect(status(state).deviations == 1 && status(state).reminders == 1)
    let why = state.why(1)
    let reminded = try #require(events.first { $0.event == "reminded" })
    #expect(why.has_cue && why.cue == "reminder" && why.time_us == reminded.time_us && why.lean == "forward")
    #expect(why.explanation.contains("you are reminded every 60 s"))
    let last = try #require(Recorded.frames.last)
    let ago = try #require(why.ago_s)
    #expect(abs(ago - Double(last.time - reminded.time_us) / 1e6) < 0.05)
  }

  /// What is sent has the precision that means something, and not the noise of binary fractions.
  @Test func timesInAMessageHaveFewDecimalPlaces() throws {
    var state = ServiceState(Recorded.facts)
    var times: [Double] = []
    for frame in Recorded.frames {
      _ = state.take(.frame(frame), at: 0)
      if let ago = state.why(1).ago_s { times.append(ago) }
    }
    #expect(times.allSatisfy { $0 == $0.rounded(places: 3) })
  }

  @Test func statusShowsTheLastFrame() throws {
    let state = running(Recorded.frames[..<3000])
    let output = Recorded.frames[2999].output
    let status = status(state)
    #expect(status.time_us == output.time.microseconds && status.posture == output.posture.name)
    #expect(status.total_deg == output.tilt?.total.degrees.rounded(places: 2))
    #expect(status.flexion_deg == output.tilt?.flexion.degrees.rounded(places: 2))
    #expect(status.lateral_deg == output.tilt?.lateral.degrees.rounded(places: 2))
    #expect(status.up == output.up.map { [$0.x, $0.y, $0.z].map { $0.rounded(places: 6) } })
    #expect(status.gyroscope_bias_dps?.count == 3 && status.has_reference && !status.is_calibrating)
    #expect(state.tilt.total_deg == status.total_deg)
    #expect(status.uncertainty_deg.map { $0 > 0.24 && $0 < 2 } == true)
    #expect(status.levelling_after == nil && status.gyroscope_bias_known == true)
  }

  @Test func statusSaysWhyAnEstimateIsUncertain() throws {
    let status = status(running(Recorded.frames[..<50]))
    #expect(status.levelling_after == "start" && status.gyroscope_bias_known == false)
    #expect(try #require(status.uncertainty_deg) > 4)
    #expect(PostureCore.TiltFilter.Condition.Beginning.biasChanged.name == "new-bias")
  }

  @Test func withoutAGyroscopeThereIsNoBias() {
    var state = running()
    #expect(status(state).gyroscope_bias_dps?.count == 3)
    var found = Recorded.found
    found.hasGyroscope = false
    state.takeAll([.sensorFound(found)])
    #expect(status(state).gyroscope_bias_dps == nil)
  }

  @Test(arguments: [2, 100, 256, 257, 700])
  func theRateIsMeasuredOverTheLastSamples(count: Int) {
    #expect(status(running(Recorded.frames[..<count])).measured_rate_hz == 100)
  }

  @Test func theMeasuredRateForgetsWhatIsLongAgo() {
    var state = running()
    #expect(status(state).measured_rate_hz == nil)
    // Every second one: 50 Hz.
    for index in 0..<100 { _ = state.take(.frame(Recorded.frames[500 + 2 * index]), at: 0) }
    #expect(status(state).measured_rate_hz.map { $0 < 50 } == true)
    for index in 100..<400 { _ = state.take(.frame(Recorded.frames[500 + 2 * index]), at: 0) }
    #expect(status(state).measured_rate_hz == 50)
  }
}

extension ServiceState {
  fileprivate mutating func takeAll(_ publications: [Publication]) {
    for publication in publications { _ = take(publication, at: 0) }
  }
}
