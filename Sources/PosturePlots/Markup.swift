// SPDX-License-Identifier: MIT
import PostureFormats

/// SVG and HTML as text. Content and attributes are escaped here and nowhere else; elements are closed by themselves.
///
/// What is written is XML, and HTML as well: an element without content is `<x/>` in SVG and `<x></x>` in HTML, where
/// the short form would stay open.
package struct Markup: Sendable {
  package typealias Attributes = KeyValuePairs<String, String>

  package private(set) var text = ""

  package init() {}

  /// An element with what the closure adds to it.
  package mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout Markup) -> Void
  ) {
    open(name, attributes)
    text += ">"
    content(&self)
    text += "</\(name)>"
  }

  /// An element that holds a text.
  package mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
    element(name, attributes) { $0.add(text) }
  }

  /// An element without content, as SVG's shapes are and HTML's `meta`.
  package mutating func shape(_ name: StaticString, _ attributes: Attributes = [:]) {
    open(name, attributes)
    text += "/>"
  }

  /// A text, escaped.
  package mutating func add(_ content: String) { text += Self.escaped(content) }

  /// Markup of our own: never anything that was read.
  package mutating func add(raw markup: String) { text += markup }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
  }

  /// Fit for content and for an attribute in double quotes. What XML forbids even in escaped form (Extensible
  /// Markup Language 1.0, section 2.2), and what turns the writing of the rest about, becomes U+FFFD.
  package static func escaped(_ text: some StringProtocol) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}", "\u{200E}", "\u{200F}",
        "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A coordinate: a hundredth of a pixel is finer than any screen.
  package static func number(_ value: Double) -> String {
    var text = Decimal.text(value, places: 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
  }
}
