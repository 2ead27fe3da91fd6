// SPDX-License-Identifier: MIT
import ArgumentParser
import Glibc
import LinuxIO
import PostureHistory

/// Stores minute after minute as the daemon does, and says of each when it is stored.
struct Writing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Store minutes, and acknowledge each.")

  @Argument(help: "The history.") var file: String
  @Option(help: "A device or a file, to which each acknowledgement has got before the next minute is begun.")
  var acknowledge: String?
  @Option(help: "How many minutes in all.") var minutes = 960
  @Option(help: "After so many minutes the file is closed, and another run begins.") var restart = 1_000_000
  @Flag(help: "From the third run on, what is older than the run before it is forgotten.") var forget = false
  @Option(help: "Microseconds that a minute lasts.") var pace: UInt32 = 0

  func run() throws {
    let told = try acknowledge.map(Acknowledgements.init)
    var (left, oldest) = (minutes, 1)
    var next = 1
    while left > 0 {
      var store = try HistoryStore(path: file, run: Script(run: next).record)
      let run = Script(run: store.run.id)
      if forget, run.run > 2 {
        try told?.tell("run \(run.run) minutes 0 from \(oldest) forgetting \(run.run - 1)")
        try store.forget(.before(Script(run: run.run - 1).began))
        oldest = run.run - 1
      }
      for minute in 0..<min(left, restart) {
        try store.write(run.entries(of: minute))
        try told?.tell("run \(run.run) minutes \(minute + 1) from \(oldest)")
        if pace > 0 { usleep(pace) }
      }
      left -= restart
      next = run.run + 1
    }
  }
}

/// Where it is told what is stored.
private struct Acknowledgements {
  /// A block of its own, which has arrived when the call returns.
  private static let block = 4096

  private let descriptor: FileDescriptorHolder

  init(_ path: String) throws(SystemError) {
    descriptor = FileDescriptorHolder(try FileDescriptor.open(path: path, flags: O_WRONLY | O_SYNC))
  }

  func tell(_ words: String) throws(SystemError) {
    var bytes = [UInt8](repeating: 0x0A, count: Self.block)
    bytes.replaceSubrange(0..<words.utf8.count, with: words.utf8)
    try descriptor.descriptor.write(bytes.span)
  }
}

/// Shares what cannot be copied.
private final class FileDescriptorHolder {
  let descriptor: FileDescriptor

  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }
}
