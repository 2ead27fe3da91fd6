# SPDX-License-Identifier: MIT
# The machine does not come to it for a while: what is lost is counted.
for mode in fifo polled; do
  echo "- $mode"
  start "sensor.mode: $mode"
  ask
  cp status before
  cp status status-before
  kill -STOP "$daemon"
  sleep 1.5
  kill -CONT "$daemon"
  sleep 1
  expect "running again, heard: $(heard state)" wait_until 3 is_running
  expect "still the same process" is_alive
  # Longer than the chip's FIFO holds: 1024 bytes, 0.85 s of 12 at 100 Hz.
  [ $mode != fifo ] || counts overrun
  rate 2 100
  accounts_for 1
  end
done
