# SPDX-License-Identifier: MIT
# The chip holds the clock for longer than the adapter waits.
start "sensor.mode: polled"
ask
cp status before
fault timeout 6000 stall 1200
rate 2 100
accounts_for 1
