// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PosturePacing
import Testing

/// How a session comes to the daemon, and what is said of it.
struct SessionRequestTests {
  private func parsed(_ line: String) -> String {
    switch Request.parse(line) {
    case .success(let request): "\(request)"
    case .failure(let error): error.description
    }
  }

  @Test func stepsAreRead() throws {
    let line =
      #"{"class":"session-steps","steps":[{"for_s":7,"cue":"tense","check":"moving","words":"Fists."},"#
      + #"{"for_s":0.1e2,"words":"Rest."}]}"#
    let steps = [
      try SessionStep(.seconds(7), cue: .tense, check: .moving, words: "Fists."),
      try SessionStep(.seconds(10), cue: nil, words: "Rest."),
    ]
    guard case .success(.sessionSteps(steps)) = Request.parse(line) else {
      Issue.record("found \(parsed(line))")
      return
    }
  }

  private static let lengths = "1 s to 10 min"

  @Test(arguments: [
    (#""steps":[]"#, "steps: found none, expected steps of a session"),
    (#""steps":[{"words":"w"}]"#, "steps: found step 1, no for_s, expected \(lengths)"),
    (
      #""steps":[{"for_s":5,"words":"w"},{"for_s":0.5,"words":"w"}]"#, "steps: found step 2, 0.5 s, expected \(lengths)"
    ),
    (#""steps":[{"for_s":-1,"words":"w"}]"#, "steps: found step 1, for_s -1.0, expected \(lengths)"),
    (#""steps":[{"for_s":1e300,"words":"w"}]"#, "steps: found step 1, for_s 1e+300, expected \(lengths)"),
    (#""steps":[{"for_s":5}]"#, "steps: found step 1, no words, expected 1 to 160 bytes"),
    (
      #""steps":[{"for_s":5,"words":"a\nb"}]"#,
      "steps: found step 1, characters that cannot be seen, expected words on one line"
    ),
    (
      #""steps":[{"for_s":5,"words":"w","cue":"nudge"}]"#,
      "steps: found step 1, cue 'nudge', expected step, tense, release"
    ),
    (
      #""steps":[{"for_s":5,"words":"w","check":"calm"}]"#,
      "steps: found step 1, check 'calm', expected still or moving"
    ),
    (
      #""steps":[{"for_s":5,"words":"w","colour":1}]"#,
      "steps: found step 1, 'colour', expected for_s, cue, check and words"
    ),
    (
      #""steps":[{"for_s":"5","words":"w"}]"#,
      "steps: found a value of another type, expected "
        + "a list of objects with for_s, words, and where there are some cue and check"
    ),
    (
      #""steps":"none""#,
      "steps: found a value of another type, expected "
        + "a list of objects with for_s, words, and where there are some cue and check"
    ),
  ]) func wrongStepsAreRefusedInWholeWords(members: String, message: String) {
    #expect(parsed(#"{"class":"session-steps",\#(members)}"#) == "request: \(message)")
  }

  @Test(arguments: [
    ("", "no words, expected 1 to 100 bytes"), (String(repeating: "t", count: 101), "101 bytes, expected at most 100"),
  ]) func aWrongTitleIsRefused(title: String, message: String) {
    #expect(parsed(#"{"class":"session","title":"\#(title)"}"#) == "request: title: found \(message)")
  }

  /// The longest session, and the worst words that JSON can make longer: each request fits a line, and all steps arrive.
  @Test func everySessionFitsIntoRequests() throws {
    let words = String(repeating: "\"", count: 160)
    let steps = try (0..<500).map { index in
      try SessionStep(
        .seconds(Double(index % 6) + 1.25), cue: index % 2 == 0 ? .release : nil, check: .moving, words: words)
    }
    let requests = try SessionPlan(title: words.prefix(100).description, steps: steps).requests
    var arrived: [SessionStep] = []
    for (index, request) in requests.enumerated() {
      #expect(request.utf8.count <= Request.longest)
      switch Request.parse(request) {
      case .success(.sessionSteps(let some)): arrived += some
      case .success(.session(let title)):
        #expect(title.utf8.count == 100 && index == requests.count - 1)
      default: Issue.record("found \(request)")
      }
    }
    #expect(arrived == steps && requests.count < 300)
  }

  @Test func messagesAreThese() throws {
    let plan = try SessionPlan(
      title: "Hands",
      steps: [
        SessionStep(.seconds(7), cue: .tense, check: .still, words: "Fists."),
        SessionStep(.seconds(2.5), cue: nil, words: "Rest."),
      ])
    #expect(JSONLine.encode(SessionMessage(nil)) == #"{"class":"session","is_running":false}"#)
    var session = PacedSession(plan)
    #expect(
      JSONLine.encode(SessionMessage(session))
        == #"{"class":"session","elapsed_s":0,"is_running":true,"length_s":9.5,"steps":2,"title":"Hands"}"#)
    for tick in 0...300 {
      _ = session.take(Acceleration(0, 0, 9.81), at: Timestamp(microseconds: Int64(tick) * 10_000))
    }
    #expect(
      JSONLine.encode(SessionMessage(session))
        == #"{"class":"session","elapsed_s":3,"is_running":true,"length_s":9.5,"step":1,"step_left_s":4,"steps":2,"#
        + #""title":"Hands","words":"Fists."}"#)
    #expect(
      JSONLine.encode(SessionStepMessage(1, of: plan, at: Timestamp(microseconds: 7)))
        == #"{"class":"session-step","number":2,"step":{"for_s":2.5,"words":"Rest."},"steps":2,"time_us":7}"#)
    #expect(
      JSONLine.encode(SessionCheckMessage(0, SessionCheck(.still, counted: 3, kept: 2)))
        == #"{"class":"session-check","check":"still","counted_s":3,"number":1,"share":0.67}"#)
    #expect(
      JSONLine.encode(SessionCheckMessage(0, SessionCheck(.moving)))
        == #"{"class":"session-check","check":"moving","counted_s":0,"number":1}"#)
    #expect(
      JSONLine.encode(SessionEndedMessage(session.end(.stopped)))
        == #"{"class":"session-ended","elapsed_s":3,"ended_by":"stopped","length_s":9.5,"steps":2,"steps_done":0,"#
        + #""still_share":1,"title":"Hands"}"#)
  }
}
