// SPDX-License-Identifier: MIT
import Logging
import NIOCore
import PostureCore
import PostureFormats

/// What the hub keeps over days and weeks.
extension Hub {
  /// Where time is simulated, the file's thread sets the pace.
  var mustWait: Bool { isHurried && history.isBehind }

  /// - Parameter isJudgedAnew: by other settings than the sample before.
  func remember(_ frame: Frame, isJudgedAnew: Bool) {
    history.take(
      frame, sensor: state.sensor, limits: state.facts.detector.limits, settings: settings.decisive(frame.judgement),
      haveChanged: isJudgedAnew, logger)
  }

  /// Forgets a part of the history, and answers when it is gone.
  func forget(_ forgotten: Request.Forgotten, for channel: any Channel) {
    let logger = logger
    history.forget(forgotten) { failure in
      if let failure {
        logger.warning("history: not forgotten: \(failure)")
      } else {
        logger.notice("history: forgotten, as was asked for")
      }
      let answer =
        failure.map { JSONLine.encode(ErrorMessage("forget: \($0)")) }
        ?? JSONLine.encode(DoneMessage(request: "forget"))
      self.eventLoop.execute { self.assumeIsolated { $0.send(answer, to: channel) } }
    }
  }
}
