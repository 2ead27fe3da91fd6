// SPDX-License-Identifier: MIT
import PostureCore

/// Reads a trace, or a plain CSV file in SI units, from chunks of bytes: constant memory, however long it is.
///
/// The two kinds are told apart by their first line: `# posture-trace: 1`, or
/// `timestamp_us,ax,ay,az,gx,gy,gz` (m/s² and rad/s). Every row must be whole and its time later than the one before.
package struct TraceReader {
  /// Rows are far shorter; a longer line is another kind of file.
  package static let longestLine = 4096
  /// Beyond any sensor: |m/s²| and |rad/s| that a plain CSV file may hold.
  package static let largestValue = 10_000.0
  /// Microseconds: whole numbers below are numbers to every program.
  static let endOfTime = 9_007_199_254_740_992.0

  private enum Stage {
    case beginning
    case header(TraceHeaderReader)
    case rawRows(SensorScale)
    case plainRows
    case foreignRows(CSVLayout)
  }

  package let source: String
  private let columns: CSVColumns?
  /// Nil before the rows begin, and for a plain CSV file.
  package private(set) var header: TraceHeader?
  /// Lines read so far.
  package private(set) var line = 0
  /// Samples read so far.
  package private(set) var samples = 0
  private var stage = Stage.beginning
  private var carried: [UInt8] = []
  private var lastTime: Int64?
  private var pendingCommand: Command?
  private var pendingSettings: [TraceSetting] = []
  /// The last line, where the end of a trace has cut it: a recording that was killed ends so. Known after `finish`.
  package private(set) var cut: CutLine?
  /// Nil where it is not read as the continuation of another.
  private var continuation: TraceContinuation?
  /// As it was told.
  private var lastRaw: RawSample?

  /// - Parameter columns: which of a CSV file's columns are what; nil for a trace or a plain CSV file.
  package init(source: String, columns: CSVColumns? = nil) {
    self.source = source
    self.columns = columns
  }

  /// Reads the piece of a recording that follows another, of which everything has been read.
  init(source: String, following earlier: TraceReader) throws(InputError) {
    guard let last = earlier.lastRaw else {
      throw InputError(source: source, found: "\(earlier.source) before it", expected: "pieces of one trace")
    }
    self.init(source: source)
    continuation = TraceContinuation(earlier.source, last)
  }

  /// Takes the next bytes and hands over each sample whose row they complete.
  ///
  /// - Parameter change: called before a sample that is judged by other settings than the one before it.
  package mutating func read(
    _ bytes: borrowing Span<UInt8>, changes change: ([TraceSetting]) throws(InputError) -> Void = { _ in },
    _ body: (Measurement) throws(InputError) -> Void
  ) throws(InputError) {
    var start = 0
    while start < bytes.count {
      if carried.isEmpty, let (next, measurement) = scan(bytes, from: start) {
        start = next
        try hand(over: measurement, change, body)
        continue
      }
      guard let end = (start..<bytes.count).first(where: { bytes[$0] == UInt8(ascii: "\n") }) else { break }
      if carried.isEmpty {
        try take(bytes, start..<end, change, body)
      } else {
        try carry(bytes, start..<end)
        let whole = carried
        carried.removeAll(keepingCapacity: true)
        try take(whole.span, whole.indices, change, body)
      }
      start = end + 1
    }
    if start < bytes.count { try carry(bytes, start..<bytes.count) }
  }

  /// A whole row without anything unusual, and where the next line begins.
  private mutating func scan(_ bytes: borrowing Span<UInt8>, from start: Int) -> (next: Int, measurement: Measurement)?
  {
    var scanner = RowScanner(at: start)
    var raw: RawSample?
    let sample: InertialSample
    switch stage {
    case .rawRows(let scale):
      guard let found = scanner.raw(bytes) else { return nil }
      raw = found
      sample = scale.sample(from: found)
    case .plainRows:
      guard let found = scanner.plain(bytes) else { return nil }
      sample = found
    case .beginning, .header, .foreignRows: return nil
    }
    let time = sample.time.microseconds
    guard Double(time).magnitude < Self.endOfTime, lastTime.map({ time > $0 }) ?? true else { return nil }
    lastTime = time
    line += 1
    return (scanner.index, measurement(raw: raw, sample: sample))
  }

  private mutating func hand(
    over measurement: Measurement, _ change: ([TraceSetting]) throws(InputError) -> Void,
    _ body: (Measurement) throws(InputError) -> Void
  ) throws(InputError) {
    var measurement = measurement
    if var continuation {
      let told = try continuation.take(measurement, self)
      self.continuation = continuation
      guard let told else {
        pendingSettings = []
        return
      }
      measurement = told
    }
    lastRaw = measurement.raw
    if !pendingSettings.isEmpty {
      try change(pendingSettings)
      pendingSettings = []
    }
    try body(measurement)
  }

  /// The input is over; where that cuts a row or a remark of a trace, `cut` says so, and what is whole has been read.
  package mutating func finish(_ body: (Measurement) throws(InputError) -> Void) throws(InputError) {
    if !carried.isEmpty {
      let whole = carried
      carried = []
      // A number that was cut still reads as a number; only a foreign file may do without its last newline.
      switch stage {
      case .beginning, .plainRows, .foreignRows: try take(whole.span, whole.indices, { _ in }, body)
      case .header: throw error(line + 1, found: "the end of the file within a line", expected: "a whole line")
      case .rawRows: cut = CutLine(source: source, line: line + 1, text: Decimal.string(whole.span, whole.indices))
      }
    }
    switch stage {
    case .beginning: throw InputError(source: source, found: "nothing", expected: Self.expectedFirstLine)
    case .header:
      throw error(line, found: "the end of the file", expected: "a line '\(TraceHeader.columns)' and rows after it")
    case .rawRows, .plainRows, .foreignRows:
      guard samples > 0 else { throw error(line, found: "the end of the file", expected: "at least one row") }
    }
  }

  private mutating func carry(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) throws(InputError) {
    guard carried.count + range.count <= Self.longestLine else {
      throw error(
        line + 1, found: "a line of more than \(Self.longestLine) bytes", expected: "lines of a trace or CSV file")
    }
    for index in range { carried.append(bytes[index]) }
  }

  private mutating func take(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ change: ([TraceSetting]) throws(InputError) -> Void,
    _ body: (Measurement) throws(InputError) -> Void
  ) throws(InputError) {
    guard range.count <= Self.longestLine else {
      try carry(bytes, range)
      return
    }
    line += 1
    var range = range
    if !range.isEmpty, bytes[range.upperBound - 1] == UInt8(ascii: "\r") {
      range = range.lowerBound..<range.upperBound - 1
    }
    let isRemark = !range.isEmpty && bytes[range.lowerBound] == UInt8(ascii: "#")
    switch stage {
    case .beginning: try begin(with: Decimal.string(bytes, range))
    case .header(var reader):
      let text = Decimal.string(bytes, range)
      if isRemark {
        try reader.take(text, number: line)
        stage = .header(reader)
      } else {
        try endHeader(reader, with: text)
      }
    case .rawRows(let scale):
      if isRemark {
        try take(TraceRemark(Decimal.string(bytes, range), source: source, line: line))
      } else {
        try hand(over: rawRow(bytes, range, scale), change, body)
      }
    case .plainRows: try body(plainRow(bytes, range))
    case .foreignRows(let layout): try body(foreignRow(bytes, range, layout))
    }
  }

  private mutating func begin(with text: String) throws(InputError) {
    if let columns {
      stage = .foreignRows(try columns.layout(of: text, source: source))
    } else if text == TraceHeader.plainColumns {
      stage = .plainRows
    } else if text == "# posture-trace: \(Version.trace)" {
      stage = .header(TraceHeaderReader(source: source))
    } else {
      throw error(
        line, found: text.isEmpty ? "an empty line" : InputError.quote(text), expected: Self.expectedFirstLine)
    }
  }

  private mutating func endHeader(_ reader: TraceHeaderReader, with text: String) throws(InputError) {
    guard text == TraceHeader.columns else {
      throw error(
        line, found: InputError.quote(text), expected: "a header line '# key: value' or '\(TraceHeader.columns)'")
    }
    let header = try reader.header()
    self.header = header
    if var continuation {
      try continuation.begin(with: header.continues, self)
      self.continuation = continuation
    }
    if header.accelerometer != .identity { pendingCommand = .calibrateAccelerometer(header.accelerometer) }
    stage = .rawRows(header.scale)
  }

  /// Performed, or in force, with the next row.
  private mutating func take(_ remark: TraceRemark) throws(InputError) {
    switch remark {
    case .none: break
    case .setting(let setting): pendingSettings = pendingSettings.replaced(by: [setting])
    case .command(let command):
      // Two would be one too many: each is performed at a sample of its own.
      guard pendingCommand == nil || pendingCommand == command else {
        throw error(line, found: "a second command", expected: "one command before a row")
      }
      pendingCommand = command
    }
  }

  private mutating func rawRow(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ scale: SensorScale
  ) throws(InputError) -> Measurement {
    let fields = try fields(of: TraceHeader.columns, bytes, range)
    let time = try time(bytes, fields[0], TraceHeader.columns)
    var values = InlineArray<6, Int16>(repeating: 0)
    for index in 0..<6 {
      guard let value = Decimal.integer(bytes, fields[index + 1]), let value = Int16(exactly: value) else {
        throw fieldError(bytes, fields[index + 1], TraceHeader.columns, index + 1, "a whole number in -32768...32767")
      }
      values[index] = value
    }
    let raw = RawSample(
      time: time, ax: values[0], ay: values[1], az: values[2], gx: values[3], gy: values[4], gz: values[5])
    return measurement(raw: raw, sample: scale.sample(from: raw))
  }

  private mutating func plainRow(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) throws(InputError) -> Measurement
  {
    let fields = try fields(of: TraceHeader.plainColumns, bytes, range)
    let time = try time(bytes, fields[0], TraceHeader.plainColumns)
    var values = InlineArray<6, Double>(repeating: 0)
    for index in 0..<6 {
      guard let value = Decimal.real(bytes, fields[index + 1]), value.magnitude <= Self.largestValue else {
        let expected = "a number in -\(Int(Self.largestValue))...\(Int(Self.largestValue))"
        throw fieldError(bytes, fields[index + 1], TraceHeader.plainColumns, index + 1, expected)
      }
      values[index] = value
    }
    let sample = InertialSample(
      time: time, acceleration: Acceleration(values[0], values[1], values[2]),
      angularVelocity: AngularVelocity(values[3], values[4], values[5]))
    return measurement(raw: nil, sample: sample)
  }

  private mutating func foreignRow(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ layout: CSVLayout
  ) throws(InputError) -> Measurement {
    let sample = try layout.sample(bytes, range, source: source, line: line)
    if let lastTime, sample.time.microseconds <= lastTime {
      throw error(
        line, key: layout.columns[0].name, found: "\(sample.time.microseconds) us",
        expected: "a time after that of the row before, \(lastTime) us")
    }
    lastTime = sample.time.microseconds
    return measurement(raw: nil, sample: sample)
  }

  private mutating func measurement(raw: RawSample?, sample: InertialSample) -> Measurement {
    defer { pendingCommand = nil }
    samples += 1
    return Measurement(command: pendingCommand, raw: raw, sample: sample)
  }

  private mutating func time(
    _ bytes: borrowing Span<UInt8>, _ field: Range<Int>, _ columns: String
  ) throws(InputError) -> Timestamp {
    guard let time = Decimal.integer(bytes, field), Double(time).magnitude < Self.endOfTime else {
      throw fieldError(bytes, field, columns, 0, "a whole number of microseconds")
    }
    if let lastTime, time <= lastTime {
      throw fieldError(bytes, field, columns, 0, "a time after that of the row before, \(lastTime)")
    }
    lastTime = time
    return Timestamp(microseconds: time)
  }
}
