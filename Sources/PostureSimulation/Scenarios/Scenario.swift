// SPDX-License-Identifier: MIT
import PostureCore

/// The named finite scripts of which fixtures are recorded, each with the sensor it is recorded through.
///
/// Every one begins with 15 s of quiet upright sitting, in which the gyroscope's bias settles and a reference posture
/// is taken; but for the one in which it cannot settle. Together they show every rule of the core where it holds, and
/// where it does not.
package enum Scenario: String, CaseIterable, Sendable {
  // Leans, and the sensor.
  case upright
  case slowSlouch = "slow-slouch"
  case slouchUntilReminded = "slouch-until-reminded"
  case briefLean = "brief-lean"
  case sidewaysLean = "sideways-lean"
  case reaching
  case walking
  case nodding
  case gyroBias = "gyro-bias"
  case saturation
  case gap
  case stuck
  case upsideDown = "upside-down"
  case offBody = "off-body"
  case sixPoses = "six-poses"
  case motorShake = "motor-shake"
  case uncertainUp = "uncertain-up"
  // What makes a deviation.
  case insideLimits = "inside-limits"
  case outsideLimits = "outside-limits"
  case exposureSteep = "exposure-steep"
  case exposureSlight = "exposure-slight"
  case exposureAddsUp = "exposure-adds-up"
  case exposureRecovers = "exposure-recovers"
  // What the wearer is about.
  case stairs
  case restless
  case lyingDown = "lying-down"
  case drive
  case leantOnSomething = "leant-on-something"
  case bendWaitedFor = "bend-waited-for"
  // What cues there are.
  case tracking
  case quietHours = "quiet-hours"
  case snooze
  case pause
  case hourlyLimit = "hourly-limit"
  case tooSoon = "too-soon"
  case reminders
  case wellDone = "well-done"
  // The reference posture.
  case calibration
  case unsettledCalibration = "unsettled-calibration"
  case interruptedCalibration = "interrupted-calibration"
  case forwardAxisUpright = "forward-axis-upright"
  case bendShowsForward = "bend-shows-forward"
  case noBend = "no-bend"
  case noReference = "no-reference"
  case keptReference = "kept-reference"
  case referenceChosen = "reference-chosen"
  case referenceNotChosen = "reference-not-chosen"
  case wornAgain = "worn-again"
  case wornTurned = "worn-turned"
  case strapStraightened = "strap-straightened"

  package var name: String { rawValue }

  package var title: String { plan.title }
  /// What a replay with the settings is to show, in words.
  package var shows: String { plan.shows }
  /// Other than the default settings, as `key: value` lines have them.
  package var settings: [(key: String, value: String)] { plan.settings }
  /// What the wearer asks for, in order: each with the first sample so long after the first of all, or the next free one.
  package var commands: [(after: Interval, command: Command)] { plan.commands }
  package var script: Script { plan.script }
  package var duration: Interval { script.duration }
  package var mount: SensorMount { plan.mount }
  package var wearer: SimulatedWearer { SimulatedWearer(script, seed: 7, mount: mount) }
  package var sensor: SimulatedSensorParameters { plan.sensor }

  private var plan: ScenarioPlan { leanPlan ?? triggerPlan ?? contextPlan ?? cuePlan ?? referencePlan }
}
