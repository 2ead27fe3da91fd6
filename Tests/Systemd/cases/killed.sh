# SPDX-License-Identifier: MIT
# Killed in the middle of a pulse: what the unit does then switches the motor off, before it starts the daemon again.
upright=8
start
wait_for_cue
kill -9 "$daemon"
killed_at=$(cut -d' ' -f1 /proc/uptime)
pace=0.01
wait_until 5 motor_is 0
pace=0.3
expect "the line is off" motor_is 0
between "seconds after the kill" "$(awk -v from="$killed_at" '{ printf "%.2f", $1 - from }' /proc/uptime)" 0 1.9 s
expect "the daemon is not yet started again" [ "$(property MainPID)" = 0 ]
expect "it is, and samples" wait_until 10 is_active
between "starts after that" "$(property NRestarts)" 1 1 ""
expect "the line is still off" motor_is 0
matches "in the journal" "$(log -o short | grep killed)" 'status=9/KILL'
