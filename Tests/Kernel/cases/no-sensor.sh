# SPDX-License-Identifier: MIT
# Nothing answers at the start; the sensor is plugged in later.
sensor
plugged_in
inject nack
daemon
sleep 2
tells_of answer
expect "it is still there" is_alive
forget
inject heal
recovers 6000
rate 2 100
