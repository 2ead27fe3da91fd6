// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// How samples are fetched, timed and handed over.
extension InertialSensor where Bus: ~Copyable, Edges: ~Copyable {
  mutating func sample(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) -> Timestamp {
    switch settings.mode {
    case .polled:
      try checkOne(at: now)
      try poll(into: &buffer, at: now)
      return tick(at: now) + period
    case .dataReady:
      // Edges are taken at once: those that wait may keep a clock from sleeping.
      try takeEdges(at: now)
      guard now >= health.retry else { return health.retry }
      if let edgeTime {
        try takeSample(ofEdgeAt: edgeTime, into: &buffer, at: now)
        try checkOne(at: now)
      } else {
        try noteSilence(at: now)
      }
      return lastNews + silence
    case .fifo:
      // Before the check, which would find a FIFO that is not started.
      if isFIFOBroken { try startFIFO(at: now) }
      try checkOne(at: now)
      return try readFIFO(into: &buffer, at: now) ? tick(at: now) + batch : now
    }
  }

  var silence: Interval {
    let silence = max(period * Self.silentPeriods, Self.shortestSilence)
    return settings.mode == .fifo ? max(silence, batch * Self.silentBatches) : silence
  }

  mutating func poll(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) {
    var bytes = InlineArray<24, UInt8>(repeating: 0)
    guard try readData(into: &bytes) else { return try noteSilence(at: now) }
    let bytesRead = bytes.span
    try take(
      RawSample(bytesRead, from: 0, profile.data.words), taken: now, tick: tick(at: now), period, into: &buffer,
      at: now)
  }

  /// The data registers; false where they hold nothing new.
  mutating func readData(into bytes: inout InlineArray<24, UInt8>) throws(SensorFault) -> Bool {
    let layout = profile.data
    if case .register(let register, let mask) = layout.ready {
      guard try read(register) & mask != 0 else { return false }
    }
    var span = bytes.mutableSpan
    try read(layout.length, from: layout.first, into: &span)
    if case .inBurst(let offset, let mask) = layout.ready { return bytes[offset] & mask != 0 }
    return true
  }

  mutating func takeEdges(at now: Timestamp) throws(SensorFault) {
    do {
      for _ in 0..<Self.mostEdges {
        guard let edge = try edges.next() else { return }
        // A clock that is not the sensor's must not carry samples into the future.
        if edge.isRising { edgeTime = min(Timestamp(microseconds: edge.time), now) }
      }
    } catch { throw .interruptLine(error) }
  }

  /// After a fault of the bus the edge is still there: a line that waits for the reading has no other.
  mutating func takeSample(
    ofEdgeAt time: Timestamp, into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) {
    var bytes = InlineArray<24, UInt8>(repeating: 0)
    let isNew = try readData(into: &bytes)
    edgeTime = nil
    // The sample of an edge that was late may have been read after the edge before.
    guard isNew else { return try noteSilence(at: now) }
    let bytesRead = bytes.span
    try take(
      RawSample(bytesRead, from: 0, profile.data.words), taken: time, tick: time, period, into: &buffer, at: now)
  }

  /// False where more is waiting than one draining can take.
  mutating func readFIFO(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) -> Bool {
    guard let fifo = profile.fifo else { preconditionFailure("the mode needs a FIFO") }
    let filled = try readLevel(fifo)
    let waiting = filled / fifo.recordLength
    guard waiting > 0 else {
      try noteSilence(at: now)
      return true
    }
    let wanted = min(waiting, Self.largestBatch * fifo.framing.recordsPerSample)
    do { try readRecords(wanted, fifo) } catch {
      // Nobody knows how many bytes the chip has given away.
      isFIFOBroken = true
      let cause = error
      // What the rest may be wrong with is no news: the transfer's fault is told.
      do { _ = try takeParsed(of: waiting / fifo.framing.recordsPerSample, into: &buffer, at: now) } catch {}
      throw cause
    }
    // Half a sample, over and over, is none.
    if !(try takeParsed(of: waiting / fifo.framing.recordsPerSample, into: &buffer, at: now)) {
      try noteSilence(at: now)
    }
    return waiting == wanted
  }

  /// The bytes in the FIFO.
  mutating func readLevel(_ fifo: FIFOLayout) throws(SensorFault) -> Int {
    var bytes = InlineArray<2, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    try read(fifo.levelLength, from: fifo.level, into: &span)
    var level = UInt16(bytes[0])
    if fifo.levelLength == 2 {
      level = fifo.isLevelBigEndian ? level << 8 | UInt16(bytes[1]) : UInt16(bytes[1]) << 8 | level
    }
    let filled = Int(level & fifo.levelMask) * fifo.bytesPerCount
    guard filled <= fifo.capacity - Self.spareRecords * fifo.recordLength, level & fifo.overrunMask == 0 else {
      isFIFOBroken = true
      throw .overrun
    }
    return filled
  }

  mutating func readRecords(_ count: Int, _ fifo: FIFOLayout) throws(SensorFault) {
    var bytes = InlineArray<480, UInt8>(repeating: 0)
    let most = max(1, min(fifo.recordsPerTransfer, min(480, device.longestRead) / fifo.recordLength))
    var done = 0
    while done < count {
      let length = min(most, count - done) * fifo.recordLength
      var span = bytes.mutableSpan
      try read(length, from: fifo.data, into: &span)
      let bytesRead = bytes.span
      parser?.parse(bytesRead.extracting(first: length))
      done += length / fifo.recordLength
    }
  }

  /// Times what was parsed of the samples that were waiting; false where that is nothing.
  mutating func takeParsed(
    of waiting: Int, into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) -> Bool {
    guard let count = parser?.count, count > 0 else { return false }
    clock.read(count, of: max(count, waiting), at: now)
    let period = Interval(microseconds: Int64(clock.period.rounded()))
    defer { parser?.removeAll() }
    for index in 0..<count {
      guard let raw = parser?.samples[index] else { break }
      if stale > 0 {
        stale -= 1
        continue
      }
      let time = clock.time(of: index + 1)
      try take(raw, taken: time, tick: time, period, into: &buffer, at: now)
    }
    return true
  }

  mutating func noteSilence(at now: Timestamp) throws(SensorFault) {
    if now - lastNews >= silence { throw .noNewData }
  }

  /// Hands a sample over, with the number of those missing before it: of the ticks, one a period, between its and the
  /// last one's.
  mutating func take(
    _ untimed: RawSample, taken time: Timestamp, tick: Timestamp, _ period: Interval,
    into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) {
    var raw = untimed
    raw.time = time
    if SampleCheck.isImplausible(raw, hasGyroscope: profile.hasGyroscope) {
      isFIFOBroken = profile.fifo != nil
      throw .implausibleData
    }
    // Two clocks, the chip's and a new start's, need not agree to the microsecond.
    if let lastSample, raw.time <= lastSample { raw.time = lastSample + Interval(microseconds: 1) }
    lastNews = now
    if check.isFrozen(raw, hasGyroscope: profile.hasGyroscope) { throw .frozenData }
    var missing: UInt32 = 0
    if let lastTick {
      let periods = ((tick - lastTick).microseconds + period.microseconds / 2) / period.microseconds
      missing = UInt32(clamping: max(0, periods - 1))
    }
    lastSample = raw.time
    lastTick = tick
    health.sampled(at: now)
    buffer.append(Measurement(missing: missing, raw: raw, sample: profile.scale.sample(from: raw)))
  }
}
