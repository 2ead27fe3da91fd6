// SPDX-License-Identifier: MIT
import Glibc

/// The groups of the system, by name.
package enum SystemGroups {
  /// A group with thousands of members fits; a larger one is refused with ERANGE.
  private static let largestEntry = 1 << 20

  /// The number of a group; nil where no group has that name.
  package static func identifier(of name: String) throws(SystemError) -> gid_t? {
    var size = 1 << 10
    while true {
      var entry = unsafe group()
      var found: UnsafeMutablePointer<group>?
      var buffer = [CChar](repeating: 0, count: size)
      let number = unsafe getgrnam_r(name, &entry, &buffer, size, &found)
      switch number {
      case 0: return unsafe found == nil ? nil : entry.gr_gid
      // What the databases behind it say of a name that they do not know (getgrnam(3)).
      case ENOENT, ESRCH: return nil
      case EINTR: continue
      case ERANGE where size < largestEntry: size *= 4
      default: throw SystemError(call: "look up group \(name)", number: number)
      }
    }
  }
}
