// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

/// A socket that a service manager has made: what sd_listen_fds(3) says, by a few lines of Perl, which every Debian has.
struct ActivationTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  /// Becomes the daemon with a descriptor 3 that `make` makes.
  private func activated(_ make: String, count: String = "1", process: String = "$$", _ arguments: String...) throws
    -> Running
  {
    let script = """
      use Socket; use POSIX;
      my ($path, @command) = @ARGV;
      \(make)
      # Twice, because one that is 3 already would be closed at the exec.
      POSIX::dup2(fileno(S), 9); POSIX::dup2(9, 3);
      $ENV{LISTEN_PID} = \(process); $ENV{LISTEN_FDS} = '\(count)';
      exec @command;
      """
    return try Running(path: "/usr/bin/perl", ["-e", script, socket, program("postured")] + arguments)
  }

  private static let listening = "socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($path)); listen(S, 4);"

  @Test func theSocketThatIsHandedOverIsUsedAndLeft() throws {
    let other = directory.file("other")
    let daemon = try activated(Self.listening, "--simulate", "--socket", other)
    try waitUntil("the daemon") { try daemon.errors.contains("listening on the service manager's socket") }
    #expect(try posturectl("status", "--socket", socket).status == 0)
    #expect(!exists(other))
    daemon.signal(SIGTERM)
    #expect(try daemon.wait().status == 0)
    #expect(exists(socket))
  }

  /// Variables of another process are no word to this one.
  @Test func whatIsAnothersIsNotTaken() throws {
    let own = directory.file("own")
    let daemon = try activated(Self.listening, process: "1", "--simulate", "--socket", own)
    try waitUntil("the daemon") { try daemon.errors.contains("listening on \(own)") }
    #expect(try posturectl("status", "--socket", own).status == 0)
  }

  @Test(arguments: [
    ("socket(S, PF_UNIX, SOCK_STREAM, 0);", "1", "something else"),
    ("socket(S, PF_UNIX, SOCK_DGRAM, 0);", "1", "something else"),
    ("socket(S, PF_INET, SOCK_STREAM, 0); listen(S, 1);", "1", "something else"),
    ("open(S, '<', '/dev/null');", "1", "something else"), (listening, "2", "2 sockets"),
  ]) func anythingElseIsRefused(make: String, count: String, found: String) throws {
    let outcome = try activated(make, count: count, "--simulate", "--socket", directory.file("own")).wait()
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("postured: found \(found) from the service manager, expected "))
  }

  @Test func theLevelOfTheLogIsAnOption() throws {
    let daemon = try Running(
      "postured", ["--scenario", "brief-lean", "--speed", "max", "--socket", socket, "--log-level", "warning"])
    #expect(try daemon.wait() == Outcome(status: 0, output: "", errors: ""))
    let wrong = try postured("--check", "--log-level", "loud")
    #expect(wrong.status == 78 && wrong.errors.contains("log.level: found 'loud', expected trace, debug"))
  }
}
