// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

struct SamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "samples", abstract: "Print every sample of the sensor as CSV; Ctrl-C ends it.",
    discussion: """
      The columns are timestamp_us,ax,ay,az,gx,gy,gz in m/s^2 and rad/s, as 'posturectl replay -' takes them; an
      accelerometer that is calibrated is corrected. Samples that are missing or lost are counted on standard error.
      """)

  @Option(help: ArgumentHelp("End with so many seconds of samples, by their times.", valueName: "s"))
  var seconds: Double?

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    if let seconds, !(0...31_536_000).contains(seconds) { throw ValidationError("--seconds takes 0 to a year.") }
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (_, line) = try daemon.answer(SamplesMessage.self, to: "samples")
      var output = try FileWriter(path: "-")
      try output.write(connection.json ? line + "\n" : "timestamp_us,ax,ay,az,gx,gy,gz\n")
      var (end, missing, lost): (Int64?, UInt64, UInt64) = (nil, 0, 0)
      var isWhole = seconds == nil
      while let line = try daemon.next() {
        guard let batch = JSONLine.decode(SampleBatchMessage.self, from: line), let first = batch.time_us.first else {
          continue
        }
        if end == nil { end = seconds.map { first + Int64($0 * 1e6) } }
        let count = end.map { end in batch.time_us.prefix { $0 < end }.count } ?? batch.time_us.count
        (missing, lost) = (missing + batch.missing, lost + batch.lost)
        try output.write(connection.json ? line + "\n" : Self.rows(batch, count))
        try output.flush()
        if count < batch.time_us.count {
          isWhole = true
          break
        }
      }
      try output.close()
      if !connection.json && missing + lost > 0 {
        StandardError.write("posturectl: \(missing) samples are missing, \(lost) lost\n")
      }
      // A short recording is not to look whole.
      if !isWhole { throw ProgramError(.unavailable, "the daemon hung up before the time was over") }
    }
  }

  private static func rows(_ batch: SampleBatchMessage, _ count: Int) -> String {
    zip(batch.time_us, zip(batch.acceleration_m_s2, batch.angular_velocity_rad_s)).prefix(count).map { time, values in
      let numbers = (values.0 + values.1).map { "," + Decimal.text($0, places: 6) }
      return "\(time)" + numbers.joined() + "\n"
    }.joined()
  }
}
