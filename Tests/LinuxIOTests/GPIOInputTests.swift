// SPDX-License-Identifier: MIT
import Glibc
import HAL
import LinuxIO
import TestSupport
import Testing

/// A `struct gpio_v2_line_event` of linux/gpio.h, 48 bytes in the machine's order, without the code under test.
struct LineEvent {
  var nanoseconds: UInt64
  /// 1 is rising, 2 falling.
  var kind: UInt32
  var sequence: UInt32

  var bytes: [UInt8] {
    // After the two: the offset on the chip, the number in the request, the number of the line, six words of padding.
    let words = [kind, 5, sequence &+ 1000, sequence, 0, 0, 0, 0, 0, 0]
    return withUnsafeBytes(of: nanoseconds) { Array($0) } + words.flatMap { withUnsafeBytes(of: $0) { Array($0) } }
  }
}

extension FileDescriptor {
  func write(_ event: LineEvent) throws { try write(event.bytes.span) }
}

extension GPIOInput {
  /// An input whose events come through a pipe.
  static func reading(_ descriptor: consuming FileDescriptor) -> GPIOInput {
    var input = GPIOInput(chip: .path("/does/not/exist"), line: .offset(0), edges: .both)
    input.adopt(descriptor)
    return input
  }
}

struct GPIOInputTests {
  @Test func edgesComeInOrderAndThenNone() throws {
    let pipe = Pipe()
    try pipe.writing.write(LineEvent(nanoseconds: 1_234_567_890_999, kind: 1, sequence: 1))
    try pipe.writing.write(LineEvent(nanoseconds: 1_234_568_000_000, kind: 2, sequence: 4))
    var input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    #expect(try input.next() == InputEdge(time: 1_234_567_890, isRising: true, sequence: 1))
    #expect(try input.next() == InputEdge(time: 1_234_568_000, isRising: false, sequence: 4))
    #expect(try input.next() == nil)
    try pipe.writing.write(LineEvent(nanoseconds: 999, kind: 1, sequence: .max))
    #expect(try input.next() == InputEdge(time: 0, isRising: true, sequence: .max))
    #expect(try input.next() == nil)
  }

  @Test func anEventThatIsNotWholeIsAnError() throws {
    let pipe = Pipe()
    try pipe.writing.write(LineEvent(nanoseconds: 1, kind: 1, sequence: 1).bytes.span.extracting(..<47))
    var input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    #expect(throws: PinError.system(EIO)) { try input.next() }
  }

  @Test func errorsOfTheSystemComeThrough() throws {
    var input = GPIOInput.reading(try .open(path: "/dev/null", flags: O_WRONLY))
    #expect(throws: PinError.system(EBADF)) { try input.next() }
    #expect(throws: PinError.system(ENOTTY)) { try input.isActive() }
  }

  @Test func anInputThatIsNotOpenHasNoEdges() throws {
    let directory = TemporaryDirectory()
    var input = GPIOInput(chip: nil, line: .name("GPIO4"), edges: .rising, directory: directory.path)
    #expect(input.raw == nil)
    #expect(throws: PinError.gone) { try input.next() }
    #expect(throws: PinError.gone) { try input.isActive() }
    #expect(throws: GPIOError.noChips(directory: directory.path)) { try input.open() }
    #expect(throws: PinError.notFound) { try input.reopen() }
    #expect(throws: PinError.notFound) { try input.next() }
    #expect(throws: PinError.notFound) { try input.isActive() }
  }

  @Test func openingLetsTheOldLineGoFirst() throws {
    let pipe = Pipe()
    var input = GPIOInput.reading(try .duplicate(pipe.writing.raw))
    let other = try FileDescriptor.duplicate(pipe.reading.raw)
    _ = consume pipe
    #expect(input.raw != nil)
    // The last writer is still there, and with the attempt to open it is gone.
    #expect(throws: SystemError(call: "read", number: EAGAIN)) { try other.readText() }
    #expect(throws: PinError.notFound) { try input.reopen() }
    #expect(try other.readText() == "")
    #expect(input.raw == nil)
  }
}
