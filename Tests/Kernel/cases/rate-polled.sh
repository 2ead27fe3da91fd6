# SPDX-License-Identifier: MIT
# Samples come at the rate that is set when the data registers are polled.
start "sensor.mode: polled"
rate 5 100
expect "no fault: $(of faults)" [ "$(of faults)" = 0 ]
