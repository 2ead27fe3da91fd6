// SPDX-License-Identifier: MIT
import PostureCore
import PostureHistory
import PostureProgramme
import PostureSimulation

/// One run of a day's plan, second by second.
struct RunWriter {
  /// By default: seconds of sitting after which a break is suggested, after how many more again, and how often.
  private static let (breakAfter, breakAgain, mostBreaks) = (1800, 900, 2)
  /// Minutes of movement that are one.
  private static let breakMinutes = 2

  private var ledger = RunLedger()
  private var sitting: Sitting
  private var now = 0
  private let wearing: [Block: Wearing]
  /// What is to come, in minutes of sitting.
  private var blocks: [(block: Block, minutes: Int)]
  private var isWorn = false
  /// When a break was suggested that has not been taken.
  private var suggested: Int?

  /// - Parameter isProgrammed: cues are given in training alone; without a programme, always.
  init(wearing: [Block: Wearing], blocks: [(Block, Int)], isProgrammed: Bool, _ draw: Draw) {
    self.wearing = wearing
    self.blocks = blocks
    sitting = Sitting(draw, loud: isProgrammed ? [.training] : Set(Block.allCases))
  }

  /// - Parameter plan: of the day; nil without a programme.
  mutating func start(_ plan: Plan?) {
    var settings = "detector.enter: 14 deg\n"
    if let plan {
      settings += "programme.enabled: yes\nprogramme.shortest: \(SimulatedWeeks.rules.ladder.minutes[0]) min\n"
      ledger.add(.happening(HappeningRecord(at: 1, event: HappeningRecord.planned, seconds: plan.seconds)))
    }
    ledger.add(.settings(SettingsRecord(at: 0, text: settings)))
  }

  mutating func write(_ part: DayPlan.Part) {
    let wears = part.activity != .off && part.activity != .riding
    if part.activity == .off { suggested = nil }
    if part.activity == .off, isWorn {
      ledger.add(.happening(HappeningRecord(at: now * 10, event: "taken-off")))
      isWorn = false
    } else if wears, !isWorn {
      ledger.add(.happening(HappeningRecord(at: now * 10, event: "put-on")))
      isWorn = true
    }
    if part.activity == .desk { sit(part.minutes) } else { pass(part) }
  }

  mutating func finish() -> [HistoryEntry] {
    ledger.finish()
    return ledger.entries
  }

  mutating func addSession() {
    let planned = 420
    let isWhole = sitting.draw.chance(0.8)
    let steps = 14
    let done = isWhole ? steps : 3 + sitting.draw.whole(steps - 3)
    let title = "Progressive muscle relaxation, short form"
    let lasted = planned * done / steps
    ledger.add(
      .session(
        SessionRecord(
          at: now * 10, title: title, planned: planned, lasted: lasted, stepsDone: done, steps: steps,
          still: 70 + sitting.draw.whole(28), ending: isWhole ? "finished" : "stopped")))
    write(DayPlan.Part(activity: .lying, minutes: lasted / 60 + 1))
  }

  private mutating func sit(_ minutes: Int) {
    let began = now
    var suggestions = 0
    suggested = nil
    if sitting.draw.chance(0.2) || now < 2400 && blocks.count > 3 {
      ledger.add(.happening(HappeningRecord(at: now * 10 + 5, event: "calibrated", word: "sitting")))
    }
    let lost = sitting.draw.chance(0.03) ? began + sitting.draw.whole(minutes * 60) : nil
    for time in began..<began + minutes * 60 {
      now = time
      if time % 60 == 0 { advanceBlock() }
      if let lost, time == lost {
        ledger.add(.fault(FaultRecord(minute: time / 60, fault: "no-acknowledge", count: 1 + sitting.draw.whole(6))))
      }
      // The sensor is lost for a while: of that nothing is known.
      if let lost, (lost..<lost + 20).contains(time) { continue }
      let block = blocks.first?.block ?? .plain
      if suggestions < Self.mostBreaks, time - began >= Self.breakAfter,
        suggested.map({ time - $0 >= Self.breakAgain }) ?? true, block != .probe
      {
        ledger.add(.happening(HappeningRecord(at: time * 10, event: "break-suggested", seconds: time - began)))
        (suggested, suggestions) = (time, suggestions + 1)
      }
      guard let wearing = wearing[block] else { preconditionFailure("every kind of block is there") }
      let (second, cue) = sitting.second(time, wearing, block)
      ledger.add(second, at: time)
      if let cue { ledger.add(.cue(cue)) }
    }
    now = began + minutes * 60
    if let cue = sitting.end(now) { ledger.add(.cue(cue)) }
  }

  /// At the start of a minute of sitting.
  private mutating func advanceBlock() {
    guard let first = blocks.first else { return }
    if first.minutes == 0 { blocks.removeFirst() }
    if !blocks.isEmpty { blocks[0].minutes -= 1 }
  }

  private mutating func pass(_ part: DayPlan.Part) {
    if part.activity == .about || part.activity == .walking, part.minutes >= Self.breakMinutes,
      let suggested = suggested.take()
    {
      let time = now + Self.breakMinutes * 60
      ledger.add(
        .happening(
          HappeningRecord(at: suggested * 10, event: HappeningRecord.breakTaken, seconds: time - suggested)))
    }
    for time in now..<now + part.minutes * 60 {
      var second = RunLedger.Second()
      switch part.activity {
      case .about: (second.context, second.movement) = (.moving, 90)
      case .walking: (second.context, second.movement) = (.walking, 260)
      case .lying: (second.context, second.movement) = (.lying, 6)
      case .riding: second.context = .transport
      case .desk, .off: second.context = .offBody
      }
      ledger.add(second, at: time)
    }
    now += part.minutes * 60
  }
}
