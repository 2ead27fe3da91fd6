# SPDX-License-Identifier: MIT
# Each line of the journal has the priority of what it says, so that `journalctl -p warning` shows what went wrong and nothing else.
start
wait_until 6 has_event calibrated || give_up "no reference posture is taken"
inject nack
sleep 3
inject heal
wait_until 10 is_running || give_up "it does not sample again"
# at PRIORITY: what was logged at that, and neither more nor less urgent.
at() { log -p "$1..$1"; }
matches "a warning" "$(at warning)" 'sensor lost'
matches "a notice" "$(at notice)" 'listening on'
matches "information" "$(at info)" 'calibrated'
expect "nothing normal is a warning" [ -z "$(at warning | grep -E 'listening on|calibrated|sampling')" ]
expect "no line shows its priority as text" [ -z "$(log | grep '^<[0-7]>')" ]
