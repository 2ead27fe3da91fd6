// SPDX-License-Identifier: MIT
import Glibc

/// Writes a file, or standard output, through a buffer.
///
/// `close()` is the way to learn that everything has arrived. A writer that is merely dropped writes what it holds as
/// well as it can, and says nothing. After an error the bytes it was about are given up, never written a second time.
package struct FileWriter: ~Copyable {
  package enum Failure: DescribedError, Equatable, Sendable {
    /// The reader of the pipe has gone, as `head` does; most callers then end silently.
    case readerGone(name: String)
    /// The program that compresses did not end well; it has said on standard error what is wrong.
    case compressor(String)
    case system(SystemError)

    package var message: String {
      switch self {
      case .readerGone(let name): "nobody reads \(name) any more"
      case .compressor(let ending): ending
      case .system(let error): error.message
      }
    }
  }

  /// The bytes held back: a pipe's capacity, so that one write fills it.
  package static let bufferSize = 64 << 10

  /// What a pipe that has room takes without waiting: PIPE_BUF (linux/limits.h), at most a page.
  package static let readySize = 4096

  /// For messages: the path, or `standard output`.
  package let name: String
  private let descriptor: FileDescriptor
  private var buffer: [UInt8]

  /// Creates the file, or empties it. The first writer makes the process ignore SIGPIPE, whose default would end it.
  /// - Parameters:
  ///   - path: `-` is standard output.
  ///   - mode: of a new file, before the umask.
  ///   - mustBeNew: a file that exists already is an error, EEXIST, and stays as it is; a device or a pipe may exist.
  package init(path: String, mode: mode_t = 0o644, mustBeNew: Bool = false) throws(SystemError) {
    Self.ignoresBrokenPipes
    descriptor = try Self.open(path, mode, mustBeNew: mustBeNew)
    name = path == "-" ? "standard output" : path
    buffer = []
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// Writes to what is open already.
  init(_ descriptor: consuming FileDescriptor, name: String) {
    Self.ignoresBrokenPipes
    self.descriptor = descriptor
    self.name = name
    buffer = []
    buffer.reserveCapacity(Self.bufferSize)
  }

  static func open(_ path: String, _ mode: mode_t, mustBeNew: Bool) throws(SystemError) -> FileDescriptor {
    if path == "-" { return try FileDescriptor.duplicate(STDOUT_FILENO) }
    let flags = O_WRONLY | O_CREAT | O_NOCTTY
    guard mustBeNew else { return try FileDescriptor.open(path: path, flags: flags | O_TRUNC, mode: mode) }
    do throws(SystemError) {
      return try FileDescriptor.open(path: path, flags: flags | O_EXCL, mode: mode)
    } catch {
      var status = stat()
      guard error.number == EEXIST, unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else {
        throw error
      }
      return try FileDescriptor.open(path: path, flags: O_WRONLY | O_NOCTTY)
    }
  }

  deinit {
    guard !buffer.isEmpty else { return }
    let pending = buffer
    do throws(SystemError) {
      try descriptor.write(pending.span)
    } catch {
      // Nobody is left to tell; who wants to know calls `close()`.
    }
  }

  package mutating func write(_ bytes: borrowing Span<UInt8>) throws(Failure) {
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count < Self.bufferSize {
      unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    } else {
      try put(bytes)
    }
  }

  package mutating func write(_ text: String) throws(Failure) {
    try write(text.utf8Span.span)
  }

  /// Whether `readySize` bytes can be written without waiting, or an error be learnt; where not, after so long.
  package func isReady(within milliseconds: Int32) throws(Failure) -> Bool {
    var waited = pollfd(fd: descriptor.raw, events: Int16(POLLOUT), revents: 0)
    let ready = unsafe poll(&waited, 1, milliseconds)
    guard ready < 0 else { return ready > 0 }
    guard errno == EINTR else { throw .system(.last("wait for \(name)")) }
    return false
  }

  /// Hands everything to the system; that is not yet the disk.
  package mutating func flush() throws(Failure) {
    guard !buffer.isEmpty else { return }
    var pending: [UInt8] = []
    swap(&pending, &buffer)
    defer {
      pending.removeAll(keepingCapacity: true)
      swap(&pending, &buffer)
    }
    try put(pending.span)
  }

  /// Hands everything to the system, and reports what some file systems say no sooner than that.
  package consuming func close() throws(Failure) {
    try flush()
    do throws(SystemError) {
      // Closing any duplicate asks the file system for late errors (kernel Documentation/filesystems/vfs.rst, flush).
      try FileDescriptor.duplicate(descriptor.raw).close()
    } catch {
      throw failure(error)
    }
  }

  private func put(_ bytes: borrowing Span<UInt8>) throws(Failure) {
    do throws(SystemError) {
      try descriptor.write(bytes)
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ error: SystemError) -> Failure {
    error.number == EPIPE
      ? .readerGone(name: name) : .system(SystemError(call: "write \(name)", number: error.number))
  }

  /// Evaluated once. It cannot fail: the signal exists and may be ignored.
  private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}
