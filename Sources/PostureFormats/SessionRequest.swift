// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore
import PosturePacing

/// A step of a session as a request has it.
struct SessionStepMember: Decodable {
  var for_s: Double?
  var cue: String?
  var check: String?
  var words: String?
  /// Another name than these.
  private(set) var unknown: String?

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Name.self)
    for name in members.allKeys {
      switch name.stringValue {
      case "for_s": for_s = try members.decode(Double.self, forKey: name)
      case "cue": cue = try members.decode(String.self, forKey: name)
      case "check": check = try members.decode(String.self, forKey: name)
      case "words": words = try members.decode(String.self, forKey: name)
      default: unknown = min(unknown ?? name.stringValue, name.stringValue)
      }
    }
  }
}

extension Request {
  /// In one request: what its length lets through.
  static func steps(_ members: RequestMembers) throws(InputError) -> [SessionStep] {
    guard let steps = members.steps, !steps.isEmpty else {
      throw error("none", "steps of a session", key: "steps")
    }
    var result: [SessionStep] = []
    for (index, step) in steps.enumerated() { result.append(try self.step(step, number: index + 1)) }
    return result
  }

  static func title(_ members: RequestMembers) throws(InputError) -> String {
    guard let title = members.title else { throw error("none", "the title of the session", key: "title") }
    do throws(SessionFault) { try SessionPlan.check(title: title) } catch {
      throw self.error(error.found, error.expected, key: "title")
    }
    return title
  }

  private static func step(_ member: SessionStepMember, number: Int) throws(InputError) -> SessionStep {
    func error(_ found: String, _ expected: String) -> InputError {
      self.error("step \(number), \(found)", expected, key: "steps")
    }
    if let unknown = member.unknown { throw error(InputError.quote(unknown), "for_s, cue, check and words") }
    // Beyond a day the number might be none that an interval can hold.
    guard let seconds = member.for_s, (0...86_400).contains(seconds) else {
      throw error(member.for_s.map { "for_s \($0)" } ?? "no for_s", SessionStep.expectedLength)
    }
    let cue = member.cue.flatMap { Cue.Kind(name: $0) }
    guard member.cue == nil || cue.map(SessionStep.cues.contains) == true else {
      throw error("cue \(InputError.quote(member.cue ?? ""))", SessionStep.cues.map(\.name).joined(separator: ", "))
    }
    let check = member.check.flatMap { SessionStep.Check(rawValue: $0) }
    guard member.check == nil || check != nil else {
      throw error("check \(InputError.quote(member.check ?? ""))", "still or moving")
    }
    do throws(SessionFault) {
      return try SessionStep(.seconds(seconds), cue: cue, check: check, words: member.words ?? "")
    } catch let fault { throw error(fault.found, fault.expected) }
  }
}

extension SessionPlan {
  /// The requests that bring it to the daemon, each within the longest line.
  package var requests: [String] {
    var requests: [String] = []
    var steps: [SessionStepMessage.Step] = []
    func request(_ steps: [SessionStepMessage.Step]) -> String { JSONLine.encode(SessionStepsRequest(steps: steps)) }
    for step in self.steps {
      let next = SessionStepMessage.Step(step)
      if !steps.isEmpty, request(steps + [next]).utf8.count > Request.longest {
        requests.append(request(steps))
        steps = []
      }
      steps.append(next)
    }
    return requests + [request(steps), JSONLine.encode(SessionRequest(title: title))]
  }
}

private struct SessionStepsRequest: Message {
  static let messageClass = "session-steps"
  var steps: [SessionStepMessage.Step]
}

private struct SessionRequest: Message {
  static let messageClass = "session"
  var title: String
}
