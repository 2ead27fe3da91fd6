// SPDX-License-Identifier: MIT
import Glibc

/// Which I2C adapter is meant. The number in a path may change from boot to boot (kernel
/// `Documentation/i2c/dev-interface.rst`); a name does not, but several adapters may bear it.
package enum I2CBusSelector: Equatable, Sendable {
  /// `/dev/i2c-1`, usually.
  case path(String)
  /// As `i2cdetect -l` shows it: `bcm2835 (i2c@7e804000)` on a Pi 4 (drivers/i2c/busses/i2c-bcm2835.c). A Pi 5 needs
  /// the path: there each is a `Synopsys DesignWare I2C adapter` (i2c-designware-master.c).
  case name(String)

  /// What begins with a slash is a path, all else an adapter's name.
  package init(_ text: String) {
    self = text.hasPrefix("/") ? .path(text) : .name(text)
  }

  /// The path of the one adapter that is meant.
  /// - Parameters:
  ///   - classDirectory: where each adapter has a directory `i2c-N` with its name in it: `/sys/class/i2c-dev`.
  ///   - deviceDirectory: where the devices are: `/dev`.
  func devicePath(classDirectory: String, deviceDirectory: String) throws(I2COpenError) -> String {
    switch self {
    case .path(let path): return path
    case .name(let name):
      var all: [String] = []
      var named: [String] = []
      for (device, found) in try Self.adapters(in: classDirectory, name) {
        let path = "\(deviceDirectory)/\(device)"
        all.append("\(path) (\(found))")
        if found == name { named.append(path) }
      }
      guard let path = named.first else { throw I2COpenError(bus: name, cause: .noSuchName(found: all)) }
      guard named.count == 1 else { throw I2COpenError(bus: name, cause: .ambiguousName(found: named)) }
      return path
    }
  }

  private static func adapters(
    in directory: String, _ bus: String
  ) throws(I2COpenError) -> [(device: String, name: String)] {
    var adapters: [(device: String, name: String)] = []
    do throws(SystemError) {
      for path in try paths(matching: "\(directory)/i2c-*/name") {
        guard let name = try name(path) else { continue }
        let device = path.split(separator: "/").dropLast().last ?? ""
        adapters.append((String(device), name))
      }
    } catch {
      throw I2COpenError(bus: bus, cause: .system(error))
    }
    return adapters
  }

  /// Nil where the adapter has vanished since it was listed.
  private static func name(_ path: String) throws(SystemError) -> String? {
    do throws(SystemError) {
      var reader = try FileReader(path: path)
      // The kernel keeps 48 bytes of a name (linux/i2c.h, struct i2c_adapter), and ends the line.
      var bytes = try reader.read(atMost: 64)
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      guard error.number == ENOENT || error.number == ENODEV else { throw error }
      return nil
    }
  }
}
