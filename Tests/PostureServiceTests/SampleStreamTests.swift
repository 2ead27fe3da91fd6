// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct SampleStreamTests {
  private func frame(_ index: Int, lost: UInt64 = 0, missing: UInt32 = 0) -> Frame {
    var frame = Recorded.frames[index]
    frame.lost = lost
    frame.measurement.missing = missing
    return frame
  }

  @Test func aSampleIsWhatThePipelineTook() throws {
    var stream = SampleStream(lost: 0)
    #expect(stream.take() == nil)
    #expect(stream.append(frame(0)) == nil && stream.append(frame(1)) == nil)
    let taken = stream.take()
    let batch = try #require(taken)
    let measurement = Recorded.frames[1].measurement
    let (sample, raw) = (measurement.sample, try #require(measurement.raw))
    #expect(batch.time_us == [Recorded.frames[0].time, Recorded.frames[1].time])
    for (told, exact) in zip(
      batch.acceleration_m_s2[1] + batch.angular_velocity_rad_s[1],
      [
        sample.acceleration.x, sample.acceleration.y, sample.acceleration.z, sample.angularVelocity.x,
        sample.angularVelocity.y, sample.angularVelocity.z,
      ])
    {
      #expect((told - exact).magnitude <= 0.5e-6)
    }
    #expect(batch.raw?[1] == [raw.ax, raw.ay, raw.az, raw.gx, raw.gy, raw.gz])
    #expect(batch.missing == 0 && batch.lost == 0 && stream.take() == nil)
  }

  @Test func aCalibrationIsAppliedToSIUnitsAlone() throws {
    var changed = frame(0)
    let calibration = AccelerometerCalibration(
      offset: .init(100_000, 0, 0), scale: .init(0, 0, 10_000))
    changed.accelerometer = try #require(calibration)
    var stream = SampleStream(lost: 0)
    _ = (stream.append(frame(0)), stream.append(changed))
    let taken = stream.take()
    let batch = try #require(taken)
    let (plain, corrected) = (batch.acceleration_m_s2[0], batch.acceleration_m_s2[1])
    #expect((plain[0] - corrected[0] - 0.980665).magnitude < 2e-6 && plain[1] == corrected[1])
    #expect((corrected[2] - plain[2] * 1.01).magnitude < 2e-6)
    #expect(batch.raw?[0] == batch.raw?[1])
  }

  @Test func aBatchIsBounded() {
    var stream = SampleStream(lost: 0)
    let batches = (0..<300).compactMap { stream.append(frame($0)) }
    #expect(batches.map(\.time_us.count) == [128, 128] && stream.take()?.time_us.count == 44)
  }

  @Test func missingAndLostAreCountedOnce() {
    var stream = SampleStream(lost: 3)
    _ = stream.append(frame(0, lost: 3, missing: 2))
    _ = stream.append(frame(1, lost: 5, missing: 1))
    var batch = stream.take()
    #expect(batch?.missing == 3 && batch?.lost == 2)
    _ = stream.append(frame(2, lost: 6))
    batch = stream.take()
    #expect(batch?.missing == 0 && batch?.lost == 1)
  }

  /// The lists of a message are equally long.
  @Test func samplesWithAndWithoutIntegersDoNotMix() {
    var stream = SampleStream(lost: 0)
    var bare = frame(1)
    bare.measurement.raw = nil
    #expect(stream.append(frame(0)) == nil)
    #expect(stream.append(bare)?.raw?.count == 1)
    let batch = stream.take()
    #expect(batch?.raw == nil && batch?.time_us.count == 1)
  }
}
