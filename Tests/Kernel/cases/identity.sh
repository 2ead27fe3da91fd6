# SPDX-License-Identifier: MIT
# Another chip answers at the address: at the start, and after one was swapped.
sensor
plugged_in
inject identity 0x3F
daemon
sleep 1
tells_of 0x3F
expect "it is still there" is_alive
forget
inject heal
recovers 6000

begin_fault identity 0x3F
inject reset
sleep 2
tells_of 0x3F
inject heal
recovers 6000
counts 'wrong-identity|not-found'
rate 2 100
