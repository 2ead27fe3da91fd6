# SPDX-License-Identifier: MIT
# With postured.socket whoever asks starts the daemon, and nobody is turned away while it is started again.
systemctl stop $unit
sensor
plugged_in
with_settings
systemctl start postured.socket
matches "the socket is of" "$(stat -c '%U:%G %a' "$socket")" '^postured:postured 660$'
matches "the unit is" "$(property ActiveState)" '^inactive$'
answer() { as reader posturectl status --json 2>&1 | cut -c 1-40; }
matches "whoever asks is told" "$(answer)" '"class":"status"'
expect "and the unit is active" wait_until 10 is_active
kill -9 "$(property MainPID)"
sleep 1
matches "killed, the unit is" "$(property ActiveState)" '^activating$'
matches "who asks then is told all the same" "$(answer)" '"class":"status"'
expect "and the unit is active" wait_until 10 is_active
systemctl stop postured.socket $unit
expect "stopped, the socket is gone" [ ! -e "$socket" ]
