// SPDX-License-Identifier: MIT
import CLinux
import Glibc

/// An open GPIO chip of the kernel, `/dev/gpiochipN`: needed to find and request lines, not to use them.
struct GPIOChip: ~Copyable {
  let path: String
  let label: String
  let lineCount: UInt32
  private let descriptor: FileDescriptor

  init(path: String) throws(GPIOError) {
    let descriptor = try Self.open(path)
    var info = gpiochip_info()
    let result = unsafe clinux_gpio_chip_info(descriptor.raw, &info)
    // A regular file answers ENOTTY, as every device does that is no chip; some drivers say EINVAL instead.
    guard result != -ENOTTY && result != -EINVAL else { throw .notAChip(path: path) }
    guard result == 0 else { throw .system(SystemError(call: "ask GPIO chip \(path)", number: -result)) }
    self.descriptor = descriptor
    self.path = path
    label = Self.text(info.label)
    lineCount = info.lines
  }

  /// The paths of the chips in a directory, in the order of the alphabet.
  static func paths(in directory: String) throws(GPIOError) -> [String] {
    do throws(SystemError) {
      return try LinuxIO.paths(matching: "\(directory)/gpiochip*")
    } catch {
      throw .system(error)
    }
  }

  /// The offset of the line with that name, or nil.
  func offset(named name: String) throws(GPIOError) -> UInt32? {
    for offset in 0..<lineCount where try Self.text(line(offset).name) == name {
      return offset
    }
    return nil
  }

  private static func open(_ path: String) throws(GPIOError) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor.open(path: path, flags: O_RDWR | O_NOCTTY | O_NONBLOCK)
    } catch {
      switch error.number {
      case EACCES, EPERM: throw .notPermitted(path: path)
      case EISDIR, ENXIO: throw .notAChip(path: path)
      default: throw .system(error)
      }
    }
  }

  /// Requests a line. An output starts inactive; an input is read without waiting.
  func request(_ offset: UInt32, for use: GPIOLineUse, consumer: String) throws(GPIOError) -> FileDescriptor {
    let result = unsafe clinux_gpio_request(
      descriptor.raw, offset, use.flags, use.debounceMicroseconds, consumer)
    guard result < 0 else {
      let line = FileDescriptor(owning: result)
      // The kernel opens every line to wait (gpiolib-cdev.c, linereq_create).
      guard fcntl(line.raw, F_SETFL, O_NONBLOCK) == 0 else { throw .system(.last("set up GPIO line \(offset)")) }
      return line
    }
    switch -result {
    case EBUSY:
      let info = try line(offset)
      throw .busy(line: describe(offset, info), consumer: Self.text(info.consumer))
    // No interrupt belongs to the line (gpiolib-cdev.c, edge_detector_setup).
    case ENXIO: throw .noEdges(line: describe(offset, try line(offset)))
    case EACCES, EPERM: throw .notPermitted(path: path)
    default: throw .system(SystemError(call: "request GPIO line \(offset) of \(path)", number: -result))
    }
  }

  private func describe(_ offset: UInt32, _ info: gpio_v2_line_info) -> String {
    let name = Self.text(info.name)
    return name.isEmpty ? "\(offset) of \(path)" : name
  }

  private func line(_ offset: UInt32) throws(GPIOError) -> gpio_v2_line_info {
    var info = gpio_v2_line_info()
    let result = unsafe clinux_gpio_line_info(descriptor.raw, offset, &info)
    guard result == 0 else {
      throw .system(SystemError(call: "ask GPIO line \(offset) of \(path)", number: -result))
    }
    return info
  }

  /// The text in a fixed array of C, which Swift sees as a tuple.
  private static func text<Characters: BitwiseCopyable>(_ characters: Characters) -> String {
    unsafe withUnsafeBytes(of: characters) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
