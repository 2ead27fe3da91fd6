#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [--seed N] [HOURS]: the daemon through a day on which something goes wrong every few minutes, in simulated time.
#
# The programs run on a kernel whose time is simulated: it goes on only when all of them wait. 24 hours where none are given. Ends
# with 0 only where the daemon has lived through it, has lost no sample unnoticed, and has given every cue. What came of it stays
# in .build/kernel/day.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
bin=${BIN:-.build/release}
cache=.build/kernel

hours=24 seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --seed) seed=$2; shift ;;
    [0-9]*) hours=$1 ;;
    *) sed -n '3,7s/^# //p' "$0" >&2; exit 64 ;;
  esac
  shift
done

if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "day: this is $(uname -sm), and this rig is made for x86-64 Linux: NOT run" >&2
  exit 77
fi
for program in postured posturectl simulated-sensor; do
  [ -x "$bin/$program" ] || { echo "day: there is no $bin/$program; first: make build" >&2; exit 69; }
done
mkdir -p "$cache"
# One at a time.
exec 9>"$cache/day.lock"
flock 9
kernel=$("$here/kernel.sh" "$cache")

# The machine's files.
work=$(mktemp -d)
running=
trap '[ -z "$running" ] || kill "$running" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
root=$work/root
mkdir -p "$root/bin" "$root/rig" "$root/modules" "$root/dev"
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$kernel/simbus.ko" "$root/modules/"
for program in postured posturectl simulated-sensor; do
  strip -o "$root/bin/$program" "$bin/$program"
  ldd "$bin/$program" | grep -o '/[^ ]*' | while read -r library; do
    [ -e "$root$library" ] || { mkdir -p "$root${library%/*}" && cp -L "$library" "$root$library"; }
  done
done
cp "$here/init.sh" "$root/init"
chmod 755 "$root/init"
awk -v hours="$hours" -v seed="$seed" -f "$here/plan.awk" >"$root/rig/plan"
echo "$seed" >"$root/rig/seed"
(cd "$root" && find . | cpio -o -H newc --quiet) >"$work/initrd"

result=$PWD/$cache/day
rm -rf "$result"
mkdir -p "$result"
cp "$root/rig/plan" "$result/"

# It hands over from process to process all the time, which costs half as much on one processor. A slow and busy machine may take
# two minutes for an hour; one that hangs must end too.
processor=$(taskset -cp $$ | sed 's/.*[^0-9]//')
# Its memory is a file, which should not be on a disk.
memory=/dev/shm
[ "$(df -Pk $memory 2>/dev/null | awk 'NR == 2 { print $4 }')" -gt 200000 ] 2>/dev/null || memory=$work
started=$(date +%s)
TMPDIR=$memory timeout -k 5 $((300 + ${hours%.*} * 200)) taskset -c "$processor" "$kernel/linux" \
  mem=256M initrd="$work/initrd" time-travel=inf-cpu hostfs="$result" con=null con0=fd:0,fd:1 ssl=null \
  noreboot panic=-1 oops=panic quiet </dev/null >"$result/log" 2>&1 &
running=$!
wait $running || true
running=
wall=$(($(date +%s) - started))
grep '^machine:' "$result/log" || tail -n 20 "$result/log"

for file in first last first.process last.process faults journal recording lines lines.stats kernel.log complete; do
  touch "$result/$file"
done
"$bin/posturectl" replay "$result/recording" --events "$result/events" 2>"$result/replay.log" || cat "$result/replay.log"
touch "$result/events"
echo
status=0
(
  cd "$result"
  awk -F , -v hours="$hours" -v seed="$seed" -v wall="$wall" -f "$here/report.awk" first last first.process last.process faults \
    journal events lines lines.stats kernel.log complete plan recording
) >"$result/table" || status=$?
cat "$result/table"
if [ $status -eq 0 ]; then
  echo "day: passed"
  rm -f "$result/recording"
else
  echo "day: FAILED; what came of it is in $cache/day" >&2
  exit 1
fi
