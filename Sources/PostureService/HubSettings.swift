// SPDX-License-Identifier: MIT
import Logging
import PostureCore
import PostureFormats
import PosturePacing

/// The hub's settings, read anew while it runs.
extension Hub {
  /// All or nothing: settings with a mistake change nothing, and every mistake is said. What can be exchanged between two
  /// samples holds from the next one on; of the rest it is said that it needs a restart.
  package func reload() {
    guard let readSettings else { return logger.warning("settings: there are none to be read again") }
    let new: Settings
    do { new = try readSettings() } catch {
      for line in "\(error)".split(separator: "\n") { logger.error("settings: \(line)") }
      return logger.error("settings: not changed, because of what is wrong with them")
    }
    let change = settings.adopt(new)
    state.configure(settings.configuration)
    configure(settings.configuration)
    breaks.configure(settings.configuration.breaks)
    archive.configure(settings.configuration.recording, logger)
    history.keep(days: settings.configuration.history.days)
    let hadProgramme = programme.settings.isEnabled
    programme.configure(settings.configuration.programme)
    if hadProgramme, !programme.settings.isEnabled {
      endProgramme()
      setUsualMode()
    }
    if keepsHours {
      let hours = settings.configuration.cues
      // Without training hours the mode is that of the settings again, and not what the hours left behind.
      if schedule.hours.trainingHours != nil, hours.trainingHours == nil {
        setUsualMode()
      }
      schedule.hours = hours
    }
    for line in change.live { logger.notice("settings: \(line)") }
    for line in change.waiting { logger.warning("settings: \(line) needs a restart") }
    logger.notice("settings: read again, \(change.live.isEmpty ? "nothing" : "\(change.live.count)") changed")
    pump()
  }

  /// Nothing else sets one any more.
  private func setUsualMode() {
    if !pass(.setMode(settings.configuration.pipeline.gate.mode)) {
      logger.warning("settings: too many commands at once")
    }
  }
}
