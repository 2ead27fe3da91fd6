# SPDX-License-Identifier: MIT
# A press of the button takes the posture for the reference, once, though the contact bounces; two, and a long one, ask for other things.
pull() { echo "pull-$1" >"$lines/sim_gpio22/pull"; }
pull up
start "button.line: GPIO22" "reference.automatic: no"
sleep 2
ask
expect "no reference posture before" [ "$(of has_reference)" = false ]
for level in down up down up down; do pull $level; done
sleep 0.2
for level in up down up; do pull $level; done
wait_until 15 has_event calibrated
sleep 1
between "references taken" "$(events calibrated)" 1 1 ""
ask
expect "a reference posture after it" [ "$(of has_reference)" = true ]
pulled() { pull down; sleep "$1"; pull up; }
said() { grep -q "button: $1" daemon.log; }
pulled 0.2
sleep 0.15
pulled 0.2
wait_until 3 said "tracking, without cues"
expect "two presses turn the cues off" said "tracking, without cues"
pull down
wait_until 3 said "pausing for 30 min"
expect "a long one pauses while it is still held" said "pausing for 30 min"
pull up
sleep 1
pulled 1.5
wait_until 3 said "going on"
expect "another one ends the pause" said "going on"
sleep 1
between "references taken, all in all" "$(events calibrated)" 1 1 ""
