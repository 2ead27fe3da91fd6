// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import Synchronization

/// Greets one client as the daemon does, takes one request, says what a test wants said, and hangs up.
final class FalseDaemon: Sendable {
  private let listening: Int32
  private let taken = Mutex("")

  /// The line that the client sent, once it has been answered.
  var request: String { taken.withLock { $0 } }

  init(_ path: String, says answer: String) throws {
    listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafeBytes(of: address) {
      bind(listening, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    guard result == 0, listen(listening, 1) == 0 else { throw Failure("cannot listen on \(path)") }
    Thread { [self] in serve(answer) }.start()
  }

  deinit { close(listening) }

  private func serve(_ answer: String) {
    let client = accept(listening, nil, nil)
    guard client >= 0 else { return }
    defer { close(client) }
    say(JSONLine.encode(VersionMessage()) + "\n", to: client)
    var line: [UInt8] = []
    while line.last != UInt8(ascii: "\n") {
      var byte: UInt8 = 0
      guard read(client, &byte, 1) == 1 else { return }
      line.append(byte)
    }
    taken.withLock { $0 = String(decoding: line, as: UTF8.self) }
    say(answer, to: client)
  }

  private func say(_ text: String, to client: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { write(client, $0.baseAddress, $0.count) }
  }
}
