// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// How the chip is found and started.
extension InertialSensor where Bus: ~Copyable, Edges: ~Copyable {
  mutating func open() throws(SensorFault) {
    do { try device.reopen() } catch { throw .bus(error) }
    if settings.mode == .dataReady {
      do { try edges.reopen() } catch { throw .interruptLine(error) }
    }
    // Who was found once is looked for at its address alone: another chip would be worn otherwise.
    guard place == nil else { return }
    var wanted = settings
    // Who has given samples has a recording that says how to read them.
    if lastSample != nil { wanted.model = description?.model }
    search = ChipSearch(wanted, at: description?.address ?? settings.address)
  }

  /// Looks at one place.
  mutating func searchOne() throws(SensorFault) {
    guard let place = search.next() else { throw search.failure }
    device.address = place.address
    let identity: UInt8
    do { identity = try device.read(place.register) } catch {
      guard search.passes(error) else { throw .bus(error) }
      return
    }
    guard let model = search.identify(identity, at: place) else { return }
    self.place = place
    profile = ChipProfile(model, settings)
    clock = BatchClock(nominal: profile.outputPeriod)
    parser = profile.fifo.map { RecordParser($0) }
    description = SensorDescription(
      model: model, address: place.address, mode: settings.mode, period: period, scale: profile.scale,
      hasGyroscope: profile.hasGyroscope)
    step = .reset
  }

  /// Between two samples, nominal: to poll more often than the chip has news brings none.
  var period: Interval {
    settings.mode == .polled ? max(settings.period, profile.outputPeriod) : profile.outputPeriod
  }

  /// Between two readings of the FIFO: as asked, unless it would be half full before.
  var batch: Interval {
    guard let fifo = profile.fifo else { return settings.batch }
    return min(settings.batch, profile.outputPeriod * Int64(max(1, fifo.samples / 2)))
  }

  mutating func identify() throws(SensorFault) {
    let identity = try read(profile.identity.register)
    guard identity == profile.identity.value || identity == settings.acceptedIdentity else {
      // It may have been misread when it was found, or be another chip by now.
      place = nil
      throw .wrongIdentity(identity, at: device.address)
    }
  }

  /// One write, or none where there is none; returns the time to wait for.
  mutating func wake() throws(SensorFault) -> Interval {
    if wakeIndex < profile.wake.count {
      try write(profile.wake[wakeIndex])
      wakeIndex += 1
    }
    if wakeIndex < profile.wake.count { return profile.wakePause }
    step = .configure
    return profile.wakeTime
  }

  mutating func start(at now: Timestamp) throws(SensorFault) {
    if profile.fifo != nil { try startFIFO(at: now) }
    if settings.mode != .fifo {
      // What waits in the data registers may be older than the settings, and would keep the line from having an edge.
      var bytes = InlineArray<24, UInt8>(repeating: 0)
      _ = try readData(into: &bytes)
    }
    check.restart()
    edgeTime = nil
    lastNews = now
    checkDue = now + Self.checkPeriod
    checkIndex = 0
  }

  mutating func startFIFO(at now: Timestamp) throws(SensorFault) {
    guard let fifo = profile.fifo else { return }
    for index in 0..<fifo.stop.count { try write(fifo.stop[index]) }
    for index in 0..<fifo.start.count { try write(fifo.start[index]) }
    isFIFOBroken = false
    parser = RecordParser(fifo)
    stale = Self.staleSamples
    clock.interrupt()
    // Nothing can have come since; a chip that gives nothing but faults is lost by their number.
    lastNews = now
  }
}

/// The settings in the chip: written, read back, and looked at again.
extension InertialSensor where Bus: ~Copyable, Edges: ~Copyable {
  var checkedCount: Int {
    profile.wake.count + profile.configuration.count + (step == .running ? profile.fifo?.start.count ?? 0 : 0)
  }

  func checked(_ index: Int) -> RegisterSetting {
    if index < profile.wake.count { return profile.wake[index] }
    let rest = index - profile.wake.count
    if rest < profile.configuration.count { return profile.configuration[rest] }
    guard let fifo = profile.fifo else { preconditionFailure("only a FIFO has more settings") }
    return fifo.start[rest - profile.configuration.count]
  }

  /// The register of a setting, where it does not hold what was written.
  mutating func stray(_ index: Int) throws(SensorFault) -> UInt8? {
    let setting = checked(index)
    guard setting.mask != 0 else { return nil }
    let held = try read(setting.register)
    return held & setting.mask == setting.value & setting.mask ? nil : setting.register
  }

  mutating func checkOne(at now: Timestamp) throws(SensorFault) {
    guard now >= checkDue else { return }
    if checkIndex >= checkedCount { checkIndex = 0 }
    if let register = try stray(checkIndex) { throw .configurationLost(register: register) }
    checkIndex += 1
    checkDue = now + Self.checkPeriod
  }

  mutating func read(_ register: UInt8) throws(SensorFault) -> UInt8 {
    do { return try device.read(register) } catch { throw .bus(error) }
  }

  mutating func read(
    _ count: Int, from register: UInt8, into bytes: inout MutableSpan<UInt8>
  ) throws(SensorFault) {
    do { try device.read(count, from: register, into: &bytes) } catch { throw .bus(error) }
  }

  mutating func write(_ setting: RegisterSetting) throws(SensorFault) {
    do { try device.write(setting.value, to: setting.register) } catch { throw .bus(error) }
  }
}
