// SPDX-License-Identifier: MIT
import CLinux
import Glibc

/// Who is at the other end of a Unix socket: the user and the groups of the process that connected, as the kernel has
/// kept them since then (unix(7), SO_PEERCRED and SO_PEERGROUPS).
package struct PeerCredentials: Sendable, Equatable {
  /// More groups than a process may have (limits.h, NGROUPS_MAX) cannot be.
  private static let mostGroups = 65_536

  package let user: uid_t
  /// Its own first.
  package let groups: [gid_t]

  package init(user: uid_t, groups: [gid_t]) {
    self.user = user
    self.groups = groups
  }

  /// Of the socket behind a descriptor, which is only lent.
  package init(ofSocket descriptor: Int32) throws(SystemError) {
    var user: UInt32 = 0
    var own: UInt32 = 0
    let refusal = unsafe clinux_peer_user(descriptor, &user, &own)
    guard refusal == 0 else { throw SystemError(call: "ask who is at the socket", number: -refusal) }
    var others = [UInt32](repeating: 0, count: 32)
    while true {
      let count = unsafe clinux_peer_groups(descriptor, &others, Int32(others.count))
      if count == -ERANGE, others.count < Self.mostGroups {
        others = [UInt32](repeating: 0, count: others.count * 4)
        continue
      }
      guard count >= 0 else { throw SystemError(call: "ask for the groups at the socket", number: -count) }
      self.init(user: user, groups: [own] + others.prefix(Int(count)))
      return
    }
  }
}
