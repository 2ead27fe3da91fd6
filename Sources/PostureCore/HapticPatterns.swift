// SPDX-License-Identifier: MIT

/// How each cue feels.
///
/// By default no two have the same number of pulses, length and rhythm, so that each can be told on the skin without
/// its strength, which clothes and a battery change:
///
/// | cue | |
/// |---|---|
/// | nudge | two pulses |
/// | reminder | three pulses |
/// | well done | one soft swelling, then a touch |
/// | acknowledgement | one touch |
/// | refusal | one long dull pulse |
/// | bend | a touch, then a long pulse: the wearer bends and stays |
/// | question | four touches |
/// | paused | dies away |
/// | resumed | swells |
/// | break | two long soft pulses far apart |
/// | step | one plain pulse |
/// | tense | swells, then a blow |
/// | release | a blow, then dies away |
/// | finish | three long pulses |
package struct HapticPatterns: BitwiseCopyable, Sendable, Equatable {
  /// Two or three pulses of about 150 ms catch attention best (Lins et al., 2018).
  package var nudge = HapticPattern().pulse(attention).gap(attention).pulse(attention)
  /// One pulse more than the nudge.
  package var reminder = HapticPattern().pulse(attention).gap(attention).pulse(attention).gap(attention)
    .pulse(attention)
  /// Nothing like a nudge: praise must not startle.
  package var wellDone = HapticPattern().ramp(.milliseconds(300), from: 20, to: 60).gap(.milliseconds(150))
    .pulse(touch, 60)
  package var acknowledgement = HapticPattern().pulse(touch)
  package var refusal = HapticPattern().pulse(.milliseconds(600), 50)
  package var bend = HapticPattern().pulse(touch).gap(.milliseconds(120)).pulse(.milliseconds(400))
  package var question = HapticPattern().pulse(touch).gap(touch).pulse(touch).gap(touch).pulse(touch).gap(touch)
    .pulse(touch)
  package var paused = HapticPattern().ramp(.milliseconds(800), from: 100, to: 20)
  package var resumed = HapticPattern().ramp(.milliseconds(800), from: 20, to: 100)
  package var breakReminder = HapticPattern().pulse(.milliseconds(500), 40).gap(.milliseconds(700))
    .pulse(.milliseconds(500), 40)
  package var step = HapticPattern().pulse(.milliseconds(250))
  /// As a muscle does it.
  package var tense = HapticPattern().ramp(.milliseconds(500), from: 30, to: 100).gap(.milliseconds(60))
    .pulse(.milliseconds(300))
  /// The other way round.
  package var release = HapticPattern().pulse(.milliseconds(300)).gap(.milliseconds(60))
    .ramp(.milliseconds(500), from: 100, to: 30)
  /// Whoever has closed their eyes, and may have dozed off, is to be told.
  package var finish = HapticPattern().pulse(.milliseconds(400)).gap(.milliseconds(300)).pulse(.milliseconds(400))
    .gap(.milliseconds(300)).pulse(.milliseconds(400))

  package init() {}

  private static var attention: Interval { .milliseconds(150) }
  /// A small motor is on its way up still.
  private static var touch: Interval { .milliseconds(80) }

  package subscript(kind: Cue.Kind) -> HapticPattern {
    switch kind {
    case .nudge: nudge
    case .reminder: reminder
    case .wellDone: wellDone
    case .acknowledgement: acknowledgement
    case .refusal: refusal
    case .bend: bend
    case .question: question
    case .paused: paused
    case .resumed: resumed
    case .breakReminder: breakReminder
    case .step: step
    case .tense: tense
    case .release: release
    case .finish: finish
    }
  }
}
