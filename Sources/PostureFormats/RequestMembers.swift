// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import FoundationEssentials

/// The members of a request that is a JSON object.
struct RequestMembers: Decodable {
  var `class`: String?
  var rate_hz: Double?
  var reference: String?
  var bending: Bool?
  var number: Double?
  var for_s: Double?
  var mode: String?
  var word: String?
  var last_s: Double?
  var fields: [String]?
  var events: Bool?
  var since: Double?
  var follow: Bool?
  var before_s: Double?
  var all: Bool?
  var title: String?
  var steps: [SessionStepMember]?
  /// The first one that is none of ours.
  private var unknown: String?

  /// Beside the class: the requests that take it.
  private static let takers = [
    "rate_hz": ["watch"], "reference": ["calibrate", "use-reference", "forget-reference"], "bending": ["calibrate"],
    "number": ["why"], "for_s": ["pause", "snooze", "record"], "mode": ["mode"], "word": ["mark"],
    "last_s": ["mark", "save", "forget"], "before_s": ["forget"], "all": ["forget"],
    "fields": ["watch"],
    "events": ["watch"], "since": ["events"], "follow": ["events", "session-status"],
    "title": ["session"], "steps": ["session-steps"],
  ]

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// None.
  init() {}

  init(_ line: String) throws(InputError) {
    do {
      self = try JSONDecoder().decode(RequestMembers.self, from: Data(line.utf8))
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      let key = context.codingPath.first?.stringValue ?? "request"
      throw Request.error("a value of another type", Self.type(of: key), key: key)
    } catch {
      throw Request.error(InputError.quote(line), "one JSON object on one line", key: "request")
    }
    if let unknown {
      let names = (["class"] + Self.takers.keys.sorted()).joined(separator: ", ")
      throw Request.error(InputError.quote(unknown), "the members \(names)", key: "request")
    }
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Name.self)
    for name in members.allKeys {
      switch name.stringValue {
      case "class": `class` = try members.decode(String.self, forKey: name)
      case "rate_hz": rate_hz = try members.decode(Double.self, forKey: name)
      case "reference": reference = try members.decode(String.self, forKey: name)
      case "bending": bending = try members.decode(Bool.self, forKey: name)
      case "number": number = try members.decode(Double.self, forKey: name)
      case "for_s": for_s = try members.decode(Double.self, forKey: name)
      case "mode": mode = try members.decode(String.self, forKey: name)
      case "word": word = try members.decode(String.self, forKey: name)
      case "last_s": last_s = try members.decode(Double.self, forKey: name)
      case "fields": fields = try members.decode([String].self, forKey: name)
      case "events": events = try members.decode(Bool.self, forKey: name)
      case "since": since = try members.decode(Double.self, forKey: name)
      case "follow": follow = try members.decode(Bool.self, forKey: name)
      case "before_s": before_s = try members.decode(Double.self, forKey: name)
      case "all": all = try members.decode(Bool.self, forKey: name)
      case "title": title = try members.decode(String.self, forKey: name)
      case "steps": steps = try members.decode([SessionStepMember].self, forKey: name)
      default: unknown = min(unknown ?? name.stringValue, name.stringValue)
      }
    }
  }

  /// Throws where a member is there that this request does not take.
  func check(for request: String) throws(InputError) {
    let given = [
      ("rate_hz", rate_hz != nil), ("reference", reference != nil), ("bending", bending != nil),
      ("word", word != nil), ("number", number != nil), ("for_s", for_s != nil), ("mode", mode != nil),
      ("last_s", last_s != nil),
      ("fields", fields != nil), ("events", events != nil), ("since", since != nil), ("follow", follow != nil),
      ("before_s", before_s != nil), ("all", all != nil),
      ("title", title != nil), ("steps", steps != nil),
    ]
    for (name, isGiven) in given where isGiven {
      let takers = Self.takers[name] ?? []
      guard takers.contains(request) else {
        throw Request.error(
          "it in '\(request)'", "it only in " + takers.map { "'\($0)'" }.joined(separator: ", "), key: name)
      }
    }
  }

  private static func type(of key: String) -> String {
    switch key {
    case "class", "reference", "mode", "word", "title": "a string"
    case "bending", "events", "follow", "all": "true or false"
    case "fields": "a list of strings"
    case "steps": "a list of objects with for_s, words, and where there are some cue and check"
    default: "a number"
    }
  }
}
