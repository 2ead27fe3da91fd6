// SPDX-License-Identifier: MIT

/// What a colour stands for. The hues are those of Okabe and Ito's palette, which people with any kind of colour
/// vision tell apart (M. Okabe and K. Ito, "Color Universal Design", 2008): the total is black, because green is grey
/// to some. No meaning rests on colour alone.
///
/// On a dark background the same hues, made lighter until a thin line is seen.
package enum Role: String, CaseIterable, Sendable {
  case ink, soft, paper, panel, grid
  case flexion, lateral, total, exposure, cue, silent, leaning, deviated
  case moving, walking, bending, lying, transport, label
  case offBody = "off-body"

  /// `#rrggbb`.
  package var light: String {
    switch self {
    case .ink: "#1b1f24"
    case .soft: "#56606a"
    case .paper: "#ffffff"
    case .panel: "#f8f9fa"
    case .grid: "#dfe3e7"
    case .flexion: "#0072b2"
    case .lateral: "#009e73"
    case .total: "#1b1f24"
    case .exposure, .leaning, .bending: "#e69f00"
    case .cue, .deviated: "#d55e00"
    case .silent, .transport: "#cc79a7"
    case .moving: "#f0e442"
    case .walking: "#009e73"
    case .lying: "#56b4e9"
    case .label: "#0072b2"
    case .offBody: "#3c4650"
    }
  }

  package var dark: String {
    switch self {
    case .ink: "#e8eaed"
    case .soft: "#a6afb8"
    case .paper: "#14171a"
    case .panel: "#1b1f23"
    case .grid: "#333a41"
    case .flexion, .label: "#56b4e9"
    case .lateral, .walking: "#1fae82"
    case .total: "#ffffff"
    case .offBody: "#aab2ba"
    case .exposure, .leaning, .bending: "#f0b429"
    case .cue, .deviated: "#ff8a3c"
    case .silent, .transport: "#dd92ba"
    case .moving: "#f0e442"
    case .lying: "#56b4e9"
    }
  }
}

/// The colours as style sheets.
package enum Palette {
  /// How strongly a band behind text is painted: text on it stays readable.
  package static let band = "0.35"

  /// For a page: a custom property each, and the classes `fill-ROLE` and `line-ROLE` for shapes in it.
  package static var page: String {
    let light = Role.allCases.map { "--\($0.rawValue):\($0.light)" }.joined(separator: ";")
    let dark = Role.allCases.map { "--\($0.rawValue):\($0.dark)" }.joined(separator: ";")
    let classes = Role.allCases.map {
      ".fill-\($0.rawValue){fill:var(--\($0.rawValue))}.line-\($0.rawValue){stroke:var(--\($0.rawValue))}"
    }
    return ":root{color-scheme:light dark;\(light)}"
      + "@media screen and (prefers-color-scheme:dark){:root{\(dark)}}\n" + classes.joined() + "\n"
  }

  /// For a picture that stands alone: its shapes carry the light colours themselves, for programs that know no style
  /// sheets; this is what makes them dark.
  package static var picture: String {
    let classes = Role.allCases.map {
      ".fill-\($0.rawValue){fill:\($0.dark)}.line-\($0.rawValue){stroke:\($0.dark)}"
    }
    return "@media screen and (prefers-color-scheme:dark){\(classes.joined())}"
  }
}
