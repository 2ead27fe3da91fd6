// SPDX-License-Identifier: MIT
import PostureCore

/// Which part of a recording counts as upright: `first 3 s`.
package struct ReferenceOption: Sendable, Equatable {
  package let window: Interval

  /// Nil where the text is no such part.
  package init?(_ text: String) {
    guard text.hasPrefix("first "), let quantity = Quantity(String(text.dropFirst("first ".count))),
      let window = Interval(quantity), window > .zero
    else { return nil }
    self.window = window
  }

  package static let expected = "'first N s', as s, ms or min"
}
