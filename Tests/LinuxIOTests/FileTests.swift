// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

struct FileTests {
  private let directory = TemporaryDirectory()
  private var path: String { directory.file("f") }

  @Test func whatIsWrittenIsRead() throws {
    var writer = try FileWriter(path: path)
    // Small pieces, one as large as the buffer, one that does not fit what is left of it.
    var expected = ""
    for piece in [
      "posture", "", String(repeating: "a", count: 1 << 16), "b", String(repeating: "ü", count: 32_767), "c\n",
    ] {
      try writer.write(piece)
      expected += piece
    }
    try writer.write([0x64, 0x0A].span)
    try writer.close()
    #expect(try contents(of: path) == expected + "d\n")
  }

  @Test func theBufferHoldsBackUntilItIsFlushed() throws {
    var writer = try FileWriter(path: path)
    try writer.write("held")
    #expect(try contents(of: path) == "")
    try writer.flush()
    #expect(try contents(of: path) == "held")
    try writer.write(", dropped")
    _ = consume writer
    #expect(try contents(of: path) == "held, dropped")
  }

  @Test func anOldFileIsEmptied() throws {
    for text in ["a longer text", "short"] {
      var writer = try FileWriter(path: path)
      try writer.write(text)
      try writer.close()
    }
    #expect(try contents(of: path) == "short")
  }

  @Test func aFullDiskIsReportedAndNothingIsWrittenTwice() throws {
    var writer = try FileWriter(path: "/dev/full")
    try writer.write("x")
    #expect(throws: FileWriter.Failure.system(SystemError(call: "write /dev/full", number: ENOSPC))) {
      try writer.flush()
    }
    try writer.flush()

    var other = try FileWriter(path: "/dev/full")
    try other.write("x")
    var failure: FileWriter.Failure?
    do throws(FileWriter.Failure) { try other.close() } catch { failure = error }
    #expect(failure == .system(SystemError(call: "write /dev/full", number: ENOSPC)))
  }

  @Test func aReaderThatHasGoneIsItsOwnKindOfError() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let reading = FileDescriptor(owning: ends[0])
    let writing = FileDescriptor(owning: ends[1])
    let path = "/proc/self/fd/\(writing.raw)"
    var writer = try FileWriter(path: path)
    try writer.write("first\n")
    try writer.flush()
    #expect(try reading.readText() == "first\n")
    _ = consume reading
    try writer.write("second\n")
    #expect(throws: FileWriter.Failure.readerGone(name: path)) { try writer.flush() }
  }

  @Test func readingGoesPieceByPiece() throws {
    var writer = try FileWriter(path: path)
    try writer.write("abcdef")
    try writer.close()
    var reader = try FileReader(path: path)
    var bytes = [UInt8](repeating: 0, count: 4)
    var span = bytes.mutableSpan
    #expect(try reader.read(into: &span) == 4)
    #expect(try reader.read(into: &span) == 2)
    #expect(try reader.read(into: &span) == 0)
    #expect(bytes == Array("efcd".utf8))
  }

  @Test func readingStopsAtALimit() throws {
    var writer = try FileWriter(path: path)
    try writer.write(String(repeating: "x", count: 40_000))
    try writer.close()
    var reader = try FileReader(path: path)
    #expect(try reader.read(atMost: 50_000).count == 40_000)
    var again = try FileReader(path: path)
    #expect(try again.read(atMost: 39_999).count == 39_999)
  }

  @Test func failuresNameTheFile() throws {
    #expect(throws: SystemError(call: "open /does/not/exist", number: ENOENT)) {
      var reader = try FileReader(path: "/does/not/exist")
      _ = try reader.read(atMost: 1)
    }
    #expect(throws: SystemError(call: "open /dev", number: EISDIR)) { try contents(of: "/dev") }
    #expect(
      SystemError(call: "open /dev/i2c-1", number: ENOENT).message == "open /dev/i2c-1: No such file or directory")
    #expect("\(SystemError(call: "x", number: 0))" == "x: Success")
  }

  @Test func descriptorsCloseAndAreNotInherited() throws {
    let descriptor = try FileDescriptor.open(path: "/dev/null", flags: O_RDWR)
    let copy = try FileDescriptor.duplicate(descriptor.raw)
    #expect(fcntl(descriptor.raw, F_GETFD) & FD_CLOEXEC != 0)
    #expect(fcntl(copy.raw, F_GETFD) & FD_CLOEXEC != 0)
    try copy.close()
    let raw = descriptor.release()
    #expect(fcntl(raw, F_GETFD) >= 0)
    close(raw)
  }
}
