// SPDX-License-Identifier: MIT
import ServiceLifecycle
import UnixSignals

/// Reads the settings anew at every SIGHUP.
package struct ReloadService: Service {
  private let hub: Hub

  package init(_ hub: Hub) { self.hub = hub }

  package func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { await hub.reload() }
  }
}
