// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct QuantityTests {
  @Test(
    arguments: [
      ("10 s", 10, "s"), ("10s", 10, "s"), ("15deg", 15, "deg"), ("-2.5 dps", -2.5, "dps"), ("+.5 g", 0.5, "g"),
      ("3", 3, ""), ("131 LSB/dps", 131, "LSB/dps"), ("0 s", 0, "s"), ("5. min", 5, "min"), ("7 µs", 7, "µs"),
      // No exponents: what follows the digits is the unit.
      ("1e3", 1, "e3"),
    ] as [(String, Double, String)]) func aNumberAndItsUnitAreRead(text: String, value: Double, unit: String)
  {
    #expect(Quantity(text) == Quantity(value: value, unit: unit))
  }

  @Test(arguments: ["", "s", " 10 s", "10  s", "10 s ", "1 0 s", "- s", "1.2.3 s", "--1 s", "1,5 s", "nan s", "1\ts s"])
  func whatIsNoQuantityIsRefused(text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test(
    arguments: [
      ("1 us", 1), ("0.4 us", 0), ("1 ms", 1000), ("2.5 ms", 2500), ("1 s", 1_000_000), ("0.1 s", 100_000),
      ("1.5 min", 90_000_000), ("-1 s", -1_000_000), ("8759 min", 525_540_000_000),
    ] as [(String, Int64)]) func timesAreRead(text: String, microseconds: Int64) throws
  {
    #expect(Interval(try #require(Quantity(text))) == Interval(microseconds: microseconds))
  }

  @Test(arguments: ["1", "1 h", "1 S", "1 sec", "1 deg", "31536000 s", "99999999999999999999999999999 s", "600000 min"])
  func whatIsNoTimeIsRefused(text: String) throws {
    #expect(Interval(try #require(Quantity(text))) == nil)
  }

  @Test(arguments: [
    ("first 3 s", 3_000_000), ("first 500ms", 500_000), ("first 2 min", 120_000_000), ("first 1 us", 1),
  ])
  func theReferenceOptionIsRead(text: String, microseconds: Int64) {
    #expect(ReferenceOption(text)?.window == Interval(microseconds: microseconds))
  }

  @Test(arguments: [
    "", "first", "first ", "3 s", "first 3", "first 0 s", "first -3 s", "first 0.1 us", "last 3 s", "First 3 s",
    "first  3 s", "first 3 s ", " first 3 s", "first 3 deg", "first nan s", "first 1000000 min", "first 3 s, last 2 s",
  ]) func whatIsNoReferenceIsRefused(text: String) {
    #expect(ReferenceOption(text) == nil)
  }
}
