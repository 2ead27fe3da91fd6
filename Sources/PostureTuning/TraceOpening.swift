// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// What must be known of a trace before its first sample can be judged.
package struct TraceOpening: Sendable, Equatable {
  /// Those of its header.
  package let settings: [TraceSetting]
  /// Its rows are a chip's own integers.
  package let isRaw: Bool

  package init(settings: [TraceSetting] = [], isRaw: Bool = true) {
    self.settings = settings
    self.isRaw = isRaw
  }

  /// Looks into a recording as far as its first row.
  ///
  /// - Parameter next: its bytes, piece by piece; at the end none.
  package init(source: String, next: () throws -> [UInt8]) throws {
    var reader = TraceReader(source: source)
    var isRaw: Bool?
    while isRaw == nil {
      let piece = try next()
      guard !piece.isEmpty else {
        try reader.finish { isRaw = $0.raw != nil }
        break
      }
      do throws(InputError) {
        try reader.read(piece.span) { isRaw = isRaw ?? ($0.raw != nil) }
      } catch {
        // Told of when it is read as a whole, unless it has no beginning.
        if isRaw == nil { throw error }
      }
    }
    settings = reader.header?.settings ?? []
    self.isRaw = isRaw ?? true
  }
}
