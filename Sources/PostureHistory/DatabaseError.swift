// SPDX-License-Identifier: MIT
import LinuxIO

/// What SQLite refused.
package struct DatabaseError: DescribedError, Equatable, Sendable {
  /// What is to be done about it.
  package enum Kind: Sendable, Equatable {
    /// The file is no database, or a damaged one.
    case damaged
    /// It was made by a later version of this program.
    case newer
    /// There is none.
    case absent
    /// Another program writes, the disk is full, the file may not be used.
    case other
  }

  package let kind: Kind
  /// The file, and what was tried: `open /var/lib/postured/history.db`.
  package let action: String
  /// SQLite's own words.
  package let reason: String

  package init(_ kind: Kind, _ action: String, _ reason: String) {
    self.kind = kind
    self.action = action
    self.reason = reason
  }

  package var message: String { "\(action): \(reason)" }
}
