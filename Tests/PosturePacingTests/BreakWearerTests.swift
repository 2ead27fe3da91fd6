// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing
import PostureSimulation
import Testing

/// The reminder behind the pipeline, on simulated wearers.
struct BreakWearerTests {
  /// When a break is suggested, in seconds; 20 samples a second.
  private func suggestions(
    of wearer: SimulatedWearer, for seconds: Int64, commands: [Int64: Command] = [:], isTrackingByPlan: Bool = false,
    _ change: (inout BreakReminder.Parameters) -> Void = { _ in }
  ) -> (suggested: [Double], events: [Double]) {
    var parameters = PosturePipeline.Parameters()
    parameters.acceptComputedSamples()
    var pipeline = PosturePipeline(parameters)
    var breaks = BreakReminder.Parameters()
    change(&breaks)
    var reminder = BreakReminder(breaks)
    var output = PosturePipeline.Output()
    var pending: Command?
    var told: (suggested: [Double], events: [Double]) = ([], [])
    for tick in 0..<seconds * 20 {
      let time = Timestamp(microseconds: tick * 50_000)
      let state = wearer.state(at: time)
      if let command = pending.take() ?? (tick % 20 == 0 ? commands[tick / 20] : nil) {
        pipeline.perform(command, at: time)
      }
      let sample = InertialSample(
        time: time, acceleration: state.specificForce, angularVelocity: state.angularVelocity)
      guard pipeline.process(sample, into: &output) else { continue }
      for index in 0..<output.eventCount {
        if case .breakSuggested = output.event(index).kind { told.events.append(Double(tick) / 20) }
      }
      let moment = BreakReminder.Moment(output, pipeline.circumstances, isTrackingByPlan: isTrackingByPlan)
      guard case .due(let sitting)? = reminder.take(moment) else { continue }
      told.suggested.append(Double(tick) / 20)
      pending = .suggestBreak(sitting: sitting)
    }
    return told
  }

  private func script(_ pieces: [(Activity, Double)]) -> Script {
    Script(pieces.map { Step($0, for: .seconds($1)) })
  }

  /// Upright or not, as long as the wearer sits: after half an hour, and a quarter more; then it is their own choice.
  @Test(arguments: [1, 2] as [UInt64]) func aSitterIsRemindedAtMostTwice(seed: UInt64) {
    let wearer = SimulatedWearer(
      script([
        (.upright, 300), (.slouch(to: .degrees(12), over: .seconds(20)), 1200), (.upright, 1500),
        (.lean(to: .degrees(15), over: .seconds(5)), 1200), (.upright, 3000),
      ]), seed: seed)
    let told = suggestions(of: wearer, for: 7200)
    #expect(told.suggested.count == 2)
    // The first seconds are without a reference posture, and what is reached for may count as movement.
    #expect(told.suggested.first.map { (1800...1830).contains($0) } == true, "\(told)")
    #expect(told.suggested.last.map { (2700...2740).contains($0) } == true, "\(told)")
    // Each is spoken, with the next sample.
    #expect(told.events == told.suggested.map { $0 + 0.05 })
  }

  @Test func aWalkerIsNeverReminded() {
    let wearer = SimulatedWearer(script([(.upright, 30), (.walk, 3570)]), seed: 4)
    #expect(suggestions(of: wearer, for: 3600).suggested == [])
  }

  /// Who gets up for two and a half minutes in every half hour is not either.
  @Test func whoTakesBreaksIsNeverReminded() {
    let wearer = SimulatedWearer(
      script([(.upright, 1500), (.walk, 150), (.upright, 1500), (.walk, 150), (.upright, 1500)]), seed: 5)
    #expect(suggestions(of: wearer, for: 4800).suggested == [])
  }

  @Test func aSnoozePostponesIt() {
    let wearer = SimulatedWearer(script([(.upright, 3000)]), seed: 6)
    let told = suggestions(of: wearer, for: 2700, commands: [1500: .silence(.snooze, for: .seconds(600))])
    #expect(told.suggested.count == 1 && told.suggested.allSatisfy { (2159...2165).contains($0) }, "\(told)")
  }

  @Test(
    arguments: [.setMode(.tracking), .setQuiet(true), .silence(.pause, for: .seconds(7200)), .setSession(true)]
      as [Command])
  func nothingIsSaidWhereCuesAreSilent(command: Command) {
    let wearer = SimulatedWearer(script([(.upright, 3000)]), seed: 7)
    #expect(suggestions(of: wearer, for: 2100, commands: [60: command]).suggested == [])
  }

  /// Whoever plans when to train says nothing about breaks; but all else that keeps the motor silent does.
  @Test func aPlanThatIsSilentAboutPostureLeavesBreaks() {
    let wearer = SimulatedWearer(script([(.upright, 3000)]), seed: 7)
    let told = suggestions(of: wearer, for: 2100, commands: [60: .setMode(.tracking)], isTrackingByPlan: true)
    #expect(told.suggested.count == 1 && told.events == told.suggested.map { $0 + 0.05 }, "\(told)")
    let commands: [Int64: Command] = [60: .setMode(.tracking), 62: .setQuiet(true)]
    #expect(suggestions(of: wearer, for: 2100, commands: commands, isTrackingByPlan: true).suggested == [])
  }

  /// A device on the table sits for ever.
  @Test func aTableIsNotReminded() {
    let wearer = SimulatedWearer(script([(.upright, 60), (.offBody, 3540)]), seed: 8)
    #expect(suggestions(of: wearer, for: 3600).suggested == [])
  }
}
