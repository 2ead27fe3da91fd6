// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation
import Testing

@Suite struct DayTests {
  private static let hours = Interval.seconds(5 * 3600)
  private static let days = (1...3 as ClosedRange<UInt64>).map { SimulatedDay(seed: $0, duration: hours) }

  private func seconds(_ span: DaySpan) -> Double { (span.end - span.start).seconds }

  @Test(arguments: days)
  func labelsCoverTheDay(day: SimulatedDay) throws {
    let spans = day.spans
    #expect(spans.first?.start == at(0) && spans.last?.end == at(5 * 3600))
    for (one, next) in zip(spans, spans.dropFirst()) { #expect(one.end == next.start && one.label != next.label) }
    for span in spans {
      #expect(day.label(at: span.start) == span.label)
      #expect(day.label(at: Timestamp(microseconds: span.end.microseconds - 1)) == span.label)
    }
    for label in DayLabel.allCases where label != .stairs {
      #expect(spans.contains { $0.label == label }, "a day of five hours has \(label)")
    }
    let desk = spans.filter { $0.label == .desk }.reduce(0) { $0 + seconds($1) } / (5 * 3600)
    #expect((0.4...0.75).contains(desk))
  }

  @Test(arguments: days)
  func theDayBeginsUpright(day: SimulatedDay) {
    for second in 0..<75 {
      #expect(day.label(at: at(Double(second))) == .desk)
      #expect(day.intended(at: at(Double(second))).total == .zero)
      #expect(day.tilt(at: at(Double(second))).total.degrees < 2.5)
    }
  }

  @Test(arguments: days)
  func anglesAndRatesDoNotJump(day: SimulatedDay) {
    // About every change of label, and through the whole of ten minutes.
    let borders = day.spans.map { ($0.start.microseconds - 30_000)...($0.start.microseconds + 30_000) }.dropFirst()
    for range in borders + [3_600_000_000...4_200_000_000] {
      let step: Int64 = range.count > 1_000_000 ? 5000 : 1000
      var last = day.state(at: Timestamp(microseconds: range.lowerBound))
      for time in stride(from: range.lowerBound + step, through: range.upperBound, by: Int(step)) {
        let state = day.state(at: Timestamp(microseconds: time))
        #expect(angle(last.up, state.up) < 0.4 * Double(step) / 1000, "angle at \(time) us")
        let jump = (state.angularVelocity + -last.angularVelocity).length
        #expect(jump < 0.05 * Double(step) / 1000, "angular velocity at \(time) us")
        last = state
      }
    }
  }

  @Test(arguments: days)
  func atRestTheMeanSpecificForceIsG(day: SimulatedDay) throws {
    var sum = Acceleration.zero
    for tick in 0..<6000 { sum += day.state(at: at(5 + Double(tick) * 0.01)).specificForce }
    let mean = sum * (1.0 / 6000)
    #expect((mean.length - standardGravity).magnitude < 0.01)
    #expect(angle(try #require(mean.direction), Direction(0, 0, 1)) < 1.5)
  }

  @Test(arguments: days)
  func walkersShakeAsWalkersDo(day: SimulatedDay) {
    for span in day.spans where span.label == .walking && seconds(span) > 15 {
      let start = span.start.microseconds + 2_000_000
      let forces = (0..<1000).map { day.state(at: Timestamp(microseconds: start + $0 * 10_000)).specificForce.length }
      let mean = forces.reduce(0, +) / 1000
      let rms = (forces.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1000).squareRoot()
      #expect((0.7...3.7).contains(rms))
    }
  }

  @Test(arguments: days)
  func whoHoldsAPostureHardlyShakes(day: SimulatedDay) {
    for span in day.spans where span.label.isPosture && seconds(span) > 8 {
      // Three seconds after it began, the walk before it is over.
      let start = span.start.microseconds + 3_000_000
      let forces = (0..<400).map { day.state(at: Timestamp(microseconds: start + $0 * 10_000)).specificForce.length }
      let mean = forces.reduce(0, +) / 400
      let rms = (forces.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400).squareRoot()
      #expect(rms < 0.4, "\(span.label) at \(span.start.microseconds) us")
    }
  }

  @Test(arguments: days)
  func carsShakeAsCarsDo(day: SimulatedDay) throws {
    var shakes: [Double] = []
    for span in day.spans where span.label == .car {
      for start in stride(from: span.start.microseconds, to: span.end.microseconds - 5_000_000, by: 5_000_000) {
        let forces = (0..<500).map { day.state(at: Timestamp(microseconds: start + $0 * 10_000)).specificForce.z }
        let mean = forces.reduce(0, +) / 500
        shakes.append((forces.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 500).squareRoot())
      }
    }
    shakes.sort()
    #expect((0.2...0.7).contains(shakes[shakes.count / 2]), "on the road")
    #expect((0.03...0.1).contains(shakes[shakes.count / 20]), "the engine idles")
  }

  @Test(arguments: days)
  func offTheBodyItLiesStill(day: SimulatedDay) {
    var (still, all) = (0.0, 0.0)
    for span in day.spans where span.label == .offBody {
      for time in stride(from: span.start.microseconds, to: span.end.microseconds, by: 1_000_000) {
        let rate = day.state(at: Timestamp(microseconds: time)).angularVelocity
        all += 1
        if rate == .zero { still += 1 }
        // Or it lies in a car.
        #expect(rate.length < 0.2)
      }
    }
    #expect(all > 0 && still / all > 0.5)
  }

  @Test(arguments: days)
  func whoLiesBreathes(day: SimulatedDay) {
    var spreads: [Double] = []
    for span in day.spans where span.label == .lying && seconds(span) > 60 {
      for start in stride(from: span.start.microseconds, to: span.end.microseconds - 8_000_000, by: 8_000_000) {
        let (from, to) = (start, start + 8_000_000)
        let ups = stride(from: from, to: to, by: 200_000).map { day.state(at: Timestamp(microseconds: $0)).up }
        spreads.append(ups.reduce(0) { max($0, angle(ups[0], $1)) })
      }
    }
    // Every breath is felt, and most of the time nothing else.
    #expect((spreads.min() ?? 0) > 0.05)
    #expect(spreads.sorted().dropFirst(spreads.count / 2).first ?? 0 < 2)
  }

  @Test func theSameSeedGivesTheSameBitsEverywhere() {
    func fingerprint(_ seed: UInt64) -> UInt64 {
      let samples = DaySamples(SimulatedDay(seed: seed, duration: .seconds(3600), mount: .skewed), .typical, seed: seed)
      var print = Fingerprint()
      for number in stride(from: 0, to: samples.count, by: 37) {
        print.add(samples.sample(number).acceleration)
        print.add(samples.sample(number).angularVelocity)
      }
      return print.hash
    }
    #expect(fingerprint(1) == 15_025_170_289_772_808_461)
    #expect(fingerprint(2) != fingerprint(1))
  }

  @Test(arguments: SensorGrade.allCases)
  func samplesAreAsGoodAsTheirGrade(grade: SensorGrade) {
    let samples = DaySamples(SimulatedDay(seed: 4, duration: .seconds(60)), grade, seed: 4)
    var (force, rate) = (Acceleration.zero, AngularVelocity.zero)
    for number in 0..<samples.count {
      force += samples.sample(number).acceleration * (1 / Double(samples.count))
      rate += samples.sample(number).angularVelocity * (1 / Double(samples.count))
      #expect(!samples.sample(number).isSaturated)
    }
    let off = (force.length - standardGravity).magnitude / standardGravity
    let degrees = Angle(radians: rate.length).degrees
    switch grade {
    case .good: #expect(off < 0.002 && degrees < 0.1)
    case .typical: #expect((0.02...0.033).contains(off) && (4...5.4).contains(degrees))
    case .bad: #expect((0.02...0.085).contains(off) && (13...17.7).contains(degrees))
    case .noGyroscope: #expect((0.025...0.045).contains(off) && rate == .zero)
    }
  }
}
