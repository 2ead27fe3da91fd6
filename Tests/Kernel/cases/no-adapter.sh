# SPDX-License-Identifier: MIT
# There is no adapter at the start; it is plugged in later.
daemon
sleep 2
tells_of 'there is no /dev/i2c-1'
expect "it is still there" is_alive
forget
sensor
plugged_in
recovers 6000
rate 2 100
