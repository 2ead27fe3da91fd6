// SPDX-License-Identifier: MIT

/// Text of metrics as OpenMetrics 1.0 has it (github.com/prometheus/OpenMetrics, specification/OpenMetrics.md).
///
/// Only counters and gauges: the older text format of Prometheus, which node_exporter's textfile collector reads, has no
/// other of the types that would serve here.
package struct OpenMetricsText: Sendable {
  package enum Kind: String, Sendable { case counter, gauge }

  package typealias Label = (name: String, value: String)

  private var lines: [String] = []

  package init() {}

  /// A metric with one value for each set of labels; nothing where there is none.
  ///
  /// - Parameters:
  ///   - unit: the name ends with it, as the format demands.
  ///   - help: one sentence.
  package mutating func add(
    _ name: String, _ kind: Kind, unit: String? = nil, help: String, _ values: [(labels: [Label], value: String)]
  ) {
    precondition(unit.map { name.hasSuffix("_\($0)") } ?? true, "the name of a metric ends with its unit")
    guard !values.isEmpty else { return }
    lines.append("# TYPE \(name) \(kind.rawValue)")
    if let unit { lines.append("# UNIT \(name) \(unit)") }
    lines.append("# HELP \(name) \(Self.escape(help))")
    for (labels, value) in values {
      let list = labels.map { "\($0.name)=\"\(Self.escape($0.value))\"" }.joined(separator: ",")
      lines.append(name + (kind == .counter ? "_total" : "") + (list.isEmpty ? "" : "{\(list)}") + " " + value)
    }
  }

  /// A metric of one value without labels, where it is known.
  package mutating func add(
    _ name: String, _ kind: Kind, unit: String? = nil, help: String, _ value: String?
  ) {
    add(name, kind, unit: unit, help: help, value.map { [([], $0)] } ?? [])
  }

  /// All of it, with the line that ends it.
  package var text: String { (lines + ["# EOF"]).joined(separator: "\n") + "\n" }

  /// A label's value and a help text escape the same three (section "Escaping").
  private static func escape(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
  }
}
