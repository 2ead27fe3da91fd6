// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

/// Whoever can open the socket may ask; changing something is for root, the daemon's own user and a group.
struct AccessTests {
  private static let changing: [Request] = [
    .calibrate(nil, isBending: false), .useReference(.car), .keepReference, .forgetReference(.car),
    .silence(.pause, nil), .silence(.snooze, 60), .resume, .mode(.tracking), .mark(.falseCue, nil), .forget(.all),
    .sessionSteps([]), .session(title: "t"), .stopSession,
    .calibrateSensor,
    .applySensorCalibration, .clearSensorCalibration,
  ]
  private static let asking: [Request] = [
    .version, .status, .settings, .watch(rate: 10), .events(after: 0, isFollowing: false), .samples, .stop, .metrics,
    .why(1), .save(60), .record(nil), .programme, .sensorCalibration,
    .sessionStatus(isFollowing: false),
  ]

  private let policy = AccessPolicy(owner: 500, group: .init(name: "changers", identifier: 77))

  private func peer(_ user: uid_t, _ groups: gid_t...) -> PeerCredentials {
    PeerCredentials(user: user, groups: groups)
  }

  @Test func everyWordIsOneOrTheOther() {
    let words = (Self.changing + Self.asking).map(\.word)
    #expect(Set(words) == Set(Request.words))
  }

  @Test(arguments: changing) func changingIsForThree(request: Request) {
    #expect(policy.refusal(of: request, from: peer(0, 0)) == nil)
    #expect(policy.refusal(of: request, from: peer(500, 500)) == nil)
    #expect(policy.refusal(of: request, from: peer(1000, 1000, 5, 77)) == nil)
    #expect(policy.refusal(of: request, from: peer(1000, 77)) == nil)
    let word = request.word
    let refusal = policy.refusal(of: request, from: peer(1000, 1000, 78, 500))
    #expect(refusal?.message == "\(word): not permitted: user 1000 may ask, but is not in the group changers")
    #expect(refusal?.code == "not-permitted")
    // Nobody knows who it is.
    #expect(policy.refusal(of: request, from: nil)?.code == "not-permitted")
    // Without a group.
    let alone = AccessPolicy(owner: 500).refusal(of: request, from: peer(1000, 1000))
    #expect(alone?.message == "\(word): not permitted: user 1000 may ask, but is not the daemon's own")
  }

  @Test(arguments: asking) func askingIsForEverybody(request: Request) {
    #expect(policy.refusal(of: request, from: peer(1000, 1000)) == nil)
    #expect(policy.refusal(of: request, from: nil) == nil)
  }

  /// By the kernel's word: this process at both ends.
  @Test func theKernelSaysWhoIsThere() throws {
    var ends: [Int32] = [0, 0]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    defer { for end in ends { close(end) } }
    let peer = try PeerCredentials(ofSocket: ends[0])
    #expect(peer.user == geteuid() && peer.groups.first == getegid())
    var groups = [gid_t](repeating: 0, count: 1024)
    let count = getgroups(1024, &groups)
    #expect(Set(peer.groups.dropFirst()) == Set(groups.prefix(Int(count))))
    #expect(throws: SystemError.self) { try PeerCredentials(ofSocket: -1) }
  }

  /// Who may only ask has a share of the clients, and some places are left for who may change things.
  @Test func aStrangerCannotTakeEveryPlace() async throws {
    try await ServerBench.run(access: AccessPolicy(owner: geteuid() + 1, superuser: geteuid() + 2)) { bench in
      var clients = try (0..<StatusServer.mostClientsOfOne).map { _ in try Client.greeted(bench.path) }
      let refused = try Client(bench.path)
      #expect(JSONLine.messageClass(of: try refused.line() ?? "") == "error")
      clients.removeLast()
      #expect(try await eventually { try clients[0].status().clients == StatusServer.mostClientsOfOne - 1 })
      withExtendedLifetime(try Client.greeted(bench.path)) {}
      withExtendedLifetime(clients) {}
    }
  }

  /// Over the real socket, to a daemon that belongs to another user.
  @Test func aStrangerMayAskAndChangesNothing() async throws {
    try await ServerBench.run(access: AccessPolicy(owner: geteuid() + 1, superuser: geteuid() + 2)) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      #expect(try client.status().clients == 1)
      for request in [
        "calibrate", "pause", "snooze", "resume", "calibrate-sensor", "apply-sensor-calibration",
        "clear-sensor-calibration", "keep-reference", "{\"class\":\"mode\",\"mode\":\"tracking\"}",
        "{\"class\":\"use-reference\",\"reference\":\"car\"}", "{\"class\":\"forget-reference\",\"reference\":\"car\"}",
        "{\"class\":\"mark\",\"word\":\"false-cue\"}", "{\"class\":\"forget\",\"all\":true}",
      ] {
        #expect(try client.ask(request, for: ErrorMessage.self).code == "not-permitted")
      }
      #expect(bench.command() == nil)
    }
  }
}
