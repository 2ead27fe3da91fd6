// SPDX-License-Identifier: MIT
import PostureCore

extension KeptReference {
  /// As a trace writes one.
  static let example = "up 0 0 1000000000 forward 1000000000 0 0 axis x"
  /// In place of an axis: a bend forward showed the direction.
  private static let bend = "bend"

  /// `up X Y Z forward X Y Z axis AXIS`, in whole billionths: all there is to it, so that it reads back the same.
  package var text: String { "up \(up.text) forward \(forward.text) axis \(forwardAxis?.name ?? Self.bend)" }

  /// Nil where the text is none, or its directions are not two at right angles.
  package init?(text: some StringProtocol) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 10, words[0] == "up", words[4] == "forward", words[8] == "axis",
      let up = Billionths(words[1...3]), let forward = Billionths(words[5...7])
    else { return nil }
    let axis = SensorAxis(name: words[9])
    guard axis != nil || words[9] == Self.bend else { return nil }
    self.init(up: up, forward: forward, forwardAxis: axis)
  }
}

extension KeptReference.Billionths {
  fileprivate var text: String { "\(x) \(y) \(z)" }

  /// Of three words; nil where one is no whole number.
  fileprivate init?(_ words: ArraySlice<some StringProtocol>) {
    let numbers = words.compactMap { Decimal.whole($0).flatMap { Int32(exactly: $0) } }
    guard numbers.count == 3 else { return nil }
    self.init(numbers[0], numbers[1], numbers[2])
  }
}
