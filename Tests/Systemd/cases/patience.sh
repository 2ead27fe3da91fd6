# SPDX-License-Identifier: MIT
# Without a sensor `systemctl start` gives up, and the unit does not: it goes on trying until there is one.
systemctl stop $unit
with_settings
from=$(cut -d' ' -f1 /proc/uptime)
systemctl start $unit 2>said
status=$?
between "seconds until systemctl start gives up" "$(awk -v from="$from" '{ printf "%.1f", $1 - from }' /proc/uptime)" 29 35 s
expect "it ends with $status" [ $status -ne 0 ]
wait_until 5 has_restarted 1
expect "the unit is started again" has_restarted 1
sensor
plugged_in
expect "with a sensor it is active" wait_until 15 is_active
