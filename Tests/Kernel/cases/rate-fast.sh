# SPDX-License-Identifier: MIT
# Samples come at the highest rate too, in every way of fetching them.
for mode in fifo polled; do
  echo "- $mode"
  start "sensor.rate: 500 Hz" "sensor.mode: $mode"
  rate 2 500
  expect "no fault: $(of faults)" [ "$(of faults)" = 0 ]
  end
done
