// SPDX-License-Identifier: MIT
import PostureCore

/// The stages of the pipeline apart, and the whole, for timing.
enum PipelineStages {
  static let all: [(name: String, run: @Sendable ([RawSample]) -> Double)] = [
    ("scale", scale), ("monitor", monitor), ("filter", filter), ("context", context), ("tilt", tilt),
    ("detector", detector), ("estimator", estimator), ("pipeline", pipeline),
  ]

  private static let sensorScale = SensorScale(acceleration: 8192, angularVelocity: 65.5)
  private static let upright = Direction(0, 0, 1)

  private static func scale(_ raws: [RawSample]) -> Double {
    var sum = 0.0
    for raw in raws { sum += sensorScale.sample(from: raw).acceleration.x }
    return sum
  }

  private static func monitor(_ raws: [RawSample]) -> Double {
    var monitor = SampleMonitor()
    var findings = 0.0
    for raw in raws {
      let sample = sensorScale.sample(from: raw)
      if monitor.accepts(sample), monitor.update(sample) != nil { findings += 1 }
    }
    return findings
  }

  private static func filter(_ raws: [RawSample]) -> Double {
    var filter = TiltFilter()
    var sum = 0.0
    for raw in raws { sum += filter.update(sensorScale.sample(from: raw))?.x ?? 0 }
    return sum
  }

  private static func context(_ raws: [RawSample]) -> Double {
    var detector = ContextDetector()
    var moving = 0.0
    for raw in raws where detector.update(sensorScale.sample(from: raw)) != .still { moving += 1 }
    return moving
  }

  private static func tilt(_ raws: [RawSample]) -> Double {
    guard let reference = ReferencePosture(up: upright, forwardAxis: .plusX) else { return 0 }
    var sum = 0.0
    for raw in raws {
      let a = sensorScale.sample(from: raw).acceleration
      sum += reference.tilt(of: Direction(a.x, a.y, a.z)).flexion.radians
    }
    return sum
  }

  private static func detector(_ raws: [RawSample]) -> Double {
    var detector = DeviationDetector()
    var decisions = 0.0
    for raw in raws {
      let angle = Angle(radians: Double(raw.ax) / 8192)
      let tilt = Tilt(flexion: angle, lateral: .zero, total: angle.magnitude)
      if detector.update(tilt, .still, at: raw.time) != nil { decisions += 1 }
    }
    return decisions
  }

  /// The first of the pipeline's stages, which is monitor and filter.
  private static func estimator(_ raws: [RawSample]) -> Double {
    var estimator = UpEstimator(PosturePipeline.Parameters().upEstimator)
    var sum = 0.0
    var estimate = UpEstimate()
    for raw in raws where estimator.update(sensorScale.sample(from: raw), into: &estimate) {
      sum += estimate.up?.x ?? 0
    }
    return sum
  }

  private static func pipeline(_ raws: [RawSample]) -> Double {
    var pipeline = PosturePipeline()
    var sum = 0.0
    var output = PosturePipeline.Output()
    for raw in raws where pipeline.process(sensorScale.sample(from: raw), into: &output) {
      sum += output.tilt?.total.radians ?? 0
    }
    return sum
  }
}
