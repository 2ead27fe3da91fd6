// SPDX-License-Identifier: MIT
import Foundation
import FoundationXML
import PostureCore
import PostureFormats
import Testing

@testable import PosturePlots

/// Reads XML strictly, and counts what is in it.
private final class Shapes: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var texts: [String] = []
  private var text = ""

  init(_ document: String) throws {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() { throw parser.parserError ?? CocoaError(.coderInvalidValue) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if name == "text" || name == "title" { texts.append(text) }
  }
}

struct PlotTests {
  private static let hostile = "</svg></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u{1B}"

  private func plot(_ name: String, title: String = "A title", labels: String = "") throws -> Plot {
    let text = "# posture-labels: 1\nstart_us,end_us,word\n" + labels
    return Plot(
      title: title, remark: title, track: try track(of: name), labels: try TraceLabels(Array(text.utf8), source: "l"))
  }

  @Test(arguments: try fixtureNames()) func everyPictureIsWellFormed(name: String) throws {
    let plot = try plot(name)
    let shapes = try Shapes(plot.svg)
    #expect(shapes.counts["svg"] == 1 && shapes.counts["path", default: 0] > 10)
    #expect(shapes.texts.first?.hasPrefix("A title. ") == true)
    // The coordinates are numbers.
    #expect(!plot.svg.contains("nan") && !plot.svg.contains("inf"))
    for event in plot.track.events where event.kind == .silent {
      #expect(shapes.texts.contains { $0.contains(event.explanation ?? "-") })
    }
  }

  @Test func whatATraceSaysCannotBecomeMarkup() throws {
    let plot = try plot("slow-slouch", title: Self.hostile)
    let shapes = try Shapes(plot.svg)
    #expect(shapes.counts["script"] == nil && shapes.counts["img"] == nil)
    #expect(shapes.texts.contains { $0.hasPrefix("</svg></script><script>alert(1)</script><img src=x") })
    let page = plot.page
    #expect(!page.contains("<img") && !page.contains("<script>alert"))
    // The data and the script, and nothing else.
    #expect(page.components(separatedBy: "<script").count == 3)
    #expect(page.components(separatedBy: "</script").count == 3)
  }

  @Test func labelsStandInRowsWhereTheyOverlap() throws {
    let plot = try plot(
      "slow-slouch",
      labels: "1000000,20000000,deviation\n2000000,3000000,walking\n700000000,800000000,false-cue\n-5,-1,deviation\n")
    #expect(plot.labels.map(\.word) == ["deviation", "walking"], "the others are outside of the recording")
    let rows = Figure(plot).labelRows
    #expect(rows.prefix(2).map(\.row) == [0, 1])
    #expect(try Shapes(plot.svg).texts.contains("deviation"))
  }

  @Test func theFirstGlanceIsInWordsToo() throws {
    #expect(
      try plot("slouch-until-reminded").summary == [
        "1 min 17 s beyond a limit, of 1 min 50 s", "3 cues: nudge, reminder, well done", "no cue held back",
      ])
    #expect(try plot("lying-down").summary.last == "1 silence: lying")
    let many = try plot("hourly-limit").summary
    #expect(many.contains { $0.contains(" × ") })
  }

  /// Whoever lies down leaves the picture, and does not flatten it.
  @Test func theAxisIsThatOfSitting() throws {
    #expect(try plot("slouch-until-reminded").degrees == -25...30)
    let lying = try plot("lying-down").degrees
    #expect(lying.lowerBound >= -60 && lying.upperBound <= 60)
    #expect(try plot("no-reference").degrees == -25...20)
  }

  @Test func withoutAReferenceThePictureSaysSo() throws {
    #expect(try plot("no-reference").svg.contains("no reference posture: there is no tilt to show"))
    #expect(try !plot("slow-slouch").svg.contains("no reference posture: there is no tilt to show"))
  }

  /// Whoever cannot see the picture reads the same.
  @Test func everyEventIsInTheTable() throws {
    for name in ["slouch-until-reminded", "lying-down", "drive"] {
      let plot = try plot(name)
      let page = plot.page
      for (index, event) in plot.track.events.enumerated() {
        #expect(page.contains("data-event=\"\(index)\""))
        #expect(page.contains(Markup.escaped(event.sentence)))
        #expect(event.explanation.map { page.contains(Markup.escaped($0)) } != false)
      }
    }
  }

  @Test func aPageFetchesNothing() throws {
    let page = try plot("slow-slouch").page
    for word in [
      "http:", "https:", "src=", "href=", "@import", "fetch(", "XMLHttpRequest", "WebSocket", "unsafe-inline",
    ] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("default-src &#39;none&#39;"))
  }
}
