# SPDX-License-Identifier: MIT
# Ready is announced with the first sample and not before.
sensor
plugged_in
inject nack
daemon
sleep 5
matches "without a sensor the unit is" "$(property ActiveState)" '^activating$'
matches "it says for what it waits" "$(property StatusText)" '^Sensor lost: .*answer'
ask
between "samples" "$(of samples)" 0 0 ""
inject heal
expect "with one it is active" wait_until 10 is_active
between "ready after the sensor's first answer with a sample" \
  "$(($(property ActiveEnterTimestampMonotonic) - $(journal data)))" 0 1500000 us
