# SPDX-License-Identifier: MIT
# A boot does not wait for a sensor, and the unit, enabled, does: its start gives up, and comes again until there is one.
reached() { systemctl is-active -q multi-user.target; }
wait_until 30 reached
expect "multi-user.target is reached" reached
matches "the unit is" "$(property ActiveState)" '^activating$'
wait_until 5 [ -S $socket ]
matches "it says for what it waits" "$(property StatusText)" 'there is no /dev/i2c-1'
expect "i2c-dev was loaded for it" grep -q ' i2c$' /proc/devices
sleep 25
wait_until 30 has_restarted 1
expect "the start has given up and come again" has_restarted 1
matches "the boot is" "$(systemctl is-system-running; systemctl --failed --plain --no-legend)" '^running$'
matches "the unit is" "$(property ActiveState)" '^activating$'
sensor
plugged_in
expect "with a sensor it is active" wait_until 10 is_active
matches "the adapter is of" "$(stat -c '%U:%G %a' /dev/i2c-1)" '^root:i2c 660$'
matches "the chip of lines is of" "$(stat -c '%U:%G %a' /dev/gpiochip0)" '^root:gpio 660$'
matches "it says what it does" "$(property StatusText)" '^Sampling MPU-6050'
