// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

/// What the sampling loop relies on, whatever the source.
private struct Contract {
  var times: [Timestamp] = []
  var faults = 0

  /// Drains a source as the loop does, and asks it too early as well.
  mutating func check(_ source: inout some SampleSource & ~Copyable, from start: Timestamp, to end: Timestamp) {
    var buffer = MeasurementBuffer(filler: Measurement(raw: nil, sample: SensorScale.any.sample(from: .zero)))
    var now = start
    while now < end {
      var next: Timestamp
      do {
        guard case .at(let time) = try source.drain(into: &buffer, at: now) else { return }
        next = time
      } catch {
        faults += 1
        next = source.retry
        #expect(next > now, "a fault plans a later try")
      }
      while let measurement = buffer.popFirst() {
        #expect(measurement.sample.time <= now)
        #expect(measurement.raw.map { $0.time == measurement.sample.time } ?? true)
        times.append(measurement.sample.time)
      }
      #expect(next >= now)
      if next > now {
        let early = now + Interval(microseconds: (next - now).microseconds / 2)
        checkEarly(&source, &buffer, early, due: next)
      }
      now = next
    }
  }

  /// Before it is due, nothing happens: no sample, no second throw of the same fault.
  private func checkEarly(
    _ source: inout some SampleSource & ~Copyable, _ buffer: inout MeasurementBuffer, _ early: Timestamp,
    due: Timestamp
  ) {
    do {
      let next = try source.drain(into: &buffer, at: early)
      #expect(next == .at(due))
    } catch {
      Issue.record("thrown before it is due: \(error)")
    }
    #expect(buffer.isEmpty == true)
  }
}

@Suite struct SampleSourceTests {
  /// So many transfers in fifty fail, one after another.
  @Test(arguments: [1, 2, 3, 4, 8])
  func theDriverKeepsTheContract(failures: Int) {
    let chip = FakeChip()
    var transfers = 0
    chip.failure = { _ in
      transfers += 1
      return transfers % 50 < failures ? .timeout : nil
    }
    var sensor = MPU6050(on: FakeBus(chip: chip), at: address(0x69), settings())
    var contract = Contract()
    contract.check(&sensor, from: at(0), to: at(60_000))
    #expect(contract.times.count > 200)
    #expect(contract.faults > 3)
    #expect(zip(contract.times, contract.times.dropFirst()).allSatisfy { $0 < $1 })
  }
}
