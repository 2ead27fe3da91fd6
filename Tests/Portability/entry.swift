// SPDX-License-Identifier: MIT
// The core behind three C functions, for a program that has no Swift library: the checksum is ReplaySummary's. Compiled
// as a file of the module PostureCore.

nonisolated(unsafe) private var pipeline = PosturePipeline()
nonisolated(unsafe) private var scale = SensorScale(acceleration: 1, angularVelocity: 1)
nonisolated(unsafe) private var checksum: UInt64 = 0xcbf2_9ce4_8422_2325

/// LSB per g and LSB per deg/s.
@_cdecl("posture_scale")
func setScale(_ acceleration: Double, _ angularVelocity: Double) {
  scale = SensorScale(acceleration: acceleration, angularVelocity: angularVelocity)
}

@_cdecl("posture_feed")
func feed(_ time: Int64, _ ax: Int16, _ ay: Int16, _ az: Int16, _ gx: Int16, _ gy: Int16, _ gz: Int16) {
  let raw = RawSample(time: Timestamp(microseconds: time), ax: ax, ay: ay, az: az, gx: gx, gy: gy, gz: gz)
  let up = pipeline.process(scale.sample(from: raw))?.up
  include(up?.x)
  include(up?.y)
  include(up?.z)
}

private func include(_ component: Double?) {
  var bits = component?.bitPattern ?? 0
  for _ in 0..<8 {
    checksum = (checksum ^ (bits & 0xFF)) &* 0x100_0000_01b3
    bits >>= 8
  }
}

@_cdecl("posture_checksum")
func result() -> UInt64 { checksum }
