// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

/// A line with an edge each 10 ms, on a clock that the test moves.
private final class Ticker {
  var now: Int64 = 0
  var next: Int64 = 5000
}

private struct TickingEdges: InputEdges {
  let ticker: Ticker

  func next() throws(PinError) -> InputEdge? {
    guard ticker.next <= ticker.now else { return nil }
    defer { ticker.next += 10_000 }
    return InputEdge(time: ticker.next, isRising: true, sequence: 0)
  }

  func reopen() throws(PinError) {
    while ticker.next <= ticker.now { ticker.next += 10_000 }
  }
}

/// What the sampling loop relies on, whatever the source.
private struct Contract {
  let ticker = Ticker()
  var times: [Timestamp] = []
  var faults = 0

  /// Drains a source as the loop does, and asks it too early as well.
  mutating func check(
    _ source: inout some SampleSource & ~Copyable, from start: Timestamp, to end: Timestamp, wakesUpForEdges: Bool
  ) {
    var buffer = MeasurementBuffer(filler: Measurement(raw: nil, sample: SensorScale.any.sample(from: .zero)))
    var now = start
    var turns = 0
    while now < end {
      ticker.now = now.microseconds
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
      // A source may want to go on at once, but not for ever.
      turns = next == now ? turns + 1 : 0
      guard turns < 20 else {
        Issue.record("it does not go on from \(now)")
        return
      }
      // Edges that nobody takes do not end the next sleep.
      if wakesUpForEdges, ticker.next > now.microseconds { next = min(next, Timestamp(microseconds: ticker.next)) }
      if next > now {
        let early = now + Interval(microseconds: (next - now).microseconds / 2)
        ticker.now = early.microseconds
        // An edge makes a draining due.
        if !wakesUpForEdges || ticker.next > ticker.now { checkEarly(&source, &buffer, early, due: next) }
      }
      now = next
    }
    #expect(buffer.overwritten == 0)
  }

  /// Before it is due, nothing happens: no sample, no second throw of the same fault.
  private func checkEarly(
    _ source: inout some SampleSource & ~Copyable, _ buffer: inout MeasurementBuffer, _ early: Timestamp,
    due: Timestamp
  ) {
    do {
      guard case .at(let next) = try source.drain(into: &buffer, at: early) else { return }
      #expect(next >= due)
    } catch {
      Issue.record("thrown before it is due: \(error)")
    }
    #expect(buffer.isEmpty == true)
  }
}

@Suite struct SampleSourceTests {
  /// So many transfers in fifty fail, one after another.
  @Test(arguments: [1, 2, 3, 4, 8], SamplingMode.all)
  func theDriverKeepsTheContract(failures: Int, mode: SamplingMode) {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var transfers = 0
    wires.failure = { _ in
      transfers += 1
      if chip.fifo.isEmpty { chip.fill(1...10) }
      return transfers % 50 < failures ? .timeout : nil
    }
    var contract = Contract()
    var sensor = InertialSensor(
      on: FakeBus(wires: wires), edges: TickingEdges(ticker: contract.ticker), settings(mode))
    contract.check(&sensor, from: at(0), to: at(60_000), wakesUpForEdges: mode == .dataReady)
    // The more often it is lost, the longer it is left alone.
    #expect(contract.times.count > (failures > 2 ? 40 : 1000))
    #expect(contract.faults > 3)
    #expect(zip(contract.times, contract.times.dropFirst()).allSatisfy { $0 < $1 })
  }
}
