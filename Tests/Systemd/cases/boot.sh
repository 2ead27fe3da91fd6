# SPDX-License-Identifier: MIT
# A boot does not wait for a sensor, and the unit, enabled, does: it is active once there is one, in the process that the boot started.
reached() { systemctl is-active -q multi-user.target; }
wait_until 20 reached
expect "multi-user.target is reached" reached
matches "the unit is" "$(property ActiveState)" '^activating$'
wait_until 5 [ -S "$socket" ]
matches "it says for what it waits" "$(property StatusText)" 'there is no /dev/i2c-1'
sensor
plugged_in
expect "with a sensor it is active" wait_until 10 is_active
# DeviceAllow= names a class of devices that exists once i2c-dev is loaded, by what is installed and nobody else.
between "starts after the first" "$(property NRestarts)" 0 0 ""
matches "it says what it does" "$(property StatusText)" '^Sampling MPU-6050'
matches "the adapter is of" "$(stat -c '%U:%G %a' /dev/i2c-1)" '^root:i2c 660$'
matches "the chip of lines is of" "$(stat -c '%U:%G %a' /dev/gpiochip0)" '^root:gpio 660$'
running() { [ "$(systemctl is-system-running)" = running ]; }
wait_until 10 running
matches "the machine is" "$(systemctl is-system-running; systemctl --failed --plain --no-legend)" '^running$'
