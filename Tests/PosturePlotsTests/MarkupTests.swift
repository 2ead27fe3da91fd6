// SPDX-License-Identifier: MIT
import PosturePlots
import Testing

struct MarkupTests {
  @Test func whatIsReadCannotBecomeMarkup() {
    var markup = Markup()
    markup.element("text", ["class": "a\"><script>", "x": "1"], text: "</text><script>alert('1')</script>&amp;")
    #expect(
      markup.text == "<text class=\"a&quot;&gt;&lt;script&gt;\" x=\"1\">&lt;/text&gt;&lt;script&gt;alert(&#39;1&#39;)"
        + "&lt;/script&gt;&amp;amp;</text>")
  }

  /// What follows would be written from right to left.
  @Test func whatTurnsTheWritingAboutIsReplaced() {
    #expect(Markup.escaped("a\u{202E}b\u{2066}c\u{200F}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
  }

  /// They have no place in XML, not even escaped.
  @Test func whatXMLForbidsIsReplaced() {
    #expect(Markup.escaped("a\u{0}\u{8}\u{1B}\u{FFFE}b\tc\u{7F}\u{85}é😀") == "a����b\tc��é😀")
  }

  @Test func elementsAreClosedWhereTheyEnd() {
    var markup = Markup()
    markup.element("g") {
      $0.shape("path", ["d": "M0 0"])
      $0.element("g", ["id": "x"]) { $0.add("y") }
    }
    #expect(markup.text == "<g><path d=\"M0 0\"/><g id=\"x\">y</g></g>")
  }

  @Test(arguments: [
    (0.0, "0"), (-0.001, "0"), (12.0, "12"), (1.5, "1.5"), (-3.256, "-3.26"), (100.0, "100"), (0.1, "0.1"),
  ]) func coordinatesAreShort(value: Double, text: String) {
    #expect(Markup.number(value) == text)
  }
}
