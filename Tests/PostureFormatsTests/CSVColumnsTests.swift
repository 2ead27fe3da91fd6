// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// Recordings of other programs, with names and units of their own.
struct CSVColumnsTests {
  private static let seven = "time=t[ms],ax=Acc X[g],ay=Acc Y[g],az=Acc Z[g],gx=Gyr X[dps],gy=Gyr Y[dps],gz=Gyr Z[dps]"

  private func read(_ text: String, _ columns: String, chunk: Int = .max) -> (
    samples: [InertialSample], error: InputError?
  ) {
    var samples: [InertialSample] = []
    do {
      var reader = TraceReader(source: "f.csv", columns: try CSVColumns(columns))
      let bytes = Array(text.utf8)
      var start = 0
      while start < bytes.count {
        let end = start + min(chunk, bytes.count - start)
        try reader.read(bytes.span.extracting(start..<end)) { samples.append($0.sample) }
        start = end
      }
      try reader.finish { samples.append($0.sample) }
    } catch { return (samples, error) }
    return (samples, nil)
  }

  @Test(arguments: [",", ";", "\t"]) func namesUnitsOrderAndWhatIsBesideThem(separator: String) {
    let rows = [
      "n,Gyr Z[x],\"Acc Z\",Acc Y,Acc X,t,Gyr X,Gyr Y,Gyr Z", "1,9,1.0,0.5,-0.25,1000.5,180,90,-45",
      "2,9, \"1\" ,0,0,1010.25,0,0,0",
    ]
    let text = rows.map { $0.replacing(",", with: separator) + "\r\n" }.joined()
    for chunk in [1, 7, .max] {
      let (samples, error) = read(text, Self.seven, chunk: chunk)
      #expect(error == nil && samples.count == 2)
      #expect(samples.map(\.time.microseconds) == [1_000_500, 1_010_250])
      let (a, w) = (samples[0].acceleration, samples[0].angularVelocity)
      #expect(a == Acceleration(-0.25 * standardGravity, 0.5 * standardGravity, standardGravity))
      #expect(abs(w.x - .pi) < 1e-12 && abs(w.y - .pi / 2) < 1e-12 && abs(w.z + .pi / 4) < 1e-12)
    }
  }

  @Test func withoutAGyroscopeAndUnits() {
    let (samples, error) = read("a,b,c,d\n5,1,2,3\n", "time=a,ax=b,ay=c,az=d")
    #expect(error == nil && samples.count == 1)
    #expect(samples[0].acceleration == Acceleration(1, 2, 3) && samples[0].angularVelocity == .zero)
    #expect(samples[0].time.microseconds == 5)
    let second = read("a,b,c,d\n0.5,1,2,3\n", "time=a[s],ax=b[mg],ay=c[m/s2],az=d[m/s^2]").samples[0]
    #expect(second.time.microseconds == 500_000 && abs(second.acceleration.x - 0.00980665) < 1e-12)
  }

  @Test(arguments: [
    ("", "--columns: found '', expected time=NAME[UNIT],"), ("time", "--columns: found 'time', expected time=NAME"),
    ("time=a", "--columns: found time, expected time=NAME"),
    ("up=a", "--columns: found 'up', expected one of time, ax"),
    ("time=a,ax=b,ay=c,az=d,gx=e", "--columns: found time, ax, ay, az, gx, expected time=NAME"),
    ("time=a,time=b", "--columns: found time again, expected it once"),
    ("time=[s]", "--columns: found time without a name, expected the name of a column"),
    ("time=a[min]", "--columns: found time in 'min', expected one of us, ms, s"),
    ("ax=a[rad/s]", "--columns: found ax in 'rad/s', expected one of m/s2, m/s^2, g, mg"),
  ]) func whatIsNoneIsSaid(columns: String, message: String) {
    let error = #expect(throws: InputError.self) { try CSVColumns(columns) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("a,b,c\n", "f.csv:1: az: found no column 'd', expected one of 'a', 'b', 'c'"),
    (
      "a,b,c," + (10...99).map { "column \($0)" }.joined(separator: ",") + "\n",
      "f.csv:1: az: found no column 'd', expected one of 'a', 'b', 'c', "
        + (10...46).map { "'column \($0)'" }.joined(separator: ", ") + ", and more"
    ),
    ("a,b,c,d,d\n", "f.csv:1: az: found 'd' twice, expected one of 'a', 'b', 'c', 'd', 'd'"),
    ("a,b,c,d\n", "f.csv:1: found the end of the file, expected at least one row"),
    ("a,b,c,d\n1,2,3\n", "f.csv:2: found 3 fields, expected 4, as in the first line"),
    ("a,b,c,d\n1,2,x,4\n", "f.csv:2: c: found 'x', expected a number"),
    ("a,b,c,d\n1,2,,4\n", "f.csv:2: c: found nothing, expected a number"),
    ("a,b,c,d\n1,2,99999,4\n", "f.csv:2: c: found 99999.0, expected less, in the unit that was said"),
    ("a,b,c,d\n1,2,3,4\n1,2,3,4\n", "f.csv:3: a: found 1 us, expected a time after that of the row before, 1 us"),
    ("a,b,c,d\n1e300,2,3,4\n", "f.csv:2: a: found 1e+300, expected less, in the unit that was said"),
  ]) func aWrongFileIsSaidWithItsPlace(text: String, message: String) {
    #expect(read(text, "time=a,ax=b,ay=c,az=d").error?.description == message)
  }

  /// The same recording, as a plain file and as somebody else's, gives the same decisions.
  @Test func theDecisionsAreTheSame() throws {
    func events(_ text: String, _ columns: CSVColumns?) throws -> String {
      var options = Replay.Options()
      options.parameters.detector.trigger = .hold
      options.columns = columns
      var replay = Replay(source: "t", options)
      try replay.read(Array(text.utf8).span)
      try replay.finish()
      return String(decoding: replay.events, as: UTF8.self)
    }
    let rows = (0..<4000).map { index -> (Int, Double) in (index * 10_000, index < 1500 ? 0 : 0.5) }
    let plain =
      "timestamp_us,ax,ay,az,gx,gy,gz\n"
      + rows.map { "\($0),\(-$1 * 9.80665),0,\((1 - $1 * $1).squareRoot() * 9.80665),0,0,0\n" }.joined()
    let other =
      "when;x;y;z\n" + rows.map { "\(Double($0) / 1e6);\(-$1);0;\((1 - $1 * $1).squareRoot())\n" }.joined()
    let columns = try CSVColumns("time=when[s],ax=x[g],ay=y[g],az=z[g]")
    let told = try events(other, columns).split(separator: "\n").map { $0.split(separator: " ")[1] }
    #expect(told == (try events(plain, nil).split(separator: "\n").map { $0.split(separator: " ")[1] }))
    #expect(told.contains("deviated"))
  }
}
