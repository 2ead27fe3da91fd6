// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

private let busErrors: [I2CError] = [
  .noAcknowledge, .timeout, .arbitrationLost, .busFault, .busy, .noAdapter, .notAnAdapter, .adapterGone, .notPermitted,
  .unsupported, .system(5),
]

private let faults: [SensorFault] =
  busErrors.map { .bus($0) } + [
    .notFound, .wrongIdentity(0x0F, at: Recorded.found.address), .configurationRefused(register: 0x1A),
    .configurationLost(register: 0x6B), .noNewData, .frozenData, .implausibleData, .overrun, .interruptLine(.busy),
  ]

struct FaultTextTests {
  /// A trace and a counter know a fault by its name: a word of its own.
  @Test func everyFaultHasAName() {
    #expect(Set(faults.map(\.name)).count == faults.count)
    for fault in faults { #expect(fault.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(fault)") }
    // Its details are no name.
    #expect(SensorFault.bus(.system(5)).name == SensorFault.bus(.system(6)).name)
    #expect(SensorFault.interruptLine(.gone).name == SensorFault.interruptLine(.busy).name)
  }

  @Test(arguments: [nil, "/dev/i2c-7", "bcm2835 (i2c@7e804000)"])
  func everyFaultHasAText(bus: String?) {
    let texts = faults.map { $0.text(bus: bus) }
    #expect(Set(texts).count == faults.count)
    for text in texts {
      #expect(text.utf8.count > 15 && !text.utf8.contains { $0 < 0x20 }, "\(text)")
      #expect(!text.contains("nil") && !text.contains("Optional"), "\(text)")
    }
  }

  @Test func theBusIsNamedWhereItIsToBlame() {
    for error in [.noAdapter, .notAnAdapter, .adapterGone, .notPermitted, .unsupported, .system(5)] as [I2CError] {
      #expect(error.text(bus: "/dev/i2c-7").contains("/dev/i2c-7"))
      #expect(error.text(bus: nil).contains("the I2C adapter"))
    }
  }

  @Test func numbersAreShown() {
    let stranger = SensorFault.wrongIdentity(0x0F, at: Recorded.found.address)
    #expect(stranger.text(bus: nil).contains("0x68 calls itself 0x0F"))
    #expect(SensorFault.configurationRefused(register: 0x0A).text(bus: nil).contains("register 0x0A "))
    #expect(SensorFault.configurationLost(register: 0x6B).text(bus: nil).contains("register 0x6B "))
    #expect(SensorFault.bus(.system(121)).text(bus: nil).contains("121"))
    #expect(PinError.system(22).text.contains("22"))
  }

  /// The settings that a text tells of are there.
  @Test func theAdviceNamesSettingsThatAreKnown() {
    let texts = faults.map { $0.text(bus: nil) }
    let named = texts.flatMap { text in text.matches(of: /(sensor|motor|button)\.[a-z-]+/).map { String($0.0) } }
    #expect(Set(named) == ["sensor.model", "sensor.identity", "sensor.interrupt-line"])
    #expect(Set(named).isSubset(of: Setting.all.map(\.name)))
  }

  @Test func everyPinErrorHasAText() {
    let errors: [PinError] = [.notFound, .busy, .gone, .notPermitted, .system(5)]
    #expect(Set(errors.map(\.text)).count == errors.count)
    #expect(SensorFault.interruptLine(.gone).text(bus: nil) == "sensor.interrupt-line: " + PinError.gone.text)
  }

  /// The names in a message are those of the settings, as far as these have a word for it.
  @Test func modelsAndModesHaveTheNamesOfTheSettings() {
    let models = (0..<100).compactMap { SensorModel(rawValue: $0)?.name.lowercased() }
    #expect(models == Configuration.Sensor.Model.allCases.map(\.rawValue))
    let modes = (0..<100).compactMap { SamplingMode(rawValue: $0)?.name }
    #expect(Set(modes) == Set(Configuration.Sensor.Mode.allCases.map(\.rawValue)))
  }
}

struct FaultLogTests {
  /// What a log says of publications, in the state before each.
  private func lines(_ publications: [Publication], bus: String? = nil) -> [String] {
    let log = LogLines()
    var faultLog = FaultLog()
    var state = ServiceState(Recorded.facts)
    for publication in publications {
      let before = state.state
      _ = state.take(publication, at: 0)
      faultLog.note(publication, before, bus: bus, log.logger)
    }
    return log.lines
  }

  private func fault(_ fault: SensorFault) -> Publication { .sensorFault(fault, at: at(0)) }

  @Test func theStartIsTold() {
    var silent = Recorded.found
    silent.model = .lis3dh
    silent.hasGyroscope = false
    silent.mode = .fifo
    #expect(
      lines([.sensorFound(silent), .frame(Recorded.frames[0]), .sensorState(.running), .motor(isOn: true)])
        == ["notice: found LIS3DH, without a gyroscope: fifo, 100.0 Hz", "notice: sampling"])
    #expect(
      lines([.sensorFound(Recorded.found), .ended])
        == ["notice: found MPU-6050: polled, 100.0 Hz", "notice: the source has ended"])
  }

  /// However often it is tried anew.
  @Test func eachFaultIsSaidOnceUntilTheSensorIsWell() {
    let nobody = fault(.bus(.noAcknowledge))
    let missing = "warning: sensor: " + I2CError.noAcknowledge.text(bus: nil)
    let said = lines(
      [.sensorState(.running), nobody, .sensorState(.degraded), nobody, nobody, .sensorState(.lost)]
        + [nobody, fault(.bus(.timeout)), .sensorState(.recovering), nobody, .sensorState(.lost), nobody]
        + [.sensorState(.recovering), .sensorState(.running), nobody, .sensorState(.degraded), nobody]
        + [.sensorState(.running)])
    #expect(
      said == [
        "notice: sampling", missing, "warning: sensor lost: the motor stays off until it is back",
        "warning: sensor: " + I2CError.timeout.text(bus: nil), "notice: sensor is back", missing,
      ])
  }

  @Test func aFaultThatIsOnlyTriedAgainIsNoLoss() {
    let said = lines(
      [.sensorState(.running), fault(.overrun), .sensorState(.degraded), .sensorState(.running), fault(.overrun)])
    #expect(said.map { $0.prefix { $0 != ":" } } == ["notice", "warning", "warning"])
    #expect(said.last == said[1])
  }

  @Test func aDaemonWithoutItsAdapterSaysWhichAndWaits() {
    let absent = fault(.bus(.noAdapter))
    let said = lines([absent, .sensorState(.lost)] + Array(repeating: absent, count: 50), bus: "/dev/i2c-99")
    #expect(said.count == 2 && said[0].hasPrefix("warning: sensor: there is no /dev/i2c-99: enable I2C"))
  }

  @Test func theMotorsTroubleIsTold() {
    #expect(
      lines([.motorFault(.busy), .motorRecovered, .motorCutOff])
        == [
          "error: motor: \(PinError.busy.text)", "notice: motor: its line works again",
          "error: motor: on for too long, switched off",
        ])
  }
}
