// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "Print states and counters as OpenMetrics text, for a monitoring system.",
    discussion: "For node_exporter's textfile collector, write it to another name first and rename it.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (metrics, line) = try daemon.answer(MetricsMessage.self, to: "metrics")
      var output = try FileWriter(path: "-")
      try output.write(connection.json ? line + "\n" : metrics.text)
      try output.close()
    }
  }
}
