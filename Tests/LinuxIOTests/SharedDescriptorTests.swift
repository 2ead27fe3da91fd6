// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import Synchronization
import Testing

struct SharedDescriptorTests {
  private final class Flag: Sendable {
    let value = Atomic(false)
  }

  private func write(_ text: String, by shared: SharedDescriptor) -> Int32? {
    shared.use { Int32(Glibc.write($0, text, text.utf8.count)) }
  }

  @Test func itIsUsedAsLongAsItIsThere() throws {
    let pipe = Pipe()
    let shared = SharedDescriptor()
    #expect(shared.raw == -1)
    #expect(write("a", by: shared) == nil)
    shared.replace(with: try .duplicate(pipe.writing.raw))
    #expect(shared.raw >= 0)
    #expect(write("b", by: shared) == 1)
    shared.replace(with: nil)
    #expect(shared.raw == -1)
    #expect(write("c", by: shared) == nil)
    #expect(try pipe.reading.readText() == "b")
  }

  @Test func theOldOneIsClosed() throws {
    let pipe = Pipe()
    let shared = SharedDescriptor()
    shared.replace(with: try .duplicate(pipe.writing.raw))
    let reading = try FileDescriptor.duplicate(pipe.reading.raw)
    _ = consume pipe
    #expect(throws: SystemError(call: "read", number: EAGAIN)) { try reading.readText() }
    shared.replace(with: try .open(path: "/dev/null", flags: O_WRONLY))
    #expect(try reading.readText() == "")
  }

  @Test(
    .timeLimit(.minutes(15)), .disabled(if: isSanitized, "the thread sanitizer does not know Swift's Mutex for a lock"))
  func nothingIsClosedWhileAnotherThreadUsesIt() throws {
    let pipe = Pipe()
    let shared = SharedDescriptor()
    shared.replace(with: try .duplicate(pipe.writing.raw))
    let reading = try FileDescriptor.duplicate(pipe.reading.raw)
    _ = consume pipe
    let isInUse = Flag()
    let user = try RealtimeThread(name: "user", priority: nil) {
      let written = shared.use { raw in
        isInUse.value.store(true, ordering: .relaxed)
        // The owner has begun to close it, and cannot get on.
        while shared.raw >= 0 { sched_yield() }
        return Int32(Glibc.write(raw, "x", 1))
      }
      #expect(written == 1)
    }
    while !isInUse.value.load(ordering: .relaxed) { sched_yield() }
    shared.replace(with: nil)
    user.join()
    #expect(try reading.readText() == "x")
    #expect(try reading.readText() == "")
  }
}
