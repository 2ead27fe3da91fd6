// SPDX-License-Identifier: MIT
import Glibc

/// How many descriptors the process may have open at once (getrlimit(2), RLIMIT_NOFILE).
package enum DescriptorLimit {
  private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

  /// Raises it to so many where it is lower, as far as the process may.
  /// - Returns: what it is then.
  package static func raise(to wanted: Int) throws(SystemError) -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { throw .last("ask for the limit of descriptors") }
    guard limit.rlim_cur < wanted else { return Int(clamping: limit.rlim_cur) }
    limit.rlim_cur = min(rlim_t(wanted), limit.rlim_max)
    guard unsafe setrlimit(resource, &limit) == 0 else { throw .last("raise the limit of descriptors") }
    return Int(clamping: limit.rlim_cur)
  }
}
