// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

/// A program between a writer and its file.
struct CompressorTests {
  private let directory = TemporaryDirectory()
  private var path: String { directory.file("f") }

  private func failure(through program: String) -> SystemError? {
    do throws(SystemError) {
      _ = try CompressedWriter(path: path, through: program)
      return nil
    } catch { return error }
  }

  @Test func withoutItsProgramOnlyWhatItMadeIsRemoved() throws {
    let missing = SystemError(call: "run no-such-program", number: ENOENT)
    #expect(failure(through: "no-such-program") == missing && access(path, F_OK) != 0)
    try #require(mkfifo(path, 0o600) == 0)
    let reader = try FileDescriptor.open(path: path, flags: O_RDONLY | O_NONBLOCK)
    #expect(failure(through: "no-such-program") == missing && access(path, F_OK) == 0)
    _ = consume reader
  }
}
