// SPDX-License-Identifier: MIT
import Foundation

/// What a program takes for a terminal.
final class PseudoTerminal {
  let handle: FileHandle
  private let master: Int32

  init() throws {
    // TIOCSPTLCK and TIOCGPTN, which Swift cannot import: unlock the other end, and get its number.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (lock, number): (CInt, CInt) = (0, -1)
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw Failure("no pseudo-terminal")
    }
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard slave >= 0 else { throw Failure("no pseudo-terminal") }
    handle = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit { close(master) }

  /// All that has been written to it since.
  func take() -> String {
    var bytes: [UInt8] = []
    var some = [UInt8](repeating: 0, count: 4096)
    while case let count = read(master, &some, some.count), count > 0 { bytes += some[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
