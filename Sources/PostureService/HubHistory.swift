// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import NIOCore
import PostureCore
import PostureFormats
import PostureHistory
import PosturePacing
import PostureProgramme

/// What the hub keeps over days and weeks.
extension Hub {
  /// Where time is simulated, the file's thread sets the pace.
  var mustWait: Bool { isHurried && (history.isBehind || programme.isReading) }

  /// - Parameter isJudgedAnew: by other settings than the sample before.
  func remember(_ frame: Frame, isJudgedAnew: Bool) {
    let ended = history.take(
      frame, sensor: state.sensor, limits: state.facts.detector.limits, settings: settings.decisive(frame.judgement),
      haveChanged: isJudgedAnew, logger)
    if let ended { goOn(after: ended, frame) }
  }

  /// The programme goes on, or a new day of it begins.
  private func goOn(after minute: MinuteRecord, _ frame: Frame) {
    let date = history.date(at: frame.output.time).flatMap { WallClock.local(at: $0) }
      .map { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
    for order in programme.take(ProgrammeMinute(minute), date: date, mode: frame.circumstances.mode) {
      switch order {
      case .read(let date):
        history.readDays(through: date) { days in
          self.eventLoop.execute { self.assumeIsolated { $0.take(days, for: date) } }
        }
      case .plan(let seconds):
        let time = history.tenths(at: frame.output.time)
        history.take(HappeningRecord(at: time, event: HappeningRecord.planned, seconds: seconds))
        logger.info("programme: \(seconds / 60) min of training are planned for today")
      case .set(let mode):
        if pass(.setMode(mode)) {
          isTrackingChosen = false
        } else {
          logger.warning("programme: too many commands at once")
        }
      }
    }
    history.block = Block(programme.part)
  }

  /// The present minute is for nothing any more.
  func endProgramme() { history.block = .plain }

  private func take(_ days: Result<[ProgrammeDay], DatabaseError>, for date: CivilDate) {
    let fault = programme.fault
    programme.take(days, for: date)
    if let now = programme.fault, now != fault {
      logger.error("programme: the days before cannot be read, and are tried again every minute: \(now)")
    }
  }

  /// Forgets a part of the history, and answers when it is gone.
  func forget(_ forgotten: Request.Forgotten, for channel: any Channel) {
    let logger = logger
    let client = ObjectIdentifier(channel)
    // What is still to come of the time that is forgotten would bring it back.
    if case .before = forgotten {
    } else if history.isKept {
      paced.forget()
      breaks.forget()
    }
    clients[client]?.answersOwed += 1
    history.forget(forgotten) { failure in
      if let failure {
        logger.warning("history: not forgotten: \(failure)")
      } else {
        logger.notice("history: forgotten, as was asked for")
      }
      let answer =
        failure.map { JSONLine.encode(ErrorMessage("forget: \($0)")) }
        ?? JSONLine.encode(DoneMessage(request: "forget"))
      self.eventLoop.execute {
        self.assumeIsolated {
          // Of everything something may be gone though not all is.
          if failure == nil || forgotten == .all { $0.programme.forget() }
          $0.clients[client]?.answersOwed -= 1
          $0.send(answer, to: channel)
          if $0.clients[client]?.hasFinished == true { $0.finishedAsking(channel) }
        }
      }
    }
  }
}
