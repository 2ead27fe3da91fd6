#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [--statistics] [--seed N] [CASE...]: the daemon against the kernel's own i2c-dev and GPIO, in an emulated machine.
#
# Without a name every case in cases/ is run. Ends with 0 only where each of them has passed, with 77 where this machine cannot
# run them at all. What the machine said stays in .build/kernel/log.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
bin=${BIN:-.build/release}
cache=.build/kernel
# The whole run, on two slow processors; a machine that hangs must end too.
limit=600

statistics=no seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --statistics) statistics=yes limit=3600 ;;
    --seed) seed=$2; shift ;;
    -*) sed -n '3,6s/^# //p' "$0" >&2; exit 64 ;;
    *) break ;;
  esac
  shift
done

if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "kernel: this is $(uname -sm), and the kernel rig is made for x86-64 Linux: NOT run" >&2
  exit 77
fi
for program in postured posturectl simulated-sensor; do
  [ -x "$bin/$program" ] || { echo "kernel: there is no $bin/$program; first: make build" >&2; exit 69; }
done
if [ "$statistics" = yes ]; then
  cases=statistics
elif [ $# -gt 0 ]; then
  cases=$*
else
  cases=$(cd "$here/cases" && for file in *.sh; do echo "${file%.sh}"; done)
fi
for name in $cases; do
  [ "$name" = statistics ] || [ -e "$here/cases/$name.sh" ] || { echo "kernel: there is no case $name" >&2; exit 64; }
done

mkdir -p "$cache"
kernel=$("$here/prepare.sh" "$cache")

# The machine's files: busybox, the programs with the libraries they name, the rig.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
root=$work/root
mkdir -p "$root/bin" "$root/rig" "$root/modules"
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$kernel"/modules/*.ko "$root/modules/"
for program in postured posturectl simulated-sensor; do
  strip -o "$root/bin/$program" "$bin/$program"
  ldd "$bin/$program" | grep -o '/[^ ]*' | while read -r library; do
    [ -e "$root$library" ] || { mkdir -p "$root${library%/*}" && cp -L "$library" "$root$library"; }
  done
done
cp "$here"/guest/*.sh "$root/rig/"
cp -r "$here/cases" "$root/rig/"
mv "$root/rig/init.sh" "$root/init"
chmod 755 "$root/init"
cp systemd/postured.service "$root/rig/"
echo "$cases" >"$root/rig/plan"
echo "$seed" >"$root/rig/seed"
(cd "$root" && find . | cpio -o -H newc --quiet) >"$work/initrd"

started=$(date +%s)
"$here/machine.sh" "$limit" "$seed" "$kernel" "$work/initrd" "" -m 256 </dev/null | tee "$work/log"
cp "$work/log" "$cache/log"
taken=$(($(date +%s) - started))

# 33 is the machine's own word for a pass: 2 * 0x10 + 1. Whatever else it ends with, it has not passed.
if tail -n 1 "$work/log" | grep -qx "rig: QEMU ended with 33"; then
  echo "kernel: passed, $taken s in the machine"
else
  cp "$work/log" "$cache/failed.log"
  echo "kernel: FAILED, $taken s in the machine; its log is $cache/failed.log" >&2
  exit 1
fi
