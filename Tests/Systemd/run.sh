#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [--seed N] [--cuts N] [12|13]... [CASE...]: the installed daemon under a real systemd, in an emulated machine.
#
# Without a release every one of Debian's that the programs run on, without a name every case in cases/ and the power cuts. Ends with
# 0 only where each of them has passed, with 77 where this machine cannot run them at all. What was said stays in .build/systemd/log-*.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rig=$here/../Kernel
cd "$here/../.."
bin=${BIN:-.build/release}
cache=.build/systemd
# A run of one release, on two slow processors; a machine that hangs must end too.
limit=900

seed=1 cuts=20 releases='' cases=''
while [ $# -gt 0 ]; do
  case $1 in
    --seed) seed=$2; shift ;;
    --cuts) cuts=$2; shift ;;
    -*) sed -n '3,6s/^# //p' "$0" >&2; exit 64 ;;
    12 | 13) releases="$releases $1" ;;
    *) [ -e "$here/cases/$1.sh" ] || { echo "systemd: there is no case $1" >&2; exit 64; }; cases="$cases $1" cuts=0 ;;
  esac
  shift
done

if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "systemd: this is $(uname -sm), and this rig is made for x86-64 Linux: NOT run" >&2
  exit 77
fi
for program in postured posturectl simulated-sensor; do
  [ -x "$bin/$program" ] || { echo "systemd: there is no $bin/$program; first: make build" >&2; exit 69; }
done
# The boot itself is a case, and comes before anything else is done to the machine.
[ -n "$cases" ] || cases=$(cd "$here/cases" && for file in *.sh; do echo "${file%.sh}"; done)
case " $(echo $cases) " in
  *" boot "*) cases="boot $(echo "$cases" | tr -s ' ' '\n' | grep -vx boot | tr '\n' ' ')" ;;
esac

mkdir -p "$cache"
kernel=$("$rig/prepare.sh" .build/kernel)
version=$(basename "$kernel" | sed 's/-[0-9a-f]*$//')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# in_root ROOT PROGRAM NAME ARGUMENT...: under that name, with the libraries of that root, without being root.
in_root() {
  root=$1 program=$2 name=$3
  shift 3
  "$root/lib64/ld-linux-x86-64.so.2" --argv0 "$name" --library-path "$root/lib/x86_64-linux-gnu" "$program" "$@"
}

# furnish ROOT: what is installed, as it is installed, and the rig.
furnish() {
  root=$1
  make --no-print-directory install DESTDIR="$root" PREFIX=/usr >"$work/install.log" 2>&1 || { cat "$work/install.log" >&2; return 1; }
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
  ln -s /usr/lib/systemd/system/postured.service "$root/etc/systemd/system/multi-user.target.wants/"
  cp "$(command -v busybox)" "$root/usr/bin/busybox"
  busybox --list | while read -r applet; do
    [ -e "$root/usr/bin/$applet" ] || [ -e "$root/usr/sbin/$applet" ] || ln -s busybox "$root/usr/bin/$applet"
  done
  strip -o "$root/usr/bin/simulated-sensor" "$bin/simulated-sensor"
  mkdir -p "$root/rig" "$root/usr/lib/modules/$version"
  cp "$kernel"/more/*.ko "$root/usr/lib/modules/$version/"
  for module in "$kernel"/modules/*.ko; do cp "$module" "$root/usr/lib/modules/$version/${module##*/[0-9]-}"; done
  # What is part of the kernel is asked for by nobody here.
  touch "$root/usr/lib/modules/$version/modules.order" "$root/usr/lib/modules/$version/modules.builtin" \
    "$root/usr/lib/modules/$version/modules.builtin.modinfo"
  in_root "$root" "$root/usr/bin/kmod" depmod -b "$root" "$version"
  cp "$rig/guest/rig.sh" "$root/rig/kernel.sh"
  cp "$rig/guest/case.sh" "$rig/guest/chip.sh" "$here"/guest/*.sh "$root/rig/"
  chmod 755 "$root"/rig/*.sh
  cp -r "$here/cases" "$root/rig/"
  cp "$here"/guest/*.service "$here"/guest/*.target "$root/etc/systemd/system/"
  cp "$here/guest/people.conf" "$root/usr/lib/sysusers.d/rig-people.conf"
  echo "$cases" >"$root/rig/plan"
  echo "$seed" >"$root/rig/seed"
}

# try_cases RELEASE: in a machine of their own.
try_cases() {
  echo
  "$rig/machine.sh" "$limit" "$seed" "$kernel" "$work/initrd" "systemd.unit=rig.target systemd.show_status=0 TERM=dumb" -m 512 </dev/null |
    tee "$cache/log-$1"
  # 33 is the machine's own word for a pass: 2 * 0x10 + 1. Whatever else it ends with, it has not passed.
  tail -n 1 "$cache/log-$1" | grep -qx "rig: QEMU ended with 33"
}

# try_cuts RELEASE COUNT
try_cuts() {
  echo
  echo "== power cuts: What is stored is whole and in use after each of $2"
  "$here/cuts.sh" "$2" "$seed" "$kernel" "$work/initrd"
}

runnable='' not_run=''
for release in ${releases:-12 13}; do
  files=$("$here/prepare.sh" "$cache" "$release")
  if in_root "$files/root" "$bin/postured" postured --version >"$work/version" 2>&1; then
    runnable="$runnable $release"
  else
    echo "systemd: Debian $release: NOT run, programs that were built here do not run there: $(head -n 1 "$work/version")" >&2
    not_run="$not_run $release"
    [ -z "$releases" ] || exit 69
  fi
done
# shellcheck disable=SC2086
set -- $runnable
[ $# -gt 0 ] || exit 77

failed=''
while [ $# -gt 0 ]; do
  release=$1
  started=$(date +%s)
  cp -a "$("$here/prepare.sh" "$cache" "$release")/root" "$work/$release"
  furnish "$work/$release"
  (cd "$work/$release" && find . | cpio -o -H newc -R +0:+0 --quiet) >"$work/initrd"
  rm -rf "${work:?}/$release"
  # The cuts are shared among the releases.
  share=$(((cuts + $# - 1) / $#))
  cuts=$((cuts - share))
  try_cases "$release" || failed="$failed $release"
  [ $share -eq 0 ] || try_cuts "$release" $share || failed="$failed $release (power cuts)"
  echo "systemd: Debian $release took $(($(date +%s) - started)) s"
  shift
done

if [ -n "$failed" ]; then
  echo "systemd: FAILED on Debian$failed; see $cache/log-*" >&2
  exit 1
fi
echo "systemd: passed on Debian$runnable${not_run:+, NOT run on$not_run}"
