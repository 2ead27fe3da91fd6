// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO

/// Serves the bus, takes commands, and gives the data-ready pulses, all in one thread.
///
/// What goes wrong is written into the control file, a line each (`ControlCommand`); the journal says what came of it:
///
///     open          the adapter is there
///     begin WHAT    a fault has begun
///     end           it is over: its last transfer was spoilt, or it was healed
///     data          the first answer after `open` or `end` that is long enough for a sample
///     fetched N M   at its end: N samples were fetched from the FIFO, of M that were put into it
struct SensorServer: ~Copyable {
  /// Seconds that a program may take to let go of the adapter of the sensor before this one.
  private static var patience: Int { 60 }
  /// Three words are the least of an inertial sample; counters and identities are shorter.
  private static var shortestSample: Int { 6 }

  private var chip: FaultyChip
  private var bus: SimulatedBus
  private var pin: DataReadyPin
  private let control: FileDescriptor
  private let journal: Journal
  private let clock = SystemClock()
  private var unread: [UInt8] = []
  private var lateness: Int64 = 0
  private var isDataAwaited = true
  private var isAsked = true
  private var fetched = 0

  init(_ chip: consuming FaultyChip, bus: String, control: String, journal: String, interrupt: String?)
    throws(SystemError)
  {
    let journal = try Journal(path: journal)
    // For writing too: a fifo that nobody writes to would else be at its end.
    let control = try FileDescriptor.open(path: control, flags: O_RDWR | O_NONBLOCK)
    let pin = try DataReadyPin(path: interrupt)
    let bus = try SimulatedBus(path: bus, patience: Self.patience)
    try journal.note("open")
    self.chip = chip
    self.bus = bus
    self.pin = pin
    self.control = control
    self.journal = journal
  }

  /// Returns when it is told to quit: the adapter vanishes with the process.
  mutating func run() throws(SystemError) {
    while isAsked {
      try wait()
      try pin.pulse(at: clock.now())
      try takeCommands()
      if let transfer = try bus.next() { try serve(transfer) }
    }
    try journal.note("fetched \(fetched) \(chip.count())")
  }

  /// Until there is something to do. (`ppoll` is not in Swift's Glibc module, and `poll` counts in milliseconds.)
  private func wait() throws(SystemError) {
    precondition(bus.descriptor.raw < 64 && control.raw < 64, "they are among the first descriptors of the process")
    var descriptors = fd_set()
    descriptors.__fds_bits.0 = 1 << Int(bus.descriptor.raw) | 1 << Int(control.raw)
    let pause = pin.due.map { max(0, $0 - clock.now()) } ?? 60_000_000
    var timeout = timespec(tv_sec: Int(pause / 1_000_000), tv_nsec: Int(pause % 1_000_000) * 1000)
    guard unsafe pselect(64, &descriptors, nil, nil, &timeout, nil) >= 0 || errno == EINTR else {
      throw SystemError(call: "pselect", number: errno)
    }
  }

  private mutating func serve(_ transfer: Transfer) throws(SystemError) {
    if lateness > 0 {
      clock.sleep(until: clock.now() + lateness)
      lateness = 0
      try end()
    }
    let isSpoilt = chip.spoils(transfer)
    switch chip.serve(transfer) {
    case .silence: break
    case .error(let number): _ = try bus.answer(transfer, [], error: number)
    case .answer(let bytes):
      let isInTime = try bus.answer(transfer, bytes, error: 0)
      if isInTime { fetched += chip.samples(in: transfer) }
      if isDataAwaited && !isSpoilt && isInTime && bytes.count >= Self.shortestSample {
        try journal.note("data")
        isDataAwaited = false
      }
    }
    if isSpoilt && chip.countDown() { try end() }
    try configurePin()
  }

  private mutating func takeCommands() throws(SystemError) {
    var bytes = [UInt8](repeating: 0, count: 256)
    var count = 0
    do throws(SystemError) {
      var span = bytes.mutableSpan
      count = try control.read(into: &span)
    } catch {
      guard error.number == EAGAIN else { throw error }
    }
    unread += bytes[..<count]
    while let newline = unread.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: unread[..<newline], as: UTF8.self)
      unread.removeSubrange(...newline)
      try perform(line)
    }
  }

  private mutating func perform(_ line: String) throws(SystemError) {
    guard let command = ControlCommand(line) else { return try journal.note("unknown command: \(line)") }
    if command != .heal { try journal.note("begin \(line)") }
    switch command {
    case .begin(let fault): chip.begin(fault)
    case .stall(let milliseconds): lateness = Int64(milliseconds) * 1000
    case .heal: try end()
    case .reset:
      chip.reset()
      // Whatever else is wrong with the chip stays so.
      if chip.fault == nil { try end() }
    case .quit: isAsked = false
    }
    try configurePin()
  }

  private mutating func end() throws(SystemError) {
    chip.end()
    try journal.note("end")
    isDataAwaited = true
  }

  private mutating func configurePin() throws(SystemError) {
    guard pin.isConnected else { return }
    let (period, isActiveLow) = chip.dataReady()
    try pin.configure(period: period, isActiveLow: isActiveLow, at: clock.now())
  }
}
