// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

struct ServiceNotifierTests {
  private func notifier(_ socket: String?) throws -> ServiceNotifier {
    try ServiceNotifier(socket: socket, watchdogMicroseconds: nil, watchdogProcess: nil)
  }

  private func sendEverything(to socket: String, read: BoundSocket) throws {
    let notifier = try notifier(socket)
    try notifier.ready(status: "upright")
    #expect(read.receive() == "READY=1\nSTATUS=upright")
    try notifier.status("waiting\nREADY=0")
    #expect(read.receive() == "STATUS=waiting READY=0")
    try notifier.watchdog()
    #expect(read.receive() == "WATCHDOG=1")
    try notifier.stopping()
    #expect(read.receive() == "STOPPING=1")
    #expect(read.receive() == nil)
  }

  @Test func datagramsReachAPath() throws {
    let directory = TemporaryDirectory()
    let path = directory.file("notify")
    try sendEverything(to: path, read: BoundSocket(SOCK_DGRAM, name: path))
  }

  @Test func datagramsReachAnAbstractName() throws {
    let name = "linuxio-tests-\(getpid())"
    try sendEverything(to: "@\(name)", read: BoundSocket(SOCK_DGRAM, name: "\0\(name)"))
  }

  @Test(arguments: [nil, ""])
  func withoutASocketNothingHappens(socket: String?) throws {
    let notifier = try notifier(socket)
    try notifier.ready(status: "upright")
    try notifier.watchdog()
  }

  @Test func aSocketThatIsGoneIsAnError() throws {
    let directory = TemporaryDirectory()
    let notifier = try notifier(directory.file("nobody"))
    #expect(throws: SystemError(call: "notify systemd", number: ENOENT)) { try notifier.watchdog() }
  }

  @Test func unusableAddressesAreErrors() {
    #expect(throws: SystemError(call: "NOTIFY_SOCKET=vsock:2:1", number: EAFNOSUPPORT)) { try notifier("vsock:2:1") }
    #expect(throws: SystemError.self) { try notifier("/" + String(repeating: "x", count: 107)) }
    #expect(throws: SystemError.self) { try notifier("@") }
  }

  @Test(
    arguments: [
      (nil, nil, nil),
      (nil, "77", nil),
      ("10000000", nil, 10_000_000),
      ("10000000", "77", 10_000_000),
      ("10000000", "78", nil),
    ] as [(String?, String?, Int64?)])
  func theWatchdogIntervalIsForThisProcess(microseconds: String?, process: String?, expected: Int64?) throws {
    let notifier = try ServiceNotifier(
      socket: nil, watchdogMicroseconds: microseconds, watchdogProcess: process, process: 77)
    #expect(notifier.watchdogInterval == expected)
  }

  @Test(arguments: [("", nil), ("0", nil), ("-5", nil), ("10s", nil), ("10000000", "x")] as [(String, String?)])
  func aWatchdogThatCannotBeReadIsAnError(microseconds: String, process: String?) {
    #expect(throws: SystemError.self) {
      try ServiceNotifier(socket: nil, watchdogMicroseconds: microseconds, watchdogProcess: process)
    }
  }
}
