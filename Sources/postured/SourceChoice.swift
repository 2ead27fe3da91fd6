// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats
import PostureService
import PostureSimulation

/// Where the samples come from.
enum SourceChoice {
  case wearer(seed: UInt64)
  case scenario(Scenario)
  case trace(Recording)
  case i2c(bus: String)

  static let scenarioNames = Scenario.allCases.map(\.name).joined(separator: ", ")

  static func choose(
    simulate: Bool, seed: UInt64?, scenario: String?, trace: String?, record: String?, _ settings: Settings
  ) throws -> SourceChoice {
    guard trace == nil || (!simulate && scenario == nil) else {
      throw ProgramError(.usage, "--trace: found --simulate or --scenario beside it, expected one source")
    }
    let bus = simulate ? nil : settings.configuration.sensor.bus
    guard seed == nil || (trace == nil && scenario == nil && bus == nil) else {
      throw ProgramError(.usage, "--seed: found another source, expected the simulated wearer: add --simulate")
    }
    if let trace {
      let choice = SourceChoice.trace(try Recording(trace))
      if record != nil, case .trace(let recording) = choice, recording.header == nil {
        throw ProgramError(.usage, "--record: found a CSV file as the source, expected one that has a chip's integers")
      }
      return choice
    }
    if let scenario {
      guard let known = Scenario(rawValue: scenario) else {
        throw ProgramError(.usage, "--scenario: found \(InputError.quote(scenario)), expected one of \(scenarioNames)")
      }
      return .scenario(known)
    }
    if let bus { return .i2c(bus: bus) }
    return .wearer(seed: seed ?? 1)
  }

  /// The hours of the day mean nothing to it.
  var hasOwnTime: Bool {
    switch self {
    case .trace, .scenario: true
    case .wearer, .i2c: false
    }
  }

  /// Nil where nothing is played.
  var recording: Recording? {
    if case .trace(let recording) = self { recording } else { nil }
  }

  var isHardware: Bool {
    if case .i2c = self { true } else { false }
  }

  /// As the status message names it.
  var kind: String {
    switch self {
    case .wearer, .scenario: "simulated"
    case .trace: "trace"
    case .i2c: "i2c"
    }
  }

  /// The I2C adapter; nil without hardware.
  var bus: String? {
    if case .i2c(let bus) = self { bus } else { nil }
  }

  /// Nil where the sensor has to be found first.
  var sensorName: String? {
    guard case .trace(let recording) = self else { return nil }
    return recording.header?.sensor ?? "CSV file"
  }

  /// Samples a second, nominal; nil where they depend on the sensor.
  var rate: Double? {
    guard case .trace(let recording) = self else { return nil }
    if let header = recording.header { return header.rate }
    let measurements = recording.measurements
    guard let first = measurements.first, let last = measurements.last, measurements.count > 1 else { return nil }
    return (Double(measurements.count - 1) / (last.sample.time - first.sample.time).seconds).rounded(places: 1)
  }

  func summary(_ configuration: Configuration) -> String {
    let chip = configuration.sensor.model?.rawValue.uppercased() ?? "MPU-6050"
    return switch self {
    case .wearer(let seed): "source: simulated wearer, seed \(seed), through a simulated \(chip)"
    case .scenario(let scenario):
      "source: simulated scenario '\(scenario.name)', \(Int(scenario.duration.seconds)) s, through a simulated \(chip)"
    case .trace(let recording): "source: trace \(recording.path), \(recording.measurements.count) samples"
    case .i2c(let bus): "source: \(Self.wanted(configuration.sensor)) on \(bus)"
    }
  }

  private static func wanted(_ sensor: Configuration.Sensor) -> String {
    let model = sensor.model.map { $0.rawValue.uppercased() } ?? "any known sensor"
    let address = sensor.address.map { " at 0x" + hexadecimal($0) } ?? ""
    let identity = sensor.identity.map { " that calls itself 0x" + hexadecimal($0) } ?? ""
    return model + identity + address
  }
}

/// How fast simulated or recorded time passes.
enum Pace: ExpressibleByArgument, Equatable, CustomStringConvertible {
  case scaled(Double)
  /// As fast as it goes; nothing is dropped then.
  case unbounded

  init?(argument: String) {
    if argument == "max" {
      self = .unbounded
    } else if let factor = Double(argument), (0.01...1000).contains(factor) {
      self = .scaled(factor)
    } else {
      return nil
    }
  }

  var description: String {
    switch self {
    case .scaled(let factor): factor == factor.rounded() ? "\(Int(factor))" : "\(factor)"
    case .unbounded: "max"
    }
  }
}
