// SPDX-License-Identifier: MIT
import FoundationEssentials

/// One message of the socket protocol: a JSON object whose first member names its class.
package protocol Message: Codable, Sendable {
  static var messageClass: String { get }
}

/// Messages as lines of JSON. A missing value is a missing member, never null.
package enum JSONLine {
  /// The object on one line without the newline: `class` first, the other members in the order of the alphabet.
  package static func encode(_ message: some Message) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let members = String(decoding: try encoder.encode(message).dropFirst(), as: UTF8.self)
      return "{\"class\":\"\(type(of: message).messageClass)\"" + (members == "}" ? "" : ",") + members
    } catch {
      preconditionFailure("a message holds only what JSON can hold: \(error)")
    }
  }

  /// The class of a line, or nil where it is no object with one.
  package static func messageClass(of line: String) -> String? { decodeAny(Classed.self, from: line)?.class }

  /// The message in a line of its class, or nil where it is something else.
  package static func decode<M: Message>(_ type: M.Type, from line: String) -> M? {
    messageClass(of: line) == M.messageClass ? decodeAny(type, from: line) : nil
  }

  private struct Classed: Decodable { var `class`: String }

  /// Nil stands for every way in which a line may be something else.
  private static func decodeAny<D: Decodable>(_ type: D.Type, from line: String) -> D? {
    do { return try JSONDecoder().decode(type, from: Data(line.utf8)) } catch { return nil }
  }
}

extension Double {
  /// Rounded to so many decimal places, for messages.
  package func rounded(places: Int) -> Double {
    let scale = places == 0 ? 1.0 : places == 1 ? 10 : places == 2 ? 100 : places == 3 ? 1000 : 1e6
    // Adding zero turns -0 into 0.
    return (self * scale).rounded() / scale + 0
  }
}

/// A file of JSON, for programs that read it as a whole and people who look into it.
package enum JSONDocument {
  /// Indented, the members in the order of the alphabet; a missing value is a missing member.
  package static func encode(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n" } catch {
      preconditionFailure("a document holds only what JSON can hold: \(error)")
    }
  }
}
