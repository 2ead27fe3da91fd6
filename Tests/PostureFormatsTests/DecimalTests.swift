// SPDX-License-Identifier: MIT
import PostureFormats
import Testing

struct DecimalTests {
  private func real(_ text: String) -> Double? { Decimal.real(Array(text.utf8).span, text.utf8.indices.intRange) }
  private func integer(_ text: String) -> Int64? { Decimal.integer(Array(text.utf8).span, text.utf8.indices.intRange) }

  @Test(arguments: [
    "0", "-0", "+0", "5.", ".5", "-.5", "+5.", "0.1", "0.3", "2.675", "1e5", "1.e5", "1E-5", "-1.5e+3", "4.9e-324",
    "2.2250738585072011e-308", "1e-400", "9007199254740993", "9007199254740992", "9007199254740993.0",
    "18446744073709551616", "12345678901234567890123", "0.1234567890123456789012345", "00000000000000000000000000007",
    "0.00000000000000000000000000001", "1.7976931348623157e308", "123456789012345678901234567890e-20",
  ]) func aDecimalIsReadAsTheLibraryDoes(text: String) throws {
    let value = try #require(real(text))
    #expect(value.bitPattern == Double(text)?.bitPattern)
  }

  @Test func randomDecimalsAreReadToTheLastBit() {
    var random = SeededRandom(1)
    for _ in 0..<20_000 {
      var text = ["", "-", "+"].randomElement(using: &random) ?? ""
      let digits = Int.random(in: 1...24, using: &random)
      let point = Int.random(in: -1...digits, using: &random)
      for index in 0..<digits {
        if index == point { text += "." }
        text += String(Int.random(in: 0...9, using: &random))
      }
      if Int.random(in: 0..<4, using: &random) == 0 { text += "e\(Int.random(in: -320...280, using: &random))" }
      #expect(real(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "", "-", "+", ".", "-.", "nan", "NaN", "inf", "-inf", "infinity", "0x1p3", "0x10", "1e999", "-1e999", " 1", "1 ",
    "1,5", "1.2.3", "--1", "+-1", "1-", "1e", "e5", "1e5.5", "1_000", "\u{0}1", "1\u{0}", "١", "1\n",
  ]) func whatIsNoDecimalIsRefused(text: String) {
    #expect(real(text) == nil)
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("007", 7), ("999999999999999999", 999_999_999_999_999_999),
      ("-99999999999999999", -99_999_999_999_999_999),
    ] as [(String, Int64)]) func wholeNumbersAreRead(text: String, value: Int64)
  {
    #expect(integer(text) == value)
  }

  @Test(arguments: [
    "", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "9999999999999999999", "1000000000000000000000", "1-", "/",
    ":",
  ]) func whatIsNoWholeNumberIsRefused(text: String) {
    #expect(integer(text) == nil)
  }

  @Test func onlyTheRangeIsRead() {
    let bytes = Array("12,-34,5.5,".utf8)
    #expect(Decimal.integer(bytes.span, 0..<2) == 12)
    #expect(Decimal.integer(bytes.span, 3..<6) == -34)
    #expect(Decimal.real(bytes.span, 7..<10) == 5.5)
    #expect(Decimal.real(bytes.span, 10..<10) == nil)
    #expect(Decimal.integer(bytes.span, 11..<11) == nil)
    #expect(Decimal.string(bytes.span, 3..<6) == "-34")
    #expect(Decimal.string([0x61, 0xFF].span, 0..<2) == "a\u{FFFD}")
  }

  @Test(
    arguments: [
      (0, 0, "0"), (0, 2, "0.00"), (-0.0, 2, "0.00"), (-0.001, 2, "0.00"), (-0.005, 2, "-0.01"), (0.005, 2, "0.01"),
      (0.5, 0, "1"), (-0.5, 0, "-1"), (-0.49, 0, "0"), (1.25, 1, "1.3"), (-1.25, 1, "-1.3"), (9.999, 2, "10.00"),
      (-0.05, 1, "-0.1"), (0.07, 2, "0.07"), (12.3456, 4, "12.3456"), (-123.0, 3, "-123.000"),
      (0.123456785, 8, "0.12345679"), (1e9, 0, "1000000000"),
    ] as [(Double, Int, String)]) func textHasSoManyPlaces(value: Double, places: Int, text: String)
  {
    #expect(Decimal.text(value, places: places) == text)
  }

  @Test(
    arguments: [
      (0, "0"), (-1, "-1"), (10, "10"), (.max, "9223372036854775807"), (.min, "-9223372036854775808"),
    ] as [(Int64, String)]) func wholeNumbersAreWritten(value: Int64, text: String)
  {
    var bytes = Array("x".utf8)
    Decimal.append(value, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "x" + text)
  }

  @Test func whatIsWrittenReadsBackWithinHalfAPlace() throws {
    var random = SeededRandom(2)
    for _ in 0..<5000 {
      let value = Double.random(in: -1000...1000, using: &random)
      let places = Int.random(in: 0...8, using: &random)
      let text = Decimal.text(value, places: places)
      let half = 0.5 * (0..<places).reduce(1.0) { unit, _ in unit / 10 }
      #expect((try #require(real(text)) - value).magnitude <= half * 1.000_001, "\(value) as \(text)")
      #expect(text.split(separator: ".").dropFirst().first?.count ?? 0 == places)
      #expect(!text.hasPrefix("-") || text.contains { ("1"..."9").contains($0) })
    }
  }

  @Test(
    arguments: [
      (1.005, 0, 1), (1.26, 1, 1.3), (-1.234, 2, -1.23), (0.0005, 3, 0.001), (-0.001, 2, 0),
      (0.123_456_7, 6, 0.123_457),
    ] as [(Double, Int, Double)]) func valuesAreRoundedForMessages(value: Double, places: Int, rounded: Double)
  {
    #expect(value.rounded(places: places) == rounded)
    #expect(value.rounded(places: places).sign == rounded.sign)
  }
}

extension DefaultIndices<String.UTF8View> {
  fileprivate var intRange: Range<Int> { 0..<count }
}
