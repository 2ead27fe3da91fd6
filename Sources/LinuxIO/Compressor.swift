// SPDX-License-Identifier: MIT
import Glibc

/// A program that compresses its standard input to its standard output, such as gzip, running between a writer and its
/// file.
///
/// It ends with its input, whatever becomes of this process: what was written before a kill is a whole file. A Ctrl-C,
/// which reaches both, does not end it early.
struct Compressor: ~Copyable {
  private let name: String
  private let process: pid_t

  /// - Parameter input: taken over; the other end is the writer's.
  init(_ name: String, from input: consuming FileDescriptor, into output: borrowing FileDescriptor) throws(SystemError)
  {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input.raw, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, output.raw, STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // This process ignores it, and the program would say of `| head` that it failed.
    var usual = SignalSet.of(SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
    var blocked = Interruption.signals
    unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var process: pid_t = 0
    let copy = unsafe strdup(name)
    defer { unsafe free(copy) }
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [copy, nil]
    let number = unsafe posix_spawnp(&process, name, &actions, &attributes, &arguments, environ)
    guard number == 0 else { throw SystemError(call: "run \(name)", number: number) }
    self.name = name
    self.process = process
  }

  /// Waits for its end, which the end of its input brings.
  /// - Parameter file: what it writes to, for messages.
  consuming func wait(writing file: String) throws(FileWriter.Failure) {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw .system(.last("wait for \(name)")) }
    }
    guard status != 0 else { return }
    // WTERMSIG and WEXITSTATUS, which Swift cannot import (bits/waitstatus.h).
    let signal = status & 0x7F
    if signal == SIGPIPE { throw .readerGone(name: file) }
    let ending = signal == 0 ? "with status \(status >> 8 & 0xFF)" : "by signal \(signal)"
    throw .compressor("\(name) ended \(ending)")
  }
}

/// Writes a new file, or standard output, through a program that compresses.
package struct CompressedWriter: ~Copyable {
  private var writer: FileWriter
  private let compressor: Compressor

  /// - Parameters:
  ///   - path: `-` is standard output; a file that exists already is an error and stays as it is; a device or a pipe
  ///     may exist.
  ///   - program: looked for where the shell does.
  package init(path: String, through program: String) throws(SystemError) {
    let ends = try Self.pipe()
    let file = try FileWriter.open(path, 0o644, mustBeNew: true)
    let writer = FileWriter(FileDescriptor(owning: ends.input), name: path == "-" ? "standard output" : path)
    let compressor: Compressor
    do throws(SystemError) {
      compressor = try Compressor(program, from: FileDescriptor(owning: ends.output), into: file)
    } catch {
      // Nothing is in it; a regular file is new, and a device or a pipe was there before.
      if path != "-", try file.kind() == S_IFREG { try FileAttributes.remove(path) }
      throw error
    }
    self.writer = writer
    self.compressor = compressor
  }

  /// As `FileWriter.isReady`, for the program.
  package func isReady(within milliseconds: Int32) throws(FileWriter.Failure) -> Bool {
    try writer.isReady(within: milliseconds)
  }

  package mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileWriter.Failure) { try writer.write(bytes) }

  package mutating func flush() throws(FileWriter.Failure) { try writer.flush() }

  /// Returns when everything has been compressed and written.
  package consuming func close() throws(FileWriter.Failure) {
    let name = writer.name
    var failure: FileWriter.Failure?
    do throws(FileWriter.Failure) { try writer.close() } catch { failure = error }
    // Where it has ended before its input did, it knows better why.
    try compressor.wait(writing: name)
    if let failure { throw failure }
  }

  private static func pipe() throws(SystemError) -> (output: Int32, input: Int32) {
    var ends: [Int32] = [-1, -1]
    guard unsafe Glibc.pipe(&ends) == 0 else { throw .last("make a pipe") }
    // The program has its end under another number, and would wait for ever for the end of its own input.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
