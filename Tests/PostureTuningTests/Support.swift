// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// A trace of a wearer who sits upright, breathing, and leans forward by 25 degrees from some seconds on, for some time
/// each.
///
/// - Parameter marks: remarks, each written where its time has come.
func leaning(from starts: [Int], for length: Int, until end: Int, marks: String = "") -> String {
  var text = """
    # posture-trace: 1
    # sensor: MPU-6050
    # rate: 100 Hz
    # acceleration: 16384 LSB/g, range 2 g
    # angular-velocity: 131 LSB/dps, range 250 dps
    time_us,ax,ay,az,gx,gy,gz

    """
  var remarks = marks.split(separator: "\n")[...]
  var noise = Noise()
  var angle = 0.0
  for index in 0..<end * 100 {
    let time = index * 10_000
    while let remark = remarks.first, let said = Int(remark.split(separator: " ")[1]), said < time {
      text += remark + "\n"
      remarks.removeFirst()
    }
    let isLeaning = starts.contains { ($0..<$0 + length).contains(index / 100) }
    // Degrees; there and back within a second.
    let step = max(-0.25, min(0.25, (isLeaning ? 25 : 0) - angle))
    angle += step
    // A breath takes four seconds.
    let breath = Double((index % 400 - 200).magnitude) / 200 - 0.5
    let tilt = (angle + 0.6 * breath) * .pi / 180
    // To the third order, good to a hundredth of a degree or so here.
    let sine = tilt - tilt * tilt * tilt / 6
    let cosine = 1 - tilt * tilt / 2 + tilt * tilt * tilt * tilt / 24
    let rate = step * 100 * 131
    text +=
      "\(time),\(Int(-16384 * sine) + noise.next()),\(noise.next()),\(Int(16384 * cosine) + noise.next()),"
      + "\(noise.next()),\(Int(rate) + noise.next()),\(noise.next())\n"
  }
  return text
}

/// A few units, the same in every run.
private struct Noise {
  private var state: UInt64 = 7

  mutating func next() -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 60) - 8
  }
}
