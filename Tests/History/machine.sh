#!/bin/sh
# SPDX-License-Identifier: MIT
# machine.sh BIN NOTES OPTION...: lets `history-rig write` with those options write a history on the disk of an emulated machine, into
# NOTES what reached the disk and in which order (disk.py), and into NOTES.empty the disk before. Time is that of the kernel rig:
# a minute without work costs nothing, and the kernel's own writing comes where it comes on a Pi. MOUNT: options of mount(8).
set -eu
bin=$1 notes=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
# Of the host; a day of minutes takes two of its minutes.
limit=900

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
if ! nbdkit --dump-plugin python >/dev/null 2>&1 || [ ! -e /usr/sbin/mke2fs ]; then
  echo "history: installing nbdkit-plugin-python, e2fsprogs" >&2
  { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends nbdkit nbdkit-plugin-python e2fsprogs; } >/dev/null
fi
mkdir -p .build/kernel
kernel=$("$here/../Kernel/prepare.sh" .build/kernel)

work=$(mktemp -d)
disk=
trap '[ -z "$disk" ] || kill "$disk" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
root=$work/root
mkdir -p "$root/bin" "$root/rig" "$root/modules"
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$kernel"/more/*.ko "$root/modules/"
strip -o "$root/bin/history-rig" "$bin/history-rig"
ldd "$bin/history-rig" | grep -o '/[^ ]*' | while read -r library; do
  [ -e "$root$library" ] || { mkdir -p "$root${library%/*}" && cp -L "$library" "$root$library"; }
done
echo "$*" >"$root/rig/options"
# As Raspberry Pi OS mounts its card.
echo "${MOUNT:-noatime}" >"$root/rig/mount"
cp "$here/guest/init.sh" "$root/init"
chmod 755 "$root/init"
(cd "$root" && find . | cpio -o -H newc --quiet) >"$work/initrd"

# Blocks as large as those of a card's file system.
truncate -s 32M "$notes.empty"
/usr/sbin/mke2fs -q -F -t ext4 -b 4096 "$notes.empty"
nbdkit --foreground --unix "$work/disk" python "$here/disk.py" image="$notes.empty" log="$notes" 2>"$work/disk.log" &
disk=$!
tries=0
until [ -S "$work/disk" ]; do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || { echo "history: nbdkit does not start: $(cat "$work/disk.log")" >&2; exit 1; }
  sleep 0.1
done
"$here/../Kernel/machine.sh" $limit 1 "$kernel" "$work/initrd" "" -m 256 \
  -drive "if=none,id=disk,format=raw,cache=writeback,file=nbd+unix:///disk?socket=$work/disk" -device virtio-blk-pci,drive=disk \
  -drive "if=none,id=told,format=raw,cache=writeback,file=nbd+unix:///acknowledgements?socket=$work/disk" \
  -device virtio-blk-pci,drive=told </dev/null >"$work/said" 2>&1
# 33 is the machine's own word for a pass: 2 * 0x10 + 1.
tail -n 1 "$work/said" | grep -qx "rig: QEMU ended with 33" || { echo "history: the machine failed:" >&2; tail -n 20 "$work/said" "$work/disk.log" >&2; exit 1; }
kill "$disk"
wait "$disk" || true
disk=
