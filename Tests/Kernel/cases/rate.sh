# SPDX-License-Identifier: MIT
# Samples come at the rate that is set, from the chip's FIFO.
start
rate 5 100
between "measured by the daemon" "$(of measured_rate_hz)" 98 102 Hz
expect "no fault: $(of faults)" [ "$(of faults)" = 0 ]
expect "in real time: $(of is_realtime)" [ "$(of is_realtime)" = true ]
expect "still the same process" is_alive
