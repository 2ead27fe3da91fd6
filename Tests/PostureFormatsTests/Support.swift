// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import PostureFormats

/// Sebastiano Vigna's SplitMix64: the same numbers in every run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Everything that a reader made of an input.
struct Reading: Equatable {
  var commands: [Command?] = []
  var raws: [RawSample?] = []
  var samples: [InertialSample] = []
  var header: TraceHeader?
  var error: InputError?
  var cut: CutLine?
}

/// Reads the bytes in pieces of `chunk`, and their end.
func reading(_ bytes: [UInt8], chunk: Int = .max, source: String = "t") -> Reading {
  var reader = TraceReader(source: source)
  var result = Reading()
  do {
    var start = 0
    while start < bytes.count {
      let end = start + min(chunk, bytes.count - start)
      try reader.read(bytes.span.extracting(start..<end)) { result.take($0) }
      start = end
    }
    try reader.finish { result.take($0) }
  } catch {
    result.error = error
  }
  result.header = reader.header
  result.cut = reader.cut
  return result
}

func reading(_ text: String, chunk: Int = .max) -> Reading { reading(Array(text.utf8), chunk: chunk) }

extension Reading {
  fileprivate mutating func take(_ measurement: Measurement) {
    commands.append(measurement.command)
    raws.append(measurement.raw)
    samples.append(measurement.sample)
  }
}

/// Lines 1 to 6 of a trace.
let headerLines = """
  # posture-trace: 1
  # sensor: MPU-6050
  # rate: 100 Hz
  # acceleration: 16384 LSB/g, range 2 g
  # angular-velocity: 131 LSB/dps, range 250 dps
  time_us,ax,ay,az,gx,gy,gz

  """

let plainHeader = "timestamp_us,ax,ay,az,gx,gy,gz\n"

/// A trace with these lines after its header, the first of which is line 7.
func trace(_ rows: String...) -> String { headerLines + rows.map { $0 + "\n" }.joined() }

func plain(_ rows: String...) -> String { plainHeader + rows.map { $0 + "\n" }.joined() }

/// Upright, breathing and noisy for `quiet` seconds, then bent forward by 25 degrees within one, at 100 Hz.
func slouch(quiet: Int, bent: Int) -> String {
  var random = SeededRandom(11)
  var text = headerLines
  for index in 0..<(quiet + bent) * 100 {
    // A breath takes four seconds, and turns the trunk by 0.3 degrees to and fro.
    let breath = index % 400 < 200 ? index % 400 - 100 : 300 - index % 400
    let breathing = index % 400 < 200 ? 0.3 : -0.3
    let bend = Double(min(max(index - quiet * 100, 0), 100)) / 4
    let bending = bend > 0 && bend < 25 ? 25.0 : 0
    let angle = (bend + Double(breath) * 0.003) * .pi / 180
    let turn = Int((131 * (breathing + bending)).rounded())
    let (ax, az) = (Int((-16384 * sin(angle)).rounded()), Int((16384 * cos(angle)).rounded()))
    let noise = (0..<6).map { _ in Int.random(in: -8...8, using: &random) }
    let row = [
      index * 10_000, ax + noise[0], noise[1], az + noise[2], noise[3], turn + noise[4], noise[5],
    ]
    text += row.map(String.init).joined(separator: ",") + "\n"
  }
  return text
}
