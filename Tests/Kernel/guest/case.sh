#!/bin/sh
# SPDX-License-Identifier: MIT
# case.sh NAME: runs one case and ends with 0 where it has passed; afterwards nothing of it is left.
name=$1
file=/rig/cases/$name.sh
# Seconds of the machine's time.
limit=120
if [ "$name" = statistics ]; then
  file=/rig/statistics.sh
  limit=100000
fi

# shellcheck source=chip.sh
. /rig/chip.sh

rm -rf /run/case
mkdir /run/case
cd /run/case || exit 1
dmesg -c >/dev/null
echo >/sys/kernel/tracing/trace
plug_chip || exit 1

echo
echo "== $name: $(sed -n '2s/^# //p' "$file")"
timeout -s KILL $limit sh -c '. /rig/rig.sh; . "$0"; finish' "$file"
status=$?
if [ $status -eq 137 ]; then
  echo "FAIL it has not ended after $limit s"
elif [ $status -eq 0 ] && [ ! -e passed ]; then
  echo "FAIL it has not come to its end"
  status=1
fi

touch pids
while read -r pid; do kill -9 "$pid" 2>/dev/null; done <pids
sleep 0.1
unplug_chip
dmesg >kernel.log
if grep -qE 'BUG|WARNING|Oops|Call Trace|blocked for more than' kernel.log; then
  echo "FAIL the kernel complains"
  status=1
fi

if [ $status -ne 0 ]; then
  for log in kernel.log sensor.log daemon.log watch.log status.log status journal; do
    [ ! -s $log ] || { echo "-- $log"; tail -n 20 $log | cut -c 1-400; }
  done
  [ ! -s watch ] || { echo "-- last of watch"; tail -n 3 watch; }
  echo "-- last of the bus and the lines"
  grep -v '^#' /sys/kernel/tracing/trace | tail -n 12
  echo "-- $name FAILED"
fi
exit $status
