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

# A GPIO chip as on a Pi, new for each case: the motor on 17, the button on 22, the sensor's data-ready pin on 27.
chip=/sys/kernel/config/gpio-sim/rig
plug_chip() {
  mkdir -p $chip/bank0
  echo 28 >$chip/bank0/num_lines
  echo pinctrl-sim >$chip/bank0/label
  for line in 17 22 27; do
    mkdir $chip/bank0/line$line
    echo GPIO$line >$chip/bank0/line$line/name
  done
  echo 1 >$chip/live
  ln -s "/sys/devices/platform/$(cat $chip/dev_name)/$(cat $chip/bank0/chip_name)" gpio
}
unplug_chip() {
  echo 0 >$chip/live
  rmdir $chip/bank0/line* $chip/bank0 $chip
}

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
