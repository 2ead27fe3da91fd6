# SPDX-License-Identifier: MIT
# A slouch is felt: two pulses on the motor's line, a second (detector.hold) after it began, and the bend itself is over.
upright=8
start
wait_until 6 has_event calibrated || give_up "no reference posture is taken"
wait_until 10 has_event deviated || give_up "the slouch is not noticed"
sleep 1
pulses | tee pulses
between "pulses, with the one that acknowledges the reference" "$(wc -l <pulses)" 3 3 ""
# shellcheck disable=SC2046
set -- $(sed -n 2p pulses) $(sed -n 3p pulses)
# The wearer bends 25 degrees in the second from 8 s on, is beyond 15 after 0.56 s, and bends no more after 10 s: a cue waits for that.
between "cue after the sensor's start" \
  "$(awk -v t="${1:-}" -v open="$(journal open)" 'BEGIN { printf "%.2f", (t - open) / 1e6 }')" 9.6 10.7 s
between "first pulse" "${2:-}" 145 160 ms
between "pause" "${3:-}" 140 155 ms
between "second pulse" "${5:-}" 145 160 ms
expect "the line is off" motor_is 0
ask
between "deviations" "$(of deviations)" 1 1 ""
