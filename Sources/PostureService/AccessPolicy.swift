// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureFormats

/// Who may do what. Whoever can open the socket may ask, which its file's group and mode decide; changing something is
/// for root, for the daemon's own user, and for the members of a group.
package struct AccessPolicy: Sendable {
  /// Its name and its number.
  package struct Group: Sendable, Equatable {
    package var name: String
    package var identifier: gid_t

    package init(name: String, identifier: gid_t) {
      self.name = name
      self.identifier = identifier
    }
  }

  private let superuser: uid_t
  private let owner: uid_t
  private let group: Group?

  /// - Parameter superuser: who may do everything; a test that root runs wants to be nobody.
  package init(owner: uid_t = geteuid(), group: Group? = nil, superuser: uid_t = 0) {
    self.superuser = superuser
    self.owner = owner
    self.group = group
  }

  /// - Parameter peer: nil where it is not known, which is a reason to refuse.
  func mayChange(_ peer: PeerCredentials?) -> Bool {
    guard let peer else { return false }
    return peer.user == superuser || peer.user == owner || group.map { peer.groups.contains($0.identifier) } ?? false
  }

  /// Why a request is refused; nil where it is not.
  func refusal(of request: Request, from peer: PeerCredentials?) -> ErrorMessage? {
    guard request.changesSomething, !mayChange(peer) else { return nil }
    let who = peer.map { "user \($0.user)" } ?? "who asks"
    let members = group.map { "is not in the group \($0.name)" } ?? "is not the daemon's own"
    return ErrorMessage(
      "\(request.word): not permitted: \(who) may ask, but \(members)", code: ErrorMessage.notPermitted)
  }
}
