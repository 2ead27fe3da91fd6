// SPDX-License-Identifier: MIT

/// The versions that a file or a client may ask for.
package enum Version {
  /// Of the programs; semantic versioning.
  package static let program = "0.1.0"
  /// Of the socket protocol.
  package static let socketProtocol = 1
  /// Of the trace format.
  package static let trace = 1
  /// Of the format of labels.
  package static let labels = 1
  /// Of the format of paced sessions.
  package static let session = 1
  /// Of the exported report.
  package static let report = 1
}
