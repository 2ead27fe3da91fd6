#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# Process 1 of the machine: mounts the disk as a Pi does, and lets the history be written on it.
/bin/busybox --install -s /bin
export PATH=/bin
mkdir -p /proc /dev /disk
mount -t proc proc /proc
mount -t devtmpfs devtmpfs /dev
exec </dev/ttyS0 >/dev/ttyS0 2>&1

# Ends the machine; QEMU's exit status is then 2 * code + 1. Never 0, which would make QEMU's own failure.
end() {
  printf "\\$(printf %03o "$1")" | dd of=/dev/port bs=1 seek=$((0x501)) 2>/dev/null
  poweroff -f
}

for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk crc16 crc32c_generic mbcache jbd2 ext4; do
  [ ! -e /modules/$module.ko ] || insmod /modules/$module.ko || end 17
done
mount -t ext4 -o "$(cat /rig/mount)" /dev/vda /disk || end 17
# shellcheck disable=SC2046
history-rig write /disk/history.db --acknowledge /dev/vdb $(cat /rig/options) || end 17
# Not unmounted: a card is not, when its power goes.
end 16
