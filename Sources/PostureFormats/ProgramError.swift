// SPDX-License-Identifier: MIT

/// Why a program cannot start or go on: what to say, and the status to exit with.
package struct ProgramError: Error, Sendable, CustomStringConvertible {
  package let status: ExitStatus
  package let description: String

  package init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
