# SPDX-License-Identifier: MIT
# A bus that hangs in the middle of a pulse does not leave the motor on.
upright=8
start
wait_for_cue
inject timeout
sleep 3
expect "the line is off" motor_is 0
pulses | tee pulses
# The longest time on that is promised is a second.
between "longest pulse" "$(cut -d' ' -f2 pulses | sort -n | tail -n 1)" 70 1050 ms
inject heal
recovers 6000
