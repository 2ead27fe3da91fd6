# SPDX-License-Identifier: MIT
# Stopped in the middle of a pulse it ends at once and well, with the motor off and no socket left.
upright=8
start
wait_for_cue
from=$(cut -d' ' -f1 /proc/uptime)
systemctl stop $unit
between "seconds that it took" "$(awk -v from="$from" '{ printf "%.2f", $1 - from }' /proc/uptime)" 0 1.9 s
expect "the line is off" motor_is 0
matches "systemd calls it" "$(property ActiveState) $(property Result) $(property ExecMainStatus)" '^inactive success 0$'
expect "its socket is gone" [ ! -e $socket ]
pulses | tee pulses
between "pulse that was cut short" "$(tail -n 1 pulses | cut -d' ' -f2)" 1 140 ms
