#!/bin/sh
# SPDX-License-Identifier: MIT
# history.sh BIN: what the history writes in a day, how large a year of it is, and how long a week takes to read. Figures, never a verdict.
set -eu
bin=$1
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$memory"' EXIT
trap 'exit 1' INT TERM
# A year of waiting for a disk tells nothing of the history.
memory=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)

echo "a minute at a time, as the daemon stores it:"
for hours in 16 8; do
  # What a shell has of its own is in it too: some bytes.
  sh -c '"$1/history-rig" write "$2" --minutes $(($3 * 60)) && cat /proc/$$/io' sh "$bin" "$dir/$hours.db" $hours |
    awk -v hours=$hours '/^wchar/ {bytes = $2} /^syscw/ {calls = $2}
      END {printf "day of %2d h   %.2f MB in %d write calls\n", hours, bytes / 1e6, calls}'
done
if [ "$(uname -sm)" = "Linux x86_64" ]; then
  for options in noatime noatime,lazytime; do
    MOUNT=$options "$here/../History/machine.sh" "$bin" "$dir/notes" --minutes 960 --pace 60000000
    python3 "$here/../History/notes.py" "$dir/notes" |
      awk -v options=$options '{printf "on the disk   ext4, %s: %s; %.1f MB in 16 h\n", options, $0, $3 * 960 / 1e6}'
  done
else
  echo "on the disk   NOT measured: the machine for it is made for x86-64"
fi
for hours in 16 10; do
  "$bin/history-rig" write "$memory/$hours.db" --minutes $((365 * hours * 60)) --restart $((hours * 60))
  stat -c %s "$memory/$hours.db" | awk -v hours=$hours '{printf "year of %d h  %.1f MB\n", hours, $1 / 1e6}'
done
# The best of five, for a machine that is busy with something else.
for days in 7 365; do
  for _ in 1 2 3 4 5; do
    before=$(date +%s%N)
    # The rig's last day.
    "$bin/posturectl" history --days $days --date 2027-11-27 --database "$memory/16.db" >"$dir/told"
    echo "$((($(date +%s%N) - before) / 1000000))"
  done | sort -n | awk -v days=$days 'NR == 1 {printf "reading       %d days out of the year of 16 h in %d ms\n", days, $1}'
done
