// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import Logging
import PostureCore
import Synchronization
import Testing

func contents(of path: String) throws -> String {
  var reader = try FileReader(path: path)
  return String(decoding: try reader.read(atMost: 1 << 24), as: UTF8.self)
}

func write(_ text: String, to path: String) throws {
  var writer = try FileWriter(path: path)
  try writer.write(text)
  try writer.close()
}

func attributes(of path: String) -> stat {
  var status = stat()
  #expect(lstat(path, &status) == 0, "\(path)")
  return status
}

/// What was logged, as `level: message`.
final class LogLines: Sendable {
  private let storage = Mutex<[String]>([])

  var lines: [String] { storage.withLock { $0 } }
  var logger: Logger { Logger(label: "tests") { _ in Handler(log: self) } }

  func count(of start: String) -> Int { lines.count { $0.hasPrefix(start) } }

  private func add(_ line: String) { storage.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let log: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    func log(event: LogEvent) { log.add("\(event.level): \(event.message)") }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
  }
}

/// Looks again and again, a millisecond apart, until something is so.
///
/// - Returns: false where it is not so after a minute.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  let deadline = SystemClock().now() + 60_000_000
  while true {
    let isLast = SystemClock().now() >= deadline
    if try await condition() { return true }
    if isLast { return false }
    try await Task.sleep(for: .milliseconds(1))
  }
}

/// Memory of the process that is in RAM, in bytes (proc_pid_statm(5)).
func residentBytes() throws -> Int {
  let fields = try contents(of: "/proc/self/statm").split(separator: " ")
  return try #require(Int(fields[1])) * sysconf(Int32(_SC_PAGESIZE))
}

/// Whether the tests run under the address or the thread sanitizer.
let isSanitized = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

extension PosturePipeline.Parameters {
  /// With the trigger `hold`, so that a deviation takes seconds; cues at full strength, and none for a correction.
  static var holding: Self {
    var parameters = Self()
    parameters.detector.trigger = .hold
    parameters.gate.intensity = 100
    parameters.praiseWithin = nil
    return parameters
  }
}
