# SPDX-License-Identifier: MIT
# Samples come at the rate that is set when the chip's data-ready pin says when to read them.
start "sensor.mode: data-ready" "sensor.interrupt-line: GPIO27"
rate 5 100
expect "no fault: $(of faults)" [ "$(of faults)" = 0 ]
matches "who waits for the line" "$(grep irq_sim /proc/interrupts)" postured
# Where the chip stops there is no edge to wait for.
lasting_fault no-new-data 6000 2 . stopped
rate 2 100
