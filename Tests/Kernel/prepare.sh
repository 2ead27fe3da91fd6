#!/bin/sh
# SPDX-License-Identifier: MIT
# prepare.sh CACHE: makes a kernel ready for the rig, and prints the directory that holds it:
#
#   vmlinux      Debian's own kernel
#   modules/     what of it is loaded, in the order of their names
#   more/        its drivers of disks, ext4 and a network that is none, for Tests/Systemd
#
# The kernel, its headers and its sources are unpacked and not installed. Tools that are missing are, with apt, and through sudo
# where this is not root. Nothing is downloaded or built twice: what is unpacked is kept under the kernel's release, what is built
# under that and a checksum of what it is built from.
set -eu
mkdir -p "$1"
cache=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

say() { echo "kernel: $*" >&2; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
# depends PACKAGE PATTERN: the first package on which it depends whose name begins so.
depends() { apt-cache depends "$1" 2>/dev/null | sed -n "s/^ *Depends: \($2[^ ]*\)\$/\1/p" | head -n 1; }
# change FILE SCRIPT: edits one of the kernel's sources; one that is not as it was expected to be is not passed over.
change() {
  sed "$2" "$1" >"$1.new"
  if cmp -s "$1" "$1.new"; then
    say "$(basename "$1") of this kernel is not what the rig knows"
    exit 70
  fi
  mv "$1.new" "$1"
}

# One at a time.
exec 9>"$cache/lock"
flock 9

if ! command -v apt-get >/dev/null; then
  say "this needs Debian's packages, and there is no apt-get"
  exit 69
fi
[ -n "$(depends linux-image-amd64 linux-image-)" ] || as_root apt-get update -qq >&2
image=$(depends linux-image-amd64 linux-image-)
[ -n "$image" ] || { say "apt knows no linux-image-amd64"; exit 69; }
release=${image#linux-image-}
headers=linux-headers-$release
common=$(depends "$headers" linux-headers-)
kbuild=$(depends "$headers" linux-kbuild-)
sources=linux-source-$(echo "$release" | cut -d. -f1,2)

missing=
for pair in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio gcc:gcc make:make xz:xz-utils zstd:zstd; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
[ -d "/usr/lib/$kbuild" ] || missing="$missing $kbuild"
if [ -n "$missing" ]; then
  say "installing:$missing"
  # shellcheck disable=SC2086
  { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends $missing; } >/dev/null
fi

# What is Debian's: the kernel, modules of its own, what modules are built with, and drivers that Debian does not build.
stock=$cache/$release
if [ ! -e "$stock/more/complete" ]; then
  rm -rf "$stock"
  mkdir -p "$stock/download" "$stock/unpacked/usr/lib" "$stock/modules" "$stock/more" "$stock/sources"
  say "downloading $image, its headers and $sources"
  (cd "$stock/download" && apt-get download -qq "$image" "$headers" "$common" "$sources" 2>&1) >"$stock/download/log" ||
    { cat "$stock/download/log" >&2; exit 69; }

  dpkg-deb --fsys-tarfile "$stock/download/$image"_*.deb | tar x -C "$stock" --transform 's,.*/,,' --wildcards \
    '*/boot/vmlinuz-*' '*/kernel/fs/configfs/configfs.ko*' '*/kernel/drivers/i2c/i2c-dev.ko*'
  mv "$stock"/*.ko* "$stock/modules/"
  # Some of them are part of one kernel and modules of another.
  dpkg-deb --fsys-tarfile "$stock/download/$image"_*.deb >"$stock/download/image.tar"
  tar tf "$stock/download/image.tar" |
    grep -E '/(dummy|virtio|virtio_ring|virtio_blk|virtio_pci[a-z_]*|ext4|jbd2|mbcache|crc16|crc32c_generic)\.ko(\.xz)?$' |
    tar xf "$stock/download/image.tar" -C "$stock/more" --transform 's,.*/,,' -T -
  find "$stock/modules" "$stock/more" -name '*.xz' -exec xz -d {} +

  dpkg-deb --fsys-tarfile "$stock/download/$sources"_*.deb | tar xO --wildcards '*/linux-source-*.tar.xz' | xz -dc -T0 |
    tar x -C "$stock/sources" --transform 's,.*/,,' --wildcards \
      '*/drivers/gpio/gpio-sim.c' '*/drivers/gpio/gpiolib.h' '*/kernel/irq/irq_sim.c' '*/scripts/extract-vmlinux'
  # Decompressing itself would cost the emulated machine 4 s at every start.
  sh "$stock/sources/extract-vmlinux" "$stock"/vmlinuz-* >"$stock/vmlinux"

  for package in "$headers" "$common"; do dpkg-deb -x "$stock/download/$package"_*.deb "$stock/unpacked"; done
  ln -s "/usr/lib/$kbuild" "$stock/unpacked/usr/lib/"
  sed -i "s|^include /usr/src/|include $stock/unpacked/usr/src/|" "$stock/unpacked/usr/src/$headers/Makefile"
  rm -rf "$stock/download" "$stock"/vmlinuz-*
  : >"$stock/more/complete"
fi

# What is not: our adapter, and the kernel's simulated GPIO chip.
key=$(cat "$here/prepare.sh" "$here"/simbus/* | sha256sum | cut -c1-16)
ready=$cache/$release-$key
if [ ! -e "$ready/complete" ]; then
  say "building modules for $release"
  build=$cache/build
  rm -rf "$cache/$release"-* "$build"
  mkdir -p "$ready/modules" "$ready/more" "$build"
  cp "$here"/simbus/* "$stock"/sources/*.[ch] "$build/"
  # irq_to_desc is not for modules.
  change "$build/irq_sim.c" 's/handle_simple_irq(irq_to_desc(\(.*\)));/generic_handle_irq(\1);/'
  # A line of a Pi may keep its level when its user is gone; the simulated one would fall back to its pull.
  change "$build/gpio-sim.c" '/^static void gpio_sim_free/,/^}/{
    /__assign_bit(offset, chip->value_map/{:join;/;$/!{N;bjoin};d}
  }'
  make -s -j2 -C "$stock/unpacked/usr/src/$headers" M="$build" CC=gcc modules >"$build/log" 2>&1 ||
    { cat "$build/log" >&2; exit 1; }
  ln "$stock/vmlinux" "$ready/vmlinux"
  cp "$stock/modules/configfs.ko" "$ready/modules/1-configfs.ko"
  cp "$stock/modules/i2c-dev.ko" "$ready/modules/2-i2c-dev.ko"
  cp "$build/gpio-sim-rig.ko" "$ready/modules/3-gpio-sim.ko"
  cp "$build/simbus.ko" "$ready/modules/4-simbus.ko"
  cp "$stock"/more/*.ko "$ready/more/"
  strip --strip-debug "$ready"/modules/*.ko "$ready"/more/*.ko
  rm -rf "$build"
  : >"$ready/complete"
fi
echo "$ready"
