// SPDX-License-Identifier: MIT
import PostureCore

/// Every setting of both programs, with its default.
package struct Configuration: Sendable, Equatable {
  package struct Socket: Sendable, Equatable {
    /// Bytes: SwiftNIO takes 103 (NIOCore, SocketAddresses.swift), and the socket is made under a name one byte longer
    /// first.
    package static let longestPath = 102

    package var path = "/run/postured/postured.sock"
    /// Group of the socket's file; nil leaves the process's own.
    package var group: String?
    /// File mode of the socket.
    package var mode: UInt32 = 0o660
  }

  package struct Sensor: Sendable, Equatable {
    /// I2C adapter; nil means that no hardware is named.
    package var bus: String?
    package var address: UInt8 = 0x68
    /// Samples a second.
    package var rate = 100.0
    /// Largest specific force, g.
    package var accelerationRange = 4
    /// Largest angular velocity, deg/s.
    package var angularVelocityRange = 500
  }

  package struct Motor: Sendable, Equatable {
    /// GPIO line by name or offset; nil means no motor.
    package var line: String?
    /// GPIO chip by label or path; nil searches all chips for the line's name.
    package var chip: String?
    package var isActiveLow = false
  }

  package var socket = Socket()
  package var sensor = Sensor()
  package var motor = Motor()
  package var pipeline = PosturePipeline.Parameters()

  package init() {}

  /// What no single setting can say about itself.
  func contradictions(in source: String) -> [InputError] {
    var found: [InputError] = []
    if pipeline.detector.leave > pipeline.detector.enter {
      found.append(
        InputError(
          source: source, key: "detector.leave",
          found: "\(Decimal.text(pipeline.detector.leave.degrees, places: 2)) deg",
          expected: "at most detector.enter, which is \(Decimal.text(pipeline.detector.enter.degrees, places: 2)) deg"))
    }
    if motor.line.flatMap(Int.init) != nil, motor.chip == nil {
      found.append(
        InputError(
          source: source, key: "motor.chip", found: "none",
          expected: "a chip, because motor.line is an offset and every chip has one"))
    }
    return found
  }
}

/// All that is wrong with a configuration, at once.
package struct ConfigurationErrors: Error, Sendable, CustomStringConvertible {
  package let errors: [InputError]
  package var description: String { errors.map(\.description).joined(separator: "\n") }
}
