// SPDX-License-Identifier: MIT
import PostureProgramme
import Testing

@testable import PostureFormats

/// What the programme says of itself.
struct ProgrammeTextTests {
  /// Probes on every second day, as percent upright; trained on each.
  private func learning(_ shares: [Int], on day: Int? = nil) -> Learning {
    let days = shares.enumerated().map { index, share in
      ProgrammeDay(
        index * 2, judged: 7200, training: ProgrammeDay.Training(done: 600, upright: 600),
        probe: ProgrammeDay.Probe(judged: 1000, upright: share * 10))
    }
    return Learning(days, on: day ?? max(0, shares.count * 2 - 2))
  }

  @Test(arguments: [
    ([], "Too few probes to tell anything: 0 of at least 5."),
    (
      [50, 60],
      "Too few probes to tell anything: 2 of at least 5. Upright for 55 % of the probes of three weeks (median)."
    ),
    (
      [50, 60, 70, 80, 90],
      "Too soon to tell anything: probes within 8 of at least 14 days. "
        + "Upright for 70 % of the probes of three weeks (median)."
    ),
    (
      [50, 70, 55, 72, 48, 69, 52, 71],
      "No change can be told: between -12.6 and +25.7 points a week. "
        + "Upright for 62 % of the probes of three weeks (median)."
    ),
    (
      [100, 100, 100, 100, 100, 100, 100, 100],
      "No change can be told: between 0 and 0 points a week. "
        + "Upright for 100 % of the probes of three weeks (median)."
    ),
    (
      [50, 52, 54, 56, 58, 60, 62, 64],
      "More upright without cues than before: between +7 and +7 points a week. "
        + "Upright for 57 % of the probes of three weeks (median)."
    ),
    (
      [64, 62, 60, 58, 56, 54, 52, 50],
      "Less upright without cues than before: between -7 and -7 points a week. "
        + "Upright for 57 % of the probes of three weeks (median)."
    ),
    (
      [40, 46, 52, 58, 64, 70, 76, 82, 88, 94, 90, 86, 82, 78, 74, 70, 66, 62, 58, 54],
      "Less upright without cues over the last three weeks: between -14 and -14 points a week. "
        + "Upright for 74 % of the probes of three weeks (median)."
    ),
  ])
  func whatProbesSayIsSaidWithItsInterval(shares: [Int], text: String) {
    #expect(learning(shares).explanation == text)
  }

  @Test func whatIsNotTrainedFades() {
    let text = "in a study of such training no effect was found to be left after one and three weeks."
    #expect(!learning([50, 60], on: 8).explanation.contains(text))
    #expect(
      learning([50, 60], on: 9).explanation.contains("The last training was 7 days ago; " + text))
  }

  @Test func anEndThatIsNotZeroIsNotShownAsZero() {
    // One point in fourteen weeks.
    let days = (0..<20).map { day in
      ProgrammeDay(day * 2, judged: 7200, probe: ProgrammeDay.Probe(judged: 100_000, upright: 50_000 + day))
    }
    let learning = Learning(days, on: 38)
    #expect(learning.name == "improved")
    #expect(learning.explanation.contains("between +0.1 and +0.1 points a week"))
  }

  @Test(arguments: [
    (Plan.Reason.start, "start", "It is as long as on a first day, because nothing has changed it yet."),
    (.longer(good: 5, of: 7), "longer", "It was made longer after 5 good days of 7."),
    (
      .shorterForPosture(days: 4), "shorter-for-posture",
      "It was made shorter after 4 days on which the goal was missed clearly."
    ),
    (
      .shorterForTime(days: 1), "shorter-for-time",
      "It was made shorter after 1 day on which less than half of it was done."
    ),
    (.shorterAfterPause(days: 14), "shorter-after-pause", "It was made shorter after 14 days without training."),
    (.anew(days: 70), "anew", "It begins anew after 70 days without training."),
    (.settings, "settings", "It goes on from what was planned under other settings."),
    (.before, "before", "It goes on from what was planned before the days that are looked at."),
  ])
  func everyReasonIsASentence(reason: Plan.Reason, name: String, text: String) {
    #expect(reason.explanation == text)
    #expect(reason.name == name)
  }

  @Test(arguments: [
    (
      Plan.Outlook.longer(good: 3, needed: 5, days: 2),
      "A longer one takes 5 good days, of which there have been 3, and 2 more days at least."
    ),
    (.longer(good: 3, needed: 10, days: 0), "A longer one takes 10 good days, of which there have been 3."),
    (.longest, "There is no longer one (programme.longest)."),
    (.noShorter, "It would become shorter, but there is no shorter one (programme.shortest)."),
  ])
  func everyOutlookIsASentence(outlook: Plan.Outlook, text: String) {
    #expect(outlook.explanation == text)
  }

  @Test func theMessageHasThePlanAndWhatIsDoneOfIt() {
    let day = ProgrammeDay(
      20_000, judged: 1500, training: ProgrammeDay.Training(done: 240, upright: 200),
      probe: ProgrammeDay.Probe(judged: 900, upright: 500))
    let runner = ProgrammeRunner(Programme().plan(of: 20_000), today: day)
    let message = ProgrammeMessage(runner, learning([50, 60]))
    #expect(
      JSONLine.encode(message)
        == #"{"class":"programme","date":"2024-10-04","explanation":""# + message.explanation
        + #"","goal_percent":80,"has_plan":true,"learning":"too-few","left_s":360,"level_percent":55,"planned_s":600,"#
        + #""probe_s":900,"probed_s":900,"probed_upright_s":500,"probes":2,"reason":"start","session":1,"sessions":1,"#
        + #""stage":"training","trained_s":240,"trained_upright_s":200}"#)
  }
}
