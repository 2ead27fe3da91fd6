// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct SampleMonitorTests {
  private func name(_ finding: SampleMonitor.Finding?) -> String? {
    switch finding {
    case nil: nil
    case .gap(let interval): "gap \(interval.microseconds / 1000)"
    case .frozen: "frozen"
    case .resumed: "resumed"
    case .saturated: "saturated"
    }
  }

  /// A sample whose rate is `value`: equal values are equal data.
  private func sample(_ seconds: Double, _ value: Double, saturated: Bool = false) -> InertialSample {
    InertialSample(
      time: at(seconds), acceleration: Acceleration(0, 0, 9.8), angularVelocity: AngularVelocity(value, 0, 0),
      isSaturated: saturated)
  }

  /// The findings, each with its time in milliseconds.
  private func findings(_ samples: [InertialSample], _ parameters: SampleMonitor.Parameters = .init()) -> [String] {
    var monitor = SampleMonitor(parameters)
    return samples.compactMap { sample in
      guard monitor.accepts(sample) else { return "dropped" }
      return name(monitor.update(sample)).map { "\(sample.time.microseconds / 1000) \($0)" }
    }
  }

  private func ticks(_ range: Range<Int>, value: (Int) -> Double = Double.init) -> [InertialSample] {
    range.map { sample(Double($0) * 0.01, value($0)) }
  }

  @Test func soundSamplesAreFoundSound() { #expect(findings(ticks(0..<1000)) == []) }

  @Test(arguments: [(0.25, []), (0.251, ["351 gap 251"]), (3, ["3100 gap 3000"])] as [(Double, [String])])
  func aLongerIntervalIsAGap(interval: Double, expected: [String]) {
    #expect(findings([sample(0.1, 1), sample(0.1 + interval, 2), sample(0.11 + interval, 3)]) == expected)
  }

  @Test func repeatedSamplesAreFrozenAndResume() {
    // The last change is at 0.49 s.
    let samples = ticks(0..<50) + ticks(50..<300) { _ in 49 } + ticks(300..<400) + ticks(400..<600) { _ in 399 }
    #expect(findings(samples) == ["1490 frozen", "3000 resumed", "4990 frozen"])
  }

  @Test func anyOfTheSixValuesIsAChange() {
    for axis in 0..<6 {
      var samples = ticks(0..<500) { _ in 1 }
      for index in samples.indices where index % 90 == 0 {
        let change = Double(index) * 1e-9
        switch axis {
        case 0: samples[index].acceleration.x += change
        case 1: samples[index].acceleration.y += change
        case 2: samples[index].acceleration.z += change
        case 3: samples[index].angularVelocity.x += change
        case 4: samples[index].angularVelocity.y += change
        default: samples[index].angularVelocity.z += change
        }
      }
      #expect(findings(samples) == [])
    }
  }

  /// The angular velocity of a sensor without a gyroscope is exactly zero.
  @Test func withoutAGyroscopeSamplesMayRepeatForAMinute() {
    #expect(findings(ticks(0..<5999) { _ in 0 }) == [])
    #expect(findings(ticks(0..<6100) { $0 < 6050 ? 0 : 1 }) == ["60000 frozen", "60500 resumed"])
    var parameters = SampleMonitor.Parameters()
    parameters.frozenWithoutGyroscopeAfter = .seconds(3)
    #expect(findings(ticks(0..<400) { _ in 0 }, parameters) == ["3000 frozen"])
    parameters.frozenAfter = nil
    #expect(findings(ticks(0..<400) { _ in 0 }, parameters) == [])
  }

  @Test func withoutAGyroscopeTheForceAloneIsAChange() {
    var samples = ticks(0..<9000) { _ in 0 }
    for index in 4000..<9000 { samples[index].acceleration.z = 9.81 }
    #expect(findings(samples) == [])
  }

  @Test func theLimitIsThatOfWhatIsRepeated() {
    let samples = ticks(0..<500) { _ in 0 } + ticks(500..<700) { _ in 1 }
    #expect(findings(samples) == ["6000 frozen"])
  }

  @Test func isFrozenSaysSo() {
    var monitor = SampleMonitor()
    for sample in ticks(0..<250, value: { $0 < 200 ? 1 : 2 }) {
      _ = monitor.update(sample)
      #expect(monitor.isFrozen == (sample.time >= at(1) && sample.time < at(2)))
    }
  }

  @Test func frozenFromTheStartCounts() { #expect(findings(ticks(0..<300) { _ in 7 }) == ["1000 frozen"]) }

  @Test func computedSamplesMayRepeat() {
    var parameters = SampleMonitor.Parameters()
    parameters.frozenAfter = nil
    #expect(findings(ticks(0..<1000) { _ in 7 }, parameters) == [])
  }

  @Test func saturationIsReportedOncePerSpell() {
    // 0.5 s to 0.8 s; 1.5 s, within a pause of the last; then from 3 s on.
    let saturated: [ClosedRange<Int>] = [50...80, 150...150, 300...310]
    let samples = (0..<400).map { tick in
      sample(Double(tick) * 0.01, Double(tick), saturated: saturated.contains { $0.contains(tick) })
    }
    #expect(findings(samples) == ["500 saturated", "3000 saturated"])
  }

  @Test(arguments: [(1.49, 1), (1.5, 2)] as [(Double, Int)])
  func thePauseIsCountedFromTheLastSaturation(second: Double, count: Int) {
    var samples = [sample(0, 0)]
    for tick in 1..<300 {
      let time = Double(tick) * 0.01
      let saturated = tick == 50 || tick == Int((second * 100).rounded())
      samples.append(sample(time, time, saturated: saturated))
    }
    #expect(findings(samples).count == count)
  }

  @Test func aGapIsGraverThanTheRest() {
    let samples = ticks(0..<200) { _ in 1 } + [sample(5, 2, saturated: true)]
    #expect(findings(samples) == ["1000 frozen", "5000 gap 3010"])
    let others = ticks(0..<200) { _ in 1 } + [sample(2, 2, saturated: true)]
    #expect(findings(others) == ["1000 frozen", "2000 resumed"])
  }

  @Test func whatDoesNotComeAfterIsDroppedAndCounted() {
    var monitor = SampleMonitor()
    let samples = [sample(1, 1), sample(1, 2), sample(0.5, 3), sample(1.000_001, 4)]
    for (sample, expected) in zip(samples, [true, false, false, true]) {
      let isAccepted = monitor.accepts(sample)
      #expect(isAccepted == expected)
      if isAccepted { _ = monitor.update(sample) }
    }
    #expect(monitor.outOfOrder == 2)
  }
}
