# SPDX-License-Identifier: MIT
# Killed in the middle of a pulse it leaves the motor on; what the unit does after that switches it off.
upright=8
start
wait_for_cue
kill -9 "$daemon"
wait "$daemon" 2>/dev/null
sleep 0.5
expect "the kernel leaves the line on" motor_is 1
command=$(sed -n 's/^ExecStopPost=[-+!:]*//p' /rig/postured.service |
  sed -e 's|@BINDIR@/||' -e "s|@SYSCONFDIR@/postured/postured.conf|$settings|")
expect "the unit has a command for it: $command" [ -n "$command" ]
# As the only line of its kind that stands there.
timeout 5 sh -c "$command"
status=$?
expect "it ends with status $status" [ $status -eq 0 ]
expect "the line is off" motor_is 0
