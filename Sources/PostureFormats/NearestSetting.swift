// SPDX-License-Identifier: MIT

extension Setting {
  /// The name among all settings that takes the fewest edits to reach, where that is few.
  package static func nearest(to name: String) -> String? {
    let ranked = all.map { (name: $0.name, edits: editDistance(name, $0.name)) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }), best.edits <= 4 else { return nil }
    return best.name
  }
}

/// Levenshtein's distance: insertions, deletions and replacements of one byte each.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8.prefix(100)), Array(b.utf8))
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
