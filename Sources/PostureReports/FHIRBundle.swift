// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory

/// A report as HL7 FHIR R4 has it: a collection of observations, one a day (hl7.org/fhir/R4, pages Bundle and
/// Observation).
///
/// No standard code means what is measured here, so the codes are this project's own, in a code system that is named by
/// a UUID; units are UCUM's. Nobody is named: whoever imports it says whom it is about.
package struct FHIRBundle: Codable, Sendable, Equatable {
  /// Of the code system; made once, and never for another (RFC 9562).
  package static let system = "urn:uuid:8d5c4a66-3b0e-4f0b-9a54-6f2f0c1f7e21"
  private static let categories = "http://terminology.hl7.org/CodeSystem/observation-category"
  private static let absences = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
  private static let units = "http://unitsofmeasure.org"

  struct Coding: Codable, Sendable, Equatable {
    var system: String
    var code: String
    var display: String?
  }

  struct Concept: Codable, Sendable, Equatable {
    var coding: [Coding]
    var text: String?
  }

  struct Quantity: Codable, Sendable, Equatable {
    var value: Double
    var unit: String
    var system = FHIRBundle.units
    var code: String
  }

  struct Component: Codable, Sendable, Equatable {
    var code: Concept
    var valueQuantity: Quantity
  }

  struct Note: Codable, Sendable, Equatable { var text: String }
  struct Device: Codable, Sendable, Equatable { var display: String }

  struct Observation: Codable, Sendable, Equatable {
    var resourceType = "Observation"
    var status: String
    var category: [Concept]
    var code: Concept
    /// The day, without a time: it is that of the wearer's place.
    var effectiveDateTime: String
    var dataAbsentReason: Concept?
    var note: [Note]?
    var device: Device
    var component: [Component]?
  }

  struct Entry: Codable, Sendable, Equatable { var resource: Observation }

  var resourceType = "Bundle"
  var type = "collection"
  var entry: [Entry]

  init(_ report: Report) {
    entry = report.history.days.map { Entry(resource: Self.observation($0, report)) }
  }

  private static func concept(_ code: String, _ text: String) -> Concept {
    Concept(coding: [Coding(system: system, code: code, display: text)], text: text)
  }

  private static func observation(_ day: History.Day, _ report: Report) -> Observation {
    let totals = day.totals
    var notes: [Note] = []
    if day.isUnconfirmed { notes.append(Note(text: "Dated by a clock that nothing confirmed.")) }
    if report.quality.isSimulated { notes.append(Note(text: "Simulated: of no person.")) }
    if report.quality.isReplayed { notes.append(Note(text: "Of recordings that were played again.")) }
    let isKnown = totals.contexts.worn > 0
    return Observation(
      // The day on which it is made may not be over.
      status: day.date < report.made ? "final" : "preliminary",
      category: [Concept(coding: [Coding(system: categories, code: "activity", display: "Activity")])],
      code: concept("posture-day", "Posture over a day"), effectiveDateTime: day.date.text,
      dataAbsentReason: isKnown
        ? nil
        : Concept(
          coding: [
            day.knownMinutes > 0
              ? Coding(system: absences, code: "not-performed", display: "Not Performed")
              : Coding(system: absences, code: "unknown", display: "Unknown")
          ]),
      note: notes.isEmpty ? nil : notes, device: Device(display: "postured, \(report.device)"),
      component: isKnown ? components(totals) : nil)
  }

  private static func components(_ totals: Totals) -> [Component] {
    func seconds(_ code: String, _ text: String, _ tenths: Int) -> Component {
      Component(code: concept(code, text), valueQuantity: Quantity(value: Double(tenths) / 10, unit: "s", code: "s"))
    }
    func count(_ code: String, _ text: String, _ number: Int) -> Component {
      Component(
        code: concept(code, text), valueQuantity: Quantity(value: Double(number), unit: "1", code: "1"))
    }
    var components = [
      seconds("worn", "Worn time", totals.contexts.worn),
      seconds("judged", "Time in which posture was judged", totals.postures.judged),
      seconds("upright", "Upright time", totals.postures.upright),
      seconds("forward", "Time beyond the limit forward", totals.postures.forward),
      seconds("backward", "Time beyond the limit backward", totals.postures.backward),
      seconds("left", "Time beyond the limit to the left", totals.postures.left),
      seconds("right", "Time beyond the limit to the right", totals.postures.right),
      count("cues", "Vibration cues given", totals.cues),
      count("corrected", "Cues after which the wearer came upright", totals.corrected),
    ]
    if let share = totals.uprightShare {
      components.append(
        Component(
          code: concept("upright-share", "Upright share of judged time"),
          valueQuantity: Quantity(value: (share * 100).rounded(places: 2), unit: "%", code: "%")))
    }
    if let median = totals.medianResponse {
      components.append(
        Component(
          code: concept("median-response", "Median time from cue to correction"),
          valueQuantity: Quantity(value: median.rounded(places: 1), unit: "s", code: "s")))
    }
    return components
  }
}

extension Report {
  package var fhir: String { JSONDocument.encode(FHIRBundle(self)) }
}
