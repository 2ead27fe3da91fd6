// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Synchronization
import Testing

@testable import PostureService

/// What clients ask of the sampling thread, beside calibrations.
struct HubCommandTests {
  @Test(
    arguments: [
      ("pause", "pause", 1800, .silence(.pause, for: .seconds(1800))),
      ("snooze", "snooze", 600, .silence(.snooze, for: .seconds(600))),
      (#"{"class":"snooze","for_s":90}"#, "snooze", 90, .silence(.snooze, for: .seconds(90))),
      (#"{"class":"pause","for_s":1.5}"#, "pause", 1.5, .silence(.pause, for: .milliseconds(1500))),
      ("resume", "resume", nil, .resume),
      (#"{"class":"mode","mode":"tracking"}"#, "mode", nil, .setMode(.tracking)),
      (#"{"class":"mode","mode":"training"}"#, "mode", nil, .setMode(.training)),
      (#"{"class":"use-reference","reference":"car"}"#, "use-reference", nil, .useReference(.car)),
      ("keep-reference", "keep-reference", nil, .keepReference),
      (#"{"class":"forget-reference","reference":"standing"}"#, "forget-reference", nil, .setReference(.standing, nil)),
    ] as [(String, String, Double?, Command)])
  func aRequestIsDoneAndBecomesACommand(request: String, name: String, length: Double?, command: Command) async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      #expect(try client.ask(request, for: DoneMessage.self) == DoneMessage(request: name, for_s: length))
      #expect(bench.command() == command)
      #expect(bench.command() == nil)
      // Nobody could tell when it would be performed.
      bench.publish(.sensorState(.lost))
      #expect(try client.ask(request, for: ErrorMessage.self).message == "\(name): the sensor is lost")
      #expect(bench.command() == nil)
    }
  }

  @Test func moreThanTheSamplingThreadTakesAreRefused() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      for _ in 0..<24 { #expect(JSONLine.messageClass(of: try client.ask("snooze")) == "done") }
      #expect(try client.ask("resume", for: ErrorMessage.self).message == "request: too many commands at once")
    }
  }

  /// A frame of now under which there is a silence, or none.
  private func frame(_ silence: Silence?, _ number: Int = 0) -> Frame {
    var frame = Recorded.frames[3000 + number]
    frame.circumstances.silence = silence
    return frame
  }

  private let pause = Command.silence(.pause, for: SensorCalibrator.patience)

  @Test func turningTheSensorAboutPausesAndAfterwardsResumes() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      bench.publish([frame(nil)])
      let other = try Client.greeted(bench.path)
      do {
        let client = try Client.greeted(bench.path)
        #expect(JSONLine.messageClass(of: try client.ask("calibrate-sensor")) == "calibrate-sensor")
        #expect(bench.command() == pause)
        bench.publish([frame(.pause, 1)])
        // To begin anew is no second pause.
        client.send("calibrate-sensor\n")
        // After what is told of the first pose.
        while JSONLine.messageClass(of: try #require(try client.line())) != "calibrate-sensor" {}
        #expect(try other.status().silence == "pause")
        #expect(bench.command() == nil)
      }
      let isResumed = try await eventually { bench.command() == .resume }
      #expect(isResumed)
      bench.publish([frame(nil, 2)])
      #expect(try other.status().clients == 1)
      #expect(bench.command() == nil)
    }
  }

  /// What the wearer has asked for before goes on after it.
  @Test(arguments: [Silence.pause, .snooze]) func aSilenceOfTheWearersOwnStays(silence: Silence) async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      bench.publish([frame(silence)])
      let other = try Client.greeted(bench.path)
      do {
        let client = try Client.greeted(bench.path)
        #expect(JSONLine.messageClass(of: try client.ask("calibrate-sensor")) == "calibrate-sensor")
      }
      #expect(try await eventually { try other.status().clients == 1 })
      _ = try other.status()
      #expect(bench.command() == nil)
    }
  }

  /// And so does what the wearer asks for meanwhile.
  @Test func aSilenceThatIsAskedForMeanwhileStays() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      bench.publish([frame(nil)])
      let other = try Client.greeted(bench.path)
      do {
        let client = try Client.greeted(bench.path)
        #expect(JSONLine.messageClass(of: try client.ask("calibrate-sensor")) == "calibrate-sensor")
        #expect(bench.command() == pause)
        #expect(JSONLine.messageClass(of: try other.ask("pause")) == "done")
        #expect(bench.command() == .silence(.pause, for: .seconds(1800)))
      }
      #expect(try await eventually { try other.status().clients == 1 })
      try await Task.sleep(for: .milliseconds(20))
      #expect(bench.command() == nil)
    }
  }
}
