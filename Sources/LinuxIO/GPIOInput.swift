// SPDX-License-Identifier: MIT
import CLinux
import Glibc
import HAL

/// One GPIO input and its edges, through the kernel's character device, uAPI v2; opened when it is first asked for, and
/// anew when it was busy or gone.
///
/// The kernel keeps 16 edges (gpiolib-cdev.c, linereq_create); then the oldest are lost, and the sequence numbers,
/// which begin at 1 with each opening, show how many. An edge's time is that of its interrupt, by CLOCK_MONOTONIC; with
/// a debounce period it is the end of that period, where the chip does not debounce itself (debounce_work_func).
package struct GPIOInput: ~Copyable, Sendable, InputEdges {
  let signal = EdgeSignal()
  private let request: GPIOLineRequest
  private var descriptor: FileDescriptor?
  /// Why the line is not open, where it is not.
  private var absence = PinError.gone

  /// Requests nothing yet: until `open` or `reopen` has succeeded, there are no edges.
  /// - Parameters:
  ///   - chip: nil searches every chip for the name.
  ///   - activeLow: the active level is the low one; edges and level are told accordingly.
  ///   - debounceMicroseconds: how long a level must last to count; 0 takes every edge.
  ///   - consumer: what `gpioinfo` shows as the line's user; the kernel keeps 31 bytes.
  ///   - directory: where the chips are.
  package init(
    chip: GPIOChipSelector?, line: GPIOLineSelector, edges: GPIOEdges, bias: GPIOBias = .asIs, activeLow: Bool = false,
    debounceMicroseconds: UInt32 = 0, consumer: String = "postured", directory: String = "/dev"
  ) {
    request = GPIOLineRequest(
      chip: chip, line: line,
      use: .input(edges, bias: bias, activeLow: activeLow, debounceMicroseconds: debounceMicroseconds),
      consumer: consumer, directory: directory)
  }

  /// Requests the line, or says in words why that is not possible. One that is open is let go before.
  package mutating func open() throws(GPIOError) {
    signal.disarm()
    descriptor = nil
    do throws(GPIOError) {
      adopt(try request.open())
    } catch {
      absence = PinError(error)
      throw error
    }
  }

  /// The same for those who cannot show a text.
  package mutating func reopen() throws(PinError) {
    do throws(GPIOError) { try open() } catch { throw PinError(error) }
  }

  /// Takes over a line that has been requested already and does not wait, until the next opening.
  package mutating func adopt(_ line: consuming FileDescriptor) {
    signal.arm(line.raw)
    descriptor = consume line
  }

  /// For poll(2), where the line is open.
  package var raw: Int32? {
    switch descriptor {
    case .some(let line): line.raw
    case nil: nil
    }
  }

  /// Nothing is allocated.
  package mutating func next() throws(PinError) -> InputEdge? {
    guard let raw else { throw absence }
    while true {
      var event = gpio_v2_line_event()
      let count = unsafe withUnsafeMutableBytes(of: &event) { unsafe read(raw, $0.baseAddress, $0.count) }
      if count == MemoryLayout<gpio_v2_line_event>.size {
        signal.arm(raw)
        return InputEdge(event)
      }
      // The kernel gives whole events only.
      let number = count < 0 ? errno : EIO
      if number == EAGAIN {
        signal.arm(raw)
        return nil
      }
      guard number == EINTR else { throw PinError(errorNumber: number) }
    }
  }

  /// Whether the line is at its active level now; the debounced one where there is a debounce period.
  package func isActive() throws(PinError) -> Bool {
    guard let raw else { throw absence }
    let result = clinux_gpio_get(raw)
    guard result >= 0 else { throw PinError(errorNumber: -result) }
    return result == 1
  }
}

extension InputEdge {
  init(_ event: gpio_v2_line_event) {
    self.init(
      time: Int64(event.timestamp_ns / 1000), isRising: event.id == GPIO_V2_LINE_EVENT_RISING_EDGE.rawValue,
      sequence: event.line_seqno)
  }
}
