// SPDX-License-Identifier: MIT
import HAL

/// The I2C adapter that a selector means, opened when it is first asked for, and anew when it was gone.
///
/// The bargain: timeout and retries belong to the adapter, not to this value, so they hold for its other users too;
/// each opening sets them again.
package struct I2CDevice: ~Copyable, Sendable, I2CBus {
  /// Long enough for 1024 bytes at 100 kHz, 92 ms, twice over; short enough that a stuck bus is noticed.
  package static let defaultTimeoutMilliseconds = 200

  private let selector: I2CBusSelector
  private let timeoutMilliseconds: Int
  private let retries: Int
  private let classDirectory: String
  private let deviceDirectory: String
  private var adapter: I2CAdapter?
  /// Why there is no adapter, where there is none.
  private var absence = I2CError.noAdapter

  /// Opens nothing yet: until `open` or `reopen` has succeeded, an exchange fails.
  /// - Parameters:
  ///   - timeoutMilliseconds: of one transfer; the kernel counts in steps of 10 ms, so it is rounded up.
  ///   - retries: how often the kernel repeats a transfer that lost the bus to another master.
  ///   - classDirectory: where a name is looked up.
  ///   - deviceDirectory: where the adapter with that name is.
  package init(
    _ selector: I2CBusSelector, timeoutMilliseconds: Int = defaultTimeoutMilliseconds, retries: Int = 1,
    classDirectory: String = "/sys/class/i2c-dev", deviceDirectory: String = "/dev"
  ) {
    precondition(timeoutMilliseconds > 0 && retries >= 0, "a bus needs a timeout")
    self.selector = selector
    self.timeoutMilliseconds = timeoutMilliseconds
    self.retries = retries
    self.classDirectory = classDirectory
    self.deviceDirectory = deviceDirectory
  }

  /// Opens the adapter, or says in words why that is not possible. One that is open is closed before: the kernel keeps
  /// a removed adapter alive, its number taken and its driver waiting, as long as a descriptor of it is open
  /// (drivers/i2c/i2c-core-base.c, i2c_del_adapter).
  package mutating func open() throws(I2COpenError) {
    adapter = nil
    do throws(I2COpenError) {
      let path = try selector.devicePath(classDirectory: classDirectory, deviceDirectory: deviceDirectory)
      adapter = try I2CAdapter(path: path, timeoutMilliseconds: timeoutMilliseconds, retries: retries)
    } catch {
      absence = I2CError(error)
      throw error
    }
  }

  /// The same for those who cannot show a text.
  package mutating func reopen() throws(I2CError) {
    do throws(I2COpenError) { try open() } catch { throw I2CError(error) }
  }

  /// Where only SMBus calls work, what one of them carries; that is known once the adapter has been opened. Else what
  /// the kernel takes, which at 100 kHz lasts 0.74 s: longer than the default timeout.
  package var longestRead: Int {
    switch adapter {
    case .some(let adapter) where adapter.isSMBusOnly: SMBusTransfer.blockLength
    default: I2CAdapter.maximumLength
    }
  }

  @_lifetime(reading: copy reading)
  package mutating func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    guard try adapter?.exchange(written, reading: &reading, with: address) != nil else { throw absence }
  }
}
