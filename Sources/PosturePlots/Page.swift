// SPDX-License-Identifier: MIT

/// A self-contained HTML file: its policy forbids that anything is fetched, and that any script or style runs but its
/// own, which it knows by their hashes (Content Security Policy Level 3, section 2.3.1).
package struct Page: Sendable {
  package var title: String
  /// Beside the style of every page.
  package var style = ""
  /// Runs at the page's end; none where it is empty.
  package var script = ""
  /// What a script reads, as JSON; from anywhere.
  package var data: String?
  package var body = Markup()

  package init(title: String) { self.title = title }

  package var text: String {
    let style = Palette.page + Self.common + style
    var page = Markup()
    page.add(raw: "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.shape("meta", ["http-equiv": "Content-Security-Policy", "content": policy(style)])
    page.add(raw: "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.shape("meta", ["name": "generator", "content": "posturectl"])
    page.add(raw: "\n")
    page.element("title", text: title)
    page.add(raw: "\n<style>\(style)</style>\n</head>\n<body>\n")
    page.add(raw: body.text)
    if let data {
      page.add(raw: "\n<script type=\"application/json\" id=\"data\">\(Self.embedded(data))</script>")
    }
    if !script.isEmpty { page.add(raw: "\n<script>\(script)</script>") }
    page.add(raw: "\n</body>\n</html>\n")
    return page.text
  }

  private func policy(_ style: String) -> String {
    func source(_ text: String) -> String { "'sha256-\(Base64.encode(SHA256.hash(Array(text.utf8))))'" }
    return "default-src 'none'; style-src \(source(style))"
      + (script.isEmpty ? "" : "; script-src \(source(script))") + "; base-uri 'none'; form-action 'none'"
  }

  /// JSON that cannot end the element it stands in.
  static func embedded(_ json: String) -> String {
    var text = ""
    text.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      switch scalar {
      case "<", ">", "&", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// What every page looks like.
  private static let common = String(decoding: PackageResources.page_css, as: UTF8.self)
}
