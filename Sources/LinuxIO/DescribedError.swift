// SPDX-License-Identifier: MIT

/// An error whose text can be shown to a person as it is: what was tried, on what, and what may help.
package protocol DescribedError: Error, CustomStringConvertible {
  /// One sentence fragment: no capital at the start, no full stop at the end.
  var message: String { get }
}

extension DescribedError {
  package var description: String { message }
}
