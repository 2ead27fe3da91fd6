// SPDX-License-Identifier: MIT
import Glibc

/// Owns an open file descriptor and closes it at the end of its life. Every one that this module opens is
/// close-on-exec.
package struct FileDescriptor: ~Copyable, Sendable {
  package let raw: Int32

  /// Takes over a descriptor that nothing else closes.
  package init(owning raw: Int32) {
    precondition(raw >= 0, "not a descriptor")
    self.raw = raw
  }

  deinit { Glibc.close(raw) }

  /// Gives the descriptor up without closing it.
  package consuming func release() -> Int32 {
    let raw = raw
    discard self
    return raw
  }

  /// Closes it and reports what `close(2)` says: a delayed write error of some file systems. The descriptor is gone
  /// either way.
  package consuming func close() throws(SystemError) {
    guard Glibc.close(release()) == 0 || errno == EINTR else { throw .last("close") }
  }

  /// - Parameters:
  ///   - flags: `O_RDONLY` and so on; `O_CLOEXEC` is added.
  ///   - mode: of a file that this creates, before the umask.
  package static func open(path: String, flags: Int32, mode: mode_t = 0o644) throws(SystemError) -> FileDescriptor {
    while true {
      let raw = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
      if raw >= 0 { return FileDescriptor(owning: raw) }
      guard errno == EINTR else { throw .last("open \(path)") }
    }
  }

  /// A second descriptor for the same open file: how standard input and output are owned without being closed.
  package static func duplicate(_ raw: Int32) throws(SystemError) -> FileDescriptor {
    let copy = fcntl(raw, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .last("duplicate descriptor \(raw)") }
    return FileDescriptor(owning: copy)
  }

  /// Reads what is there, at most as many bytes as the span holds.
  /// - Returns: how many; 0 at the end of the file.
  package func read(into bytes: inout MutableSpan<UInt8>) throws(SystemError) -> Int {
    while true {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(raw, buffer.baseAddress, buffer.count)
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw .last("read") }
    }
  }

  /// Writes every byte; after an error some may have been written.
  package func write(_ bytes: borrowing Span<UInt8>) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        return unsafe Glibc.write(raw, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw .last("write")
      }
    }
  }

  /// The kind of file behind the descriptor: the `S_IFMT` bits.
  func kind() throws(SystemError) -> mode_t {
    var status = stat()
    guard unsafe fstat(raw, &status) == 0 else { throw .last("fstat") }
    return status.st_mode & S_IFMT
  }
}
