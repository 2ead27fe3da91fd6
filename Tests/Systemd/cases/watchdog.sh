# SPDX-License-Identifier: MIT
# A daemon that hangs in the kernel is ended and started again; one that waits for a lost sensor is left alone.
start
inject nack
sleep 15
matches "its sensor lost for longer than the watchdog waits, the unit is" "$(property ActiveState)" '^active$'
between "starts after the first" "$(property NRestarts)" 0 0 ""
expect "still the same process" [ "$(property MainPID)" = "$daemon" ]
inject heal
wait_until 10 is_running || give_up "it does not sample again"

# The driver of the adapter, too, does not keep its timeout.
echo 12000 >/sys/module/simbus/parameters/late
inject timeout 1
hangs() { [ "$(property StatusText)" = "The sampling thread hangs" ]; }
expect "it says that it hangs" wait_until 5 hangs
expect "it is started again" wait_until 20 has_restarted 1
echo 0 >/sys/module/simbus/parameters/late
matches "in the journal" "$(log -o short | grep -i 'watchdog timeout')" 'Watchdog timeout'
expect "and samples" wait_until 15 is_active
expect "another process" [ "$(property MainPID)" != "$daemon" ]
between "starts after the first" "$(property NRestarts)" 1 1 ""
