// SPDX-License-Identifier: MIT
import ServiceLifecycle
import UnixSignals

/// Reads the settings anew at every SIGHUP.
package struct ReloadService: Service {
  private let hub: Hub
  private let hangups: UnixSignalsSequence

  /// One that comes from now on is heard, though it is followed only once the service runs.
  package init(_ hub: Hub) async {
    self.hub = hub
    hangups = await UnixSignalsSequence(trapping: .sighup)
  }

  package func run() async throws {
    for await _ in hangups.cancelOnGracefulShutdown() { await hub.reload() }
  }
}
