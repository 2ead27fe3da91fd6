# SPDX-License-Identifier: MIT
# Asked to end in the middle of a pulse, it switches the motor off, and ends as it should.
upright=8
start
wait_for_cue
kill "$daemon"
has_ended() { ! is_alive; }
ended=no
if wait_until 2 has_ended; then ended=yes; fi
expect "it has ended within 2 s" [ $ended = yes ]
wait "$daemon"
status=$?
expect "with status $status" [ $status -eq 0 ]
expect "the line is off" motor_is 0
pulses | tee pulses
between "pulse that was cut short" "$(tail -n 1 pulses | cut -d' ' -f2)" 1 140 ms
expect "its socket is gone" [ ! -e "$socket" ]
