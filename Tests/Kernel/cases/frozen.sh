# SPDX-License-Identifier: MIT
# The chip repeats itself: that is not taken for a posture, and mended by starting it anew.
start
wait_until 8 has_event calibrated || give_up "no reference posture is taken"
begin_fault frozen
sleep 1.5
expect "posture after 1.5 s: $(heard posture)" [ "$(heard posture)" = unknown ]
sleep 1.5
inject heal
recovers 6000
counts frozen-data
rate 2 100
