// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// A row is read in one pass where nothing about it is unusual; the other way must give the very same.
struct RowScannerTests {
  /// In one piece rows are scanned; cut into pieces of a few bytes every one of them goes the other way.
  private func expectTheSame(_ text: String) {
    let bytes = Array(text.utf8)
    let (whole, pieces) = (reading(bytes), reading(bytes, chunk: 3))
    #expect(whole.error == pieces.error, "\(text.suffix(300))")
    #expect(whole.commands == pieces.commands && whole.raws == pieces.raws)
    #expect(bits(whole) == bits(pieces), "\(text.suffix(300))")
  }

  private func bits(_ reading: Reading) -> [UInt64] {
    reading.samples.flatMap { sample in
      let (a, w) = (sample.acceleration, sample.angularVelocity)
      return [UInt64(bitPattern: sample.time.microseconds)] + [a.x, a.y, a.z, w.x, w.y, w.z].map(\.bitPattern)
    }
  }

  /// Numbers as sensors and people write them, some of them none.
  private func number(_ random: inout SeededRandom) -> String {
    let odd = [
      "", "-", ".", "-.5", "5.", "1e3", "+1", "0x1", "nan", "1.2.3", " 1", "1 ", "10000", "10000.0001", "-0", "00.5",
    ]
    if Int.random(in: 0..<60, using: &random) == 0 { return odd.randomElement(using: &random) ?? "" }
    let places = Int.random(in: 0...18, using: &random)
    let digits = (0..<places).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    let sign = Bool.random(using: &random) ? "-" : ""
    return sign + String(Int.random(in: 0...200, using: &random)) + (places > 0 ? "." + digits : "")
  }

  @Test func plainRowsAreTheSameEitherWay() {
    var random = SeededRandom(3)
    var whole = 0
    for _ in 0..<300 {
      var text = plainHeader
      var time = 0
      for _ in 0..<40 {
        time += Int.random(in: 0..<20, using: &random) == 0 ? 0 : 10_000
        let fields = [String(time)] + (0..<6).map { _ in number(&random) }
        text += fields.joined(separator: ",") + (Int.random(in: 0..<30, using: &random) == 0 ? "\r\n" : "\n")
      }
      expectTheSame(text)
      whole += reading(text).samples.count
    }
    #expect(whole > 1000)
  }

  @Test func ourRowsAreTheSameEitherWay() {
    var random = SeededRandom(4)
    var whole = 0
    for _ in 0..<300 {
      var text = headerLines
      var time = 0
      for _ in 0..<40 {
        time += Int.random(in: 0..<60, using: &random) == 0 ? 0 : 10_000
        if Int.random(in: 0..<20, using: &random) == 0 { text += "#! \(time) calibrate\n" }
        let range = Int.random(in: 0..<60, using: &random) == 0 ? -40_000...40_000 : -32_768...32_767
        let fields = [String(time)] + (0..<6).map { _ in String(Int.random(in: range, using: &random)) }
        text += fields.joined(separator: ",") + (Int.random(in: 0..<30, using: &random) == 0 ? "\r\n" : "\n")
      }
      expectTheSame(text)
      whole += reading(text).samples.count
    }
    #expect(whole > 1000)
  }

  @Test(arguments: [
    "9007199254740991", "9007199254740992", "-9007199254740991", "-9007199254740992", "999999999999999999",
    "9999999999999999999", "-0", "007", "",
  ]) func oddTimesAreTheSameEitherWay(time: String) {
    expectTheSame(plainHeader + "\(time),1,2,3,4,5,6\n")
    expectTheSame(headerLines + "\(time),1,2,3,4,5,6\n")
    expectTheSame(headerLines + "\(time),1,2,3,4,5,6,7\n")
    expectTheSame(headerLines + "\(time),1,2,3,4,5\n")
  }
}
