// SPDX-License-Identifier: MIT
import PostureFormats

/// Settings by what one run of a recording can serve.
///
/// Those of a group overrule the same of what is known of the wearer, by the same values: whatever a trace sets on its
/// way, it sets for all of them or for none. Parameters that are equal at a trace's beginning would not do. Kept are a
/// number for each set of settings and one key for each group, whatever the number of recordings.
struct TuningGroups {
  /// The varied settings that change what is known.
  private let keys: Set<String>
  private var numbers: [[String: String]: Int] = [:]
  /// Of each group, in the order they were added.
  private(set) var members: [[Int]] = []
  private var count = 0

  init(_ combinations: [[TraceSetting]]) {
    var keys: Set<String> = []
    for combination in combinations {
      for setting in combination where !keys.contains(setting.key) && setting.changesWhatIsKnown {
        keys.insert(setting.key)
      }
    }
    self.keys = keys
  }

  /// The next set of settings, all that overrule the trace's.
  mutating func add(_ settings: [TraceSetting]) {
    var overruled: [String: String] = [:]
    for setting in settings where keys.contains(setting.key) { overruled[setting.key] = setting.value }
    if let number = numbers[overruled] {
      members[number].append(count)
    } else {
      numbers[overruled] = members.count
      members.append([count])
    }
    count += 1
  }
}
