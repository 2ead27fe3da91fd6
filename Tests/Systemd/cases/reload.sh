# SPDX-License-Identifier: MIT
# A reload puts changed settings in force without losing a sample; wrong ones are named, and change nothing.
upright=8
# After the others, by its name.
hold() { echo "detector.hold: $1" >"${settings%/*}/then.conf"; }
hold "60 s"
start
wait_until 6 has_event calibrated || give_up "no reference posture is taken"
# It leans from 9 s after the sensor's start on.
sleep 7
expect "by the first settings this is no deviation yet" [ "$(events deviated)" = 0 ]
ask
cp status before
hold "2 s"
systemctl reload $unit
status=$?
expect "systemctl reload ends with $status" [ $status -eq 0 ]
wait_until 5 has_event deviated
expect "by the new ones it is one" has_event deviated
hold "2 apples"
systemctl reload $unit
says_why() { log | grep -q 'then.conf.*detector.hold'; }
wait_until 3 says_why
expect "a wrong one is named" says_why
sleep 2
matches "the unit is" "$(property ActiveState)" '^active$'
expect "still the same process" [ "$(property MainPID)" = "$daemon" ]
accounts_for 1
between "samples missing since before" "$(($(of samples_missing) - $(field samples_missing <before)))" 0 0 ""
