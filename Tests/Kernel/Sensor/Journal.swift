// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO

/// What befell the sensor, for the cases to read: `TIME_US WORD...` a line, the time of the daemon's own clock.
struct Journal: ~Copyable {
  private let descriptor: FileDescriptor

  init(path: String) throws(SystemError) {
    descriptor = try FileDescriptor.open(path: path, flags: O_WRONLY | O_CREAT | O_APPEND)
  }

  func note(_ text: String, at time: Int64 = SystemClock().now()) throws(SystemError) {
    try descriptor.write(Array("\(time) \(text)\n".utf8).span)
  }
}
