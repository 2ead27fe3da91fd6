// SPDX-License-Identifier: MIT
import Glibc

/// The address of a Unix socket as the system calls take it.
struct UnixSocketAddress: Sendable {
  private var address: sockaddr_un
  private let length: socklen_t

  /// Nil where the path is empty or too long.
  init?(path: String) {
    self.init(name: Array(path.utf8) + [0], maximum: UnixSocketPath.maximumLength + 1)
  }

  /// An abstract name, which is no file: a zero byte, then the name; its length counts, and nothing ends it (unix(7)).
  init?(abstract name: String) {
    self.init(name: [0] + Array(name.utf8), maximum: UnixSocketPath.maximumLength + 1)
  }

  private init?(name: [UInt8], maximum: Int) {
    guard (2...maximum).contains(name.count), let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) else {
      return nil
    }
    address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    length = socklen_t(offset + name.count)
  }

  /// False where it failed; `errno` then says why. An interrupted attempt is begun again.
  func connect(_ descriptor: borrowing FileDescriptor) -> Bool {
    while true {
      let result = unsafe withAddress { unsafe Glibc.connect(descriptor.raw, $0, $1) }
      if result == 0 { return true }
      guard errno == EINTR else { return false }
    }
  }

  /// Sends one datagram; -1 where it failed, and `errno` then says why.
  func send(_ bytes: borrowing Span<UInt8>, from descriptor: borrowing FileDescriptor) -> Int {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe withAddress { address, length in
        unsafe sendto(descriptor.raw, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), address, length)
      }
    }
  }

  private func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    unsafe withUnsafeBytes(of: address) { bytes in
      // The bytes of a sockaddr_un begin with those of a sockaddr, and are never empty.
      unsafe body(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), length)
    }
  }
}

extension FileDescriptor {
  static func unixSocket(_ type: __socket_type, nonBlocking: Bool = false) throws(SystemError) -> FileDescriptor {
    var flags = type.rawValue | SOCK_CLOEXEC.rawValue
    if nonBlocking { flags |= SOCK_NONBLOCK.rawValue }
    let raw = socket(AF_UNIX, Int32(flags), 0)
    guard raw >= 0 else { throw .last("create a Unix socket") }
    return FileDescriptor(owning: raw)
  }
}
