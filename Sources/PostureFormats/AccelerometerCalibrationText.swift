// SPDX-License-Identifier: MIT
import PostureCore

extension AccelerometerCalibration {
  /// As a trace writes one.
  static let example = "offset 38120 -25410 51033 ug, scale -7937 4021 -12110 ppm"

  /// `offset X Y Z ug, scale X Y Z ppm`, whole numbers: all there is to it, so that it reads back the same.
  package var text: String { "offset \(offset.text) ug, scale \(scale.text) ppm" }

  /// Nil where the text is none, or beyond what a sensor that works can have.
  package init?(text: some StringProtocol) {
    let parts = text.split(separator: ", ", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("offset "), parts[1].hasPrefix("scale "),
      let offset = Millionths(text: parts[0].dropFirst("offset ".count), unit: "ug"),
      let scale = Millionths(text: parts[1].dropFirst("scale ".count), unit: "ppm")
    else { return nil }
    self.init(offset: offset, scale: scale)
  }
}

extension AccelerometerCalibration.Millionths {
  package var text: String { "\(x) \(y) \(z)" }

  /// `X Y Z UNIT`; nil where the text is something else.
  package init?(text: some StringProtocol, unit: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 4, words[3] == unit, let x = Self.component(words[0]), let y = Self.component(words[1]),
      let z = Self.component(words[2])
    else { return nil }
    self.init(x, y, z)
  }

  private static func component(_ word: some StringProtocol) -> Int32? {
    Decimal.whole(word).flatMap { Int32(exactly: $0) }
  }
}
