// SPDX-License-Identifier: MIT
import PostureFormats
import Testing

struct DayHoursTests {
  private static let day = 24 * 60

  /// The minutes of the day that lie within, as their first and last ones.
  private func runs(_ text: String) throws -> [ClosedRange<Int>] {
    let hours = try #require(DayHours(text: text))
    var runs: [ClosedRange<Int>] = []
    for minute in 0..<Self.day where hours.contains(minute: minute) {
      if let last = runs.last, last.upperBound == minute - 1 {
        runs[runs.count - 1] = last.lowerBound...minute
      } else {
        runs.append(minute...minute)
      }
    }
    return runs
  }

  @Test(
    arguments: [
      ("09:00-17:30", [540...1049]), ("00:00-00:01", [0...0]), ("00:00-24:00", [0...1439]),
      ("00:00-23:59", [0...1438]), ("23:59-24:00", [1439...1439]),
      // Over midnight, and up to it.
      ("22:00-07:00", [0...419, 1320...1439]), ("23:59-00:01", [0...0, 1439...1439]),
      ("12:00-11:59", [0...718, 720...1439]), ("22:00-24:00", [1320...1439]), ("22:00-00:00", [1320...1439]),
      // Several, in any order, and overlapping ones.
      ("12:30-14:00,22:00-07:00", [0...419, 750...839, 1320...1439]),
      ("22:00-23:00, 12:30-14:00", [750...839, 1320...1379]), ("09:00-11:00,10:00-12:00", [540...719]),
      ("09:00-10:00,   10:00-11:00", [540...659]),
    ] as [(String, [ClosedRange<Int>])]) func theSpansAreThese(text: String, minutes: [ClosedRange<Int>]) throws
  {
    #expect(try runs(text) == minutes)
  }

  @Test(arguments: [
    "", " ", "none", "22", "22:00", "22:00-", "-07:00", "22:00-07:00-08:00", "22:00 - 07:00", "22:00-07:00 ",
    "22:00-07:00,", ",22:00-07:00", "22:00-07:00;12:00-13:00", "22-07", "2:00-07:00", "22:00-7:00", "022:00-07:00",
    "22.00-07.00", "22:60-23:00", "22:00-24:01", "25:00-26:00", "22:00-99:99", "+2:00-07:00", "22:0a-07:00",
    "22:00:00-07:00:00", "١٢:٠٠-١٣:٠٠", "22:00–07:00", "10pm-7am",
    // Nothing lies between, or everything: who wants the whole day says 00:00-24:00.
    "07:00-07:00", "00:00-00:00", "24:00-24:00",
    // The day's end is no beginning.
    "24:00-07:00", "24:00-00:00",
  ]) func anythingElseIsNoHours(text: String) {
    #expect(DayHours(text: text) == nil)
  }

  @Test func thereAreAtMostTwelve() {
    let twelve = (0..<12).map { "\(10 + $0):00-\(10 + $0):30" }.joined(separator: ",")
    #expect(DayHours(text: twelve) != nil)
    #expect(DayHours(text: twelve + ",09:00-09:30") == nil)
    #expect(DayHours(text: String(repeating: "09:00-09:30,", count: 10_000)) == nil)
  }

  @Test func theTextReadsBackTheSame() throws {
    #expect(DayHours(text: "22:00-07:00,12:30-14:05")?.text == "22:00-07:00, 12:30-14:05")
    #expect(DayHours(text: "00:00-24:00")?.text == "00:00-24:00")
    var random = SeededRandom(41)
    for _ in 0..<500 {
      let spans = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        let start = Int.random(in: 0..<Self.day, using: &random)
        let length = Int.random(in: 1..<Self.day, using: &random)
        func time(_ minute: Int) -> String {
          let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
          return (hour < 10 ? "0\(hour)" : "\(hour)") + (rest < 10 ? ":0\(rest)" : ":\(rest)")
        }
        return "\(time(start))-\(time((start + length) % Self.day))"
      }
      let text = spans.joined(separator: ", ")
      let hours = try #require(DayHours(text: text))
      #expect(hours.text == text)
      #expect(DayHours(text: hours.text) == hours)
    }
  }
}
