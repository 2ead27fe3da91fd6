// SPDX-License-Identifier: MIT
import PostureCore

/// Reads a trace, or a CSV file in SI units, from chunks of bytes: constant memory, however long it is.
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
  package internal(set) var samples = 0
  /// What the wearer said, so far.
  package private(set) var marks: [TraceMark] = []
  private var stage = Stage.beginning
  private var carried: [UInt8] = []
  var lastTime: Int64?
  private var pendingCommand: Command?
  private var pendingSettings: [TraceSetting] = []
  /// The last line, where the end of a trace has cut it: a recording that was killed ends so. Known after `finish`.
  package private(set) var cut: CutLine?
  /// Nil where it is not read as the continuation of another, or no row is repeated any more.
  private var continuation: TraceContinuation?
  /// From the times of the rows to those that are told, in microseconds.
  private var shift: Int64 = 0
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

  /// Takes the next bytes and adds the samples whose rows they complete to a block, until they end or it is full.
  ///
  /// - Returns: where to go on in the bytes. After an error the block holds what came before it.
  package mutating func read(
    _ bytes: borrowing Span<UInt8>, from first: Int = 0, into block: inout SampleBlock
  ) throws(InputError) -> Int {
    var start = first
    while start < bytes.count {
      if block.isFull { return start }
      if carried.isEmpty, let next = scan(bytes, from: start, into: &block) {
        start = next
        continue
      }
      guard let end = (start..<bytes.count).first(where: { bytes[$0] == UInt8(ascii: "\n") }) else { break }
      if carried.isEmpty {
        try take(bytes, start..<end, &block)
      } else {
        try carry(bytes, start..<end)
        let whole = carried
        carried.removeAll(keepingCapacity: true)
        try take(whole.span, whole.indices, &block)
      }
      start = end + 1
    }
    if start < bytes.count { try carry(bytes, start..<bytes.count) }
    return bytes.count
  }

  /// Whole rows without anything unusual, as many as follow each other; where the line after them begins, or nil
  /// where there is none.
  private mutating func scan(
    _ bytes: borrowing Span<UInt8>, from first: Int, into block: inout SampleBlock
  ) -> Int? {
    guard pendingCommand == nil, pendingSettings.isEmpty, continuation == nil else { return nil }
    var start = first
    var last = lastTime ?? .min
    let countBefore = block.samples.count
    switch stage {
    case .rawRows(let scale):
      while !block.isFull, start < bytes.count {
        var scanner = RowScanner(at: start)
        guard var raw = scanner.raw(bytes), Self.follows(raw.time, last) else { break }
        last = raw.time.microseconds
        raw.time = raw.time + Interval(microseconds: shift)
        block.append(raw, scale.sample(from: raw))
        start = scanner.index
      }
    case .plainRows:
      while !block.isFull, start < bytes.count {
        var scanner = RowScanner(at: start)
        guard let sample = scanner.plain(bytes), Self.follows(sample.time, last) else { break }
        last = sample.time.microseconds
        block.append(sample)
        start = scanner.index
      }
    case .beginning, .header, .foreignRows: return nil
    }
    let count = block.samples.count - countBefore
    guard count > 0 else { return nil }
    lastTime = last
    lastRaw = block.raws.last
    line += count
    samples += count
    return start
  }

  @inline(__always)
  private static func follows(_ time: Timestamp, _ last: Int64) -> Bool {
    time.microseconds > last && Double(time.microseconds).magnitude < endOfTime
  }

  /// The input is over; where that cuts a row or a remark of a trace, `cut` says so, and what is whole has been read.
  package mutating func finish(into block: inout SampleBlock) throws(InputError) {
    if !carried.isEmpty {
      let whole = carried
      carried = []
      // A number that was cut still reads as a number; only a foreign file may do without its last newline.
      switch stage {
      case .beginning, .plainRows, .foreignRows: try take(whole.span, whole.indices, &block)
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

  private static var expectedFirstLine: String {
    "'# posture-trace: \(Version.trace)' or '\(TraceHeader.plainColumns)' as the first line"
  }

  func error(_ line: Int, key: String? = nil, found: String, expected: String) -> InputError {
    InputError(source: source, line: line, key: key, found: found, expected: expected)
  }

  private mutating func carry(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) throws(InputError) {
    guard carried.count + range.count <= Self.longestLine else {
      throw error(
        line + 1, found: "a line of more than \(Self.longestLine) bytes", expected: "lines of a trace or CSV file")
    }
    for index in range { carried.append(bytes[index]) }
  }

  private mutating func take(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ block: inout SampleBlock
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
        var raw = try rawRow(bytes, range)
        guard try !isRepeated(raw) else { return }
        raw.time = raw.time + Interval(microseconds: shift)
        lastRaw = raw
        interject(into: &block)
        block.append(raw, scale.sample(from: raw))
      }
    case .plainRows: block.append(try plainRow(bytes, range))
    case .foreignRows(let layout): block.append(try foreignRow(bytes, range, layout))
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
    case .mark(let mark):
      guard marks.count < TraceLabels.most else {
        throw error(line, found: "a mark more", expected: "at most \(TraceLabels.most) marks")
      }
      marks.append(mark)
    case .command(let command):
      // Two would be one too many: each is performed at a sample of its own.
      guard pendingCommand == nil || pendingCommand == command else {
        throw error(line, found: "a second command", expected: "one command before a row")
      }
      pendingCommand = command
    }
  }

  /// It was told at the end of the piece before; what is said before it was said there, too.
  private mutating func isRepeated(_ raw: RawSample) throws(InputError) -> Bool {
    guard var continuation else { return false }
    let isRepeated = try continuation.repeats(raw, self)
    self.continuation = continuation
    guard !isRepeated else {
      pendingSettings = []
      pendingCommand = nil
      return true
    }
    shift = continuation.shift
    self.continuation = nil
    return false
  }

  /// Before the row that is about to be added.
  private mutating func interject(into block: inout SampleBlock) {
    if !pendingSettings.isEmpty { block.append(.settings(pendingSettings)) }
    if let pendingCommand { block.append(.command(pendingCommand)) }
    pendingSettings = []
    pendingCommand = nil
  }
}
