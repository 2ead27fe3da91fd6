// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import PostureFormats
import Testing

/// Recordings that something has damaged: none may crash or hang a reader, and every refusal says what and why.
///
/// The everyday run is short; `make fuzz-traces COUNT=1000000 SEED=7` is not.
struct TraceFuzzTests {
  private static let count = number("POSTURED_FUZZ_COUNT") ?? 2000
  private static let seed = UInt64(number("POSTURED_FUZZ_SEED") ?? 20)

  private static func number(_ name: String) -> Int? {
    guard let text = getenv(name).map({ String(cString: $0) }) else { return nil }
    guard let number = Int(text), number >= 0 else { fatalError("\(name): found '\(text)', expected a whole number") }
    return number
  }

  private static let columns =
    "time=t[ms],ax=a x[g],ay=a y[g],az=a z[g],gx=g x[dps],gy=g y[dps],gz=g z[dps]"
  /// A trace, a plain CSV file, and somebody else's.
  private static let recordings: [(text: String, columns: String?)] = [
    (
      headerLines
        + (0..<12).map { index in
          let remark =
            [
              "calibrate sitting", "lost 3 late", "fault no-acknowledge", "set detector.hold: 5 s", "mode tracking",
              "reference car up 0 0 1000000000 forward 1000000000 0 0 axis bend",
            ][index % 6]
          return "#! \(index)0000 \(remark)\n\(index)0000,\(index),-200,16384,3,-4,5\n"
        }.joined(), nil
    ),
    (
      plain("0,0.1,-0.2,9.81,1e-3,.5,-5.", "10000,+1,2,3,0,-0,10000", "20001,-10000,1.5e3,0.30000000000000004,0,0,0"),
      nil
    ),
    ("t,a x,a y,a z,g x,g y,g z,more\n0,0.1,0,1,0,0,0,x\n10.5,0.1,0,1,0,-1e1,0,\n20,0.1,0,1,0,0,0,\"y\"\n", columns),
  ]

  private func check(_ error: InputError, _ bytes: [UInt8]) {
    let isClear = !error.source.isEmpty && !error.found.isEmpty && !error.expected.isEmpty
    let isFit = error.description.utf8.count < 1000 && !error.description.utf8.contains { $0 < 0x20 }
    #expect(isClear && isFit, "\(error): \(bytes)")
  }

  /// Read in two pieces, which must make no difference.
  private func read(
    _ bytes: [UInt8], cutAt place: Int, columns: CSVColumns?
  ) -> (samples: Int, last: Int64?, error: InputError?, cut: CutLine?) {
    var reader = TraceReader(source: "f", columns: columns)
    var last: Int64?
    do {
      try reader.read(bytes.span.extracting(0..<place)) { last = $0.sample.time.microseconds }
      try reader.read(bytes.span.extracting(place..<bytes.count)) { last = $0.sample.time.microseconds }
      try reader.finish { last = $0.sample.time.microseconds }
      return (reader.samples, last, nil, reader.cut)
    } catch { return (reader.samples, last, error, nil) }
  }

  @Test(arguments: 0..<3) func noDamageCrashesAReader(kind: Int) throws {
    let others = Self.recordings.map { Array($0.text.utf8) }
    let columns = try Self.recordings[kind].columns.map { try CSVColumns($0) }
    #expect(read(others[kind], cutAt: 0, columns: columns).error == nil)
    var tampering = Tampering(seed: Self.seed + UInt64(kind))
    var (accepted, refused, cut) = (0, 0, 0)
    for _ in 0..<Self.count {
      let bytes = tampering.damaged(others[kind], with: others)
      let result = read(bytes, cutAt: tampering.below(bytes.count + 1), columns: columns)
      let again = read(bytes, cutAt: bytes.count, columns: columns)
      #expect(again == result, "\(bytes)")
      if let error = result.error {
        check(error, bytes)
        refused += 1
      } else {
        #expect(result.samples > 0, "\(bytes)")
        accepted += 1
      }
      if let line = result.cut {
        check(line.error, bytes)
        cut += 1
      }
    }
    #expect(Self.count < 500 || accepted > Self.count / 100 && refused > Self.count / 4, "\(accepted), \(refused)")
    #expect(Self.count < 500 || (cut > 0) == (kind == 0), "\(cut)")
  }
}
