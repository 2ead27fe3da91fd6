// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// An inertial sensor as a state machine in which nothing waits: each `drain` does what is due and says when to come
/// again.
///
/// Open the bus, search the chip, reset, wake, configure, verify, then samples: from the FIFO in batches, from the data
/// registers once a period, or whenever the data-ready line has an edge. What was written is read back one register at
/// a time for as long as the chip runs: a brown-out puts it to sleep silently. What follows from a fault decides
/// `SensorHealth`. Samples that are missing between two others are counted in the later one.
package struct InertialSensor<Bus: I2CBus & ~Copyable, Edges: InputEdges & ~Copyable>: ~Copyable, SampleSource {
  enum Step: BitwiseCopyable {
    case open
    case search
    case reset
    case identify
    case wake
    case configure
    case verify
    case start
    case running
  }

  /// Between two looks at a register; all are seen within some two seconds.
  static var checkPeriod: Interval { .milliseconds(100) }
  /// A chip without news for so many periods, and at least for so long, has stopped.
  static var silentPeriods: Int64 { 10 }
  static var shortestSilence: Interval { .milliseconds(100) }
  /// Or, with a FIFO, for so many batches.
  static var silentBatches: Int64 { 3 }
  /// Samples that one draining takes out of a FIFO.
  static var largestBatch: Int { 60 }
  /// How soon a FIFO is read again after a fault: it holds what comes meanwhile.
  static var retryPause: Interval { .milliseconds(20) }
  /// A FIFO with room for no more than so many records may have lost some: its count is a moment old
  /// (drivers/iio/imu/inv_mpu6050/inv_mpu_ring.c keeps as many).
  static var spareRecords: Int { 3 }
  /// After a start of the FIFO: a record that began before it.
  static var staleSamples: Int { 1 }
  /// Edges that one draining takes: more than the kernel keeps for a line, so that a line that chatters delays no turn.
  static var mostEdges: Int { 64 }

  var device: RegisterDevice<Bus>
  var edges: Edges
  let settings: SensorSettings
  var search: ChipSearch
  var place: ChipPlace?
  var profile: ChipProfile
  var step = Step.open
  var health = SensorHealth()
  var check = SampleCheck()
  var clock: BatchClock
  var parser: RecordParser?
  var due = Timestamp(microseconds: .min)
  var checkDue = Timestamp(microseconds: 0)
  var checkIndex = 0
  var wakeIndex = 0
  var lastNews = Timestamp(microseconds: 0)
  var lastSample: Timestamp?
  /// Of the last sample, its place on the grid of its periods.
  var lastTick: Timestamp?
  /// Of the edge whose sample has not been read yet.
  var edgeTime: Timestamp?
  var stale = 0
  var isFIFOBroken = false
  package internal(set) var description: SensorDescription?

  package var retry: Timestamp { health.retry }
  package var state: SensorState { health.state }

  /// The bus is opened by the first draining.
  ///
  /// - Parameter edges: of the data-ready line; without one, `settings.mode` must be another.
  package init(on bus: consuming Bus, edges: consuming Edges, _ settings: SensorSettings) {
    let profile = ChipProfile(settings.model ?? .mpu6050, settings)
    // The search sets the right one.
    device = RegisterDevice(bus, at: .lowest)
    self.edges = edges
    self.settings = settings
    self.profile = profile
    search = ChipSearch(settings, at: settings.address)
    clock = BatchClock(nominal: profile.outputPeriod)
  }

  package mutating func drain(
    into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) -> NextDrain {
    let isWaitingForEdges = step == .running && settings.mode == .dataReady
    guard now >= due || isWaitingForEdges else { return .at(due) }
    do {
      due = try act(into: &buffer, at: now)
      return .at(due)
    } catch {
      plan(after: error, at: now)
      throw error
    }
  }

  mutating func act(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) -> Timestamp {
    switch step {
    case .open:
      health.begin()
      try open()
      step = place == nil ? .search : .identify
      return now
    case .search:
      try searchOne()
      return now
    case .identify:
      try identify()
      step = .reset
      return now
    case .reset:
      step = .wake
      wakeIndex = 0
      guard let reset = profile.reset else { return now }
      try write(reset)
      return now + profile.resetTime
    case .wake:
      if wakeIndex == 0 { try identify() }
      return now + (try wake())
    case .configure:
      for index in 0..<profile.configuration.count { try write(profile.configuration[index]) }
      step = .verify
      return now
    case .verify:
      for index in 0..<checkedCount {
        if let register = try stray(index) { throw .configurationRefused(register: register) }
      }
      step = .start
      return now
    case .start:
      try start(at: now)
      step = .running
      return now + (settings.mode == .fifo ? batch : profile.outputPeriod)
    case .running:
      return try sample(into: &buffer, at: now)
    }
  }

  mutating func plan(after fault: SensorFault, at now: Timestamp) {
    if !health.tolerates(fault, at: now, soon: step == .running ? soon(after: now) : now) { step = .open }
    due = health.retry
  }

  func soon(after now: Timestamp) -> Timestamp {
    switch settings.mode {
    case .polled: tick(at: now) + period
    case .fifo: now + min(Self.retryPause, batch)
    case .dataReady: now + period
    }
  }

  /// The last multiple of the period, counted from the last one due, that is not after now: lateness does not add up,
  /// and whole periods missed are skipped.
  func tick(at now: Timestamp) -> Timestamp {
    let pace = settings.mode == .fifo ? batch : period
    return due + pace * ((now - due).microseconds / pace.microseconds)
  }
}

extension InertialSensor where Edges == NoEdges, Bus: ~Copyable {
  package init(on bus: consuming Bus, _ settings: SensorSettings) {
    precondition(settings.mode != .dataReady, "data-ready needs a line")
    self.init(on: bus, edges: NoEdges(), settings)
  }
}
