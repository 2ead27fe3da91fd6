# SPDX-License-Identifier: MIT
# A press of the button takes the posture for the reference, once, though the contact bounces.
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
