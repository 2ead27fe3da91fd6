// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

@testable import PosturePlots

struct PageTests {
  /// The examples of FIPS 180-4's annex, and the lengths about which padding turns.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]) func hashesAreThoseOfTheStandard(text: String, expected: String) {
    #expect(SHA256.hash(Array(text.utf8)).map { String(format: "%02x", $0) }.joined() == expected)
  }

  @Test(arguments: [55, 56, 63, 64, 65, 119, 120, 1000])
  func hashesAreThoseOfTheSystem(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let directory = TemporaryDirectory()
    let file = directory.file("bytes")
    try Data(bytes).write(to: URL(filePath: file))
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [file]
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.hasPrefix(SHA256.hash(bytes).map { String(format: "%02x", $0) }.joined()))
  }

  @Test(arguments: 0...7) func bytesAreToldAsBase64(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: 250 + $0) }
    #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
  }

  @Test func aPageAllowsItsOwnScriptAndStyleAndNothingElse() throws {
    var page = Page(title: "<b>\"title\"</b>")
    page.script = "let a = 1 < 2"
    page.data = #"{"word":"</script><script>alert(1)</script>"}"#
    page.body.element("p", text: "<img src=x onerror=alert(1)>")
    let text = page.text
    #expect(text.contains("default-src &#39;none&#39;; style-src &#39;sha256-"))
    let script = Base64.encode(SHA256.hash(Array(page.script.utf8)))
    #expect(text.contains("; script-src &#39;sha256-\(script)&#39;; base-uri &#39;none&#39;"))
    #expect(text.contains("<title>&lt;b&gt;&quot;title&quot;&lt;/b&gt;</title>"))
    #expect(text.contains(#"{"word":"\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e"}"#))
    #expect(text.contains("<p>&lt;img src=x onerror=alert(1)&gt;</p>"))
    #expect(!text.contains("unsafe-inline") && !text.contains("http:") && !text.contains("https:"))
    page.script = ""
    #expect(!page.text.contains("script-src"))
  }

  /// Every text stands on paper, on a panel, or on a band that is painted over the panel: Web Content Accessibility
  /// Guidelines 2.2, 1.4.3, asks for 4.5.
  @Test func textIsReadableOnEverythingItStandsOn() throws {
    let share = try #require(Double(Palette.band))
    for colour in [\Role.light, \Role.dark] {
      for ground in [Role.paper, .panel] {
        for text in [Role.ink, .soft] {
          #expect(contrast(rgb(text[keyPath: colour]), rgb(ground[keyPath: colour])) >= 4.5, "\(text) on \(ground)")
        }
      }
      let panel = rgb(Role.panel[keyPath: colour])
      for band in [Role.moving, .walking, .bending, .lying, .offBody, .transport, .label, .leaning, .deviated] {
        let painted = zip(rgb(band[keyPath: colour]), panel).map { $0 * share + $1 * (1 - share) }
        #expect(contrast(rgb(Role.ink[keyPath: colour]), painted) >= 4.5, "ink on \(band)")
      }
    }
  }

  /// Lines and marks: 3, by 1.4.11.
  @Test func linesAreSeenOnTheirGround() {
    for line in [Role.flexion, .lateral, .cue] {
      for colour in [\Role.light, \Role.dark] {
        #expect(contrast(rgb(line[keyPath: colour]), rgb(Role.panel[keyPath: colour])) >= 3, "\(line)")
      }
    }
  }

  private func rgb(_ colour: String) -> [Double] {
    let digits = Array(colour.dropFirst())
    return stride(from: 0, to: 6, by: 2).map { Double(Int(String(digits[$0...$0 + 1]), radix: 16) ?? 0) / 255 }
  }

  private func contrast(_ a: [Double], _ b: [Double]) -> Double {
    let (first, second) = (luminance(a), luminance(b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  private func luminance(_ rgb: [Double]) -> Double {
    let linear = rgb.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
