#!/bin/sh
# SPDX-License-Identifier: MIT
# cuts.sh COUNT SEED KERNEL INITRD: cuts the power of a machine that stores reference postures, so many times, at moments that the
# seed decides, and looks each time at what is left.
#
# The machine is booted once and kept as it is just before it sees a disk; each round goes on from there, on the disk that the round
# before left. Lost with the power are what the machine had in memory, and what the disk had in its cache: whatever the kernel has
# not flushed (nbdkit's cache filter, which is killed with QEMU). A write takes 10 ms, as on a memory card. Not modelled: a disk that
# loses some of its cache and not all, or that lies about what it flushed.
set -eu
count=$1 seed=$2 kernel=$3 initrd=$4
here=$(cd "$(dirname "$0")" && pwd)
machine=$here/../Kernel/machine.sh
# Seconds that a round may take to come to where the power is cut, on a slow and busy machine.
patience=90

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
if ! command -v nbdkit >/dev/null || [ ! -e /usr/sbin/mke2fs ]; then
  echo "systemd: installing nbdkit, e2fsprogs" >&2
  { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends nbdkit e2fsprogs; } >/dev/null
fi

work=$(mktemp -d)
finish() {
  cut_power
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM
cd "$work"

# kill_by FILE: the process whose number is there.
kill_by() { if [ -e "$1" ]; then kill -9 "$(cat "$1")" 2>/dev/null || true; rm -f "$1"; fi; }
# Both at once: nothing between them may bring anything to the disk. The machine's words end with it.
cut_power() {
  kill_by qemu.pid
  kill_by disk.pid
  exec 3>&-
  [ -z "${words:-}" ] || wait "$words" || true
  words=''
}

# switch_on OPTION...: a machine with the disk, whose words come into the file `said`, and who is told through descriptor 3.
switch_on() {
  rm -f disk.socket told
  nbdkit --foreground --pidfile disk.pid --unix disk.socket --filter=delay --filter=cache file disk wdelay=10ms 2>>disk.log &
  tries=0
  until [ -S disk.socket ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { echo "systemd: nbdkit does not start: $(cat disk.log)" >&2; exit 1; }
    sleep 0.1
  done
  mkfifo told
  exec 3<>told
  : >said
  "$machine" $patience "$seed" "$kernel" "$initrd" "systemd.unit=rig.target systemd.show_status=0 TERM=dumb rig.cuts" -m 512 \
    -pidfile qemu.pid -drive if=none,id=disk,format=raw,cache=writeback,file=nbd+unix:///?socket=disk.socket \
    -device virtio-blk-pci,drive=disk "$@" <told >said 2>&1 &
  words=$!
}

# hear PATTERN: waits until a line of what the machine says begins so; gives up on a machine that is lost.
hear() {
  pattern="^($1|lost|rig: QEMU ended)"
  tries=0
  until grep -qE "$pattern" said; do
    tries=$((tries + 1))
    [ $tries -lt $((patience * 20)) ] || break
    sleep 0.05
  done
  grep -qE "^$1" said || { echo "systemd: expected '$1' of the machine; it said:" >&2; tail -n 30 said >&2; exit 1; }
}

truncate -s 16M disk
/usr/sbin/mke2fs -q -t ext4 disk
cp disk empty
mkfifo monitor.in monitor.out
switch_on -monitor pipe:monitor
cat monitor.out >monitor.log &
hear waiting
echo 'migrate "exec:cat >kept"' >monitor.in
echo quit >monitor.in
wait "$words" || true
words=''
cut_power
cmp -s disk empty || { echo "systemd: the disk was touched before the machine was kept" >&2; exit 1; }

round=0 torn=0 under_way=0 failures=0
while [ $round -le "$count" ]; do
  word=go
  [ $round -lt "$count" ] || word=end
  switch_on -incoming "exec:cat kept"
  printf '\n%s\n' "$word $round" >&3
  if [ $round -gt 0 ]; then
    hear "found $round .*careless=(torn|whole)"
    found=$(grep "^found $round" said)
    case $found in
      *"references=car+sitting+standing+ calibrated=true fault=none"*) verdict=PASS ;;
      *) verdict=FAIL failures=$((failures + 1)) ;;
    esac
    case $found in *under-way=yes*) under_way=$((under_way + 1)) ;; esac
    case $found in *careless=torn*) torn=$((torn + 1)) ;; esac
    echo "$verdict cut $round, $moment ms and ${asked:-no} changes after it began to store: ${found#found * }"
  fi
  if [ $word = go ]; then
    hear "storing $round"
    moment=$(awk -v seed="$seed" -v round=$round 'BEGIN { srand(seed * 1000 + round); print int(50 + rand() * 1500) }')
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
  fi
  cut_power
  asked=$(sed -n 's/^asked for \([0-9]*\);.*/\1/p' said | tail -n 1)
  round=$((round + 1))
done
echo "power cuts: $count, seed $seed; left in the middle of storing: $under_way; a file written in place was torn: $torn"
[ "$torn" -gt 0 ] || { echo "FAIL no cut has torn even a file that was written in place: they prove nothing"; exit 1; }
[ $failures -eq 0 ]
