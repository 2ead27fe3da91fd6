# SPDX-License-Identifier: MIT
# The adapter is unplugged, and comes back.
start
begin_fault quit
wait "$sensor"
sleep 1
expect "the adapter is gone" [ ! -e /dev/i2c-1 ]
tells_of 'is gone|there is no /dev/i2c-1'
sensor
plugged_in
recovers 6000
counts 'adapter-gone|no-adapter'
rate 2 100
