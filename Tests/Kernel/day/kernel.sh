#!/bin/sh
# SPDX-License-Identifier: MIT
# kernel.sh CACHE: builds the kernel for a day, and prints the directory that holds it:
#
#   linux        User-Mode Linux: a kernel that is a program, and whose time can be simulated
#   simbus.ko    our adapter
#
# It is made from Debian's sources of the kernel, once for each version of them, of the compiler and of what is in this directory.
# Tools that are missing are installed with apt, and through sudo where this is not root.
set -eu
mkdir -p "$1"
cache=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

say() { echo "kernel: $*" >&2; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
# change FILE SCRIPT: edits one of the kernel's sources; one that is not as it was expected to be is not passed over.
change() {
  sed "$2" "$1" >"$1.new"
  if cmp -s "$1" "$1.new"; then
    say "$(basename "$1") of this kernel is not what the rig knows"
    exit 70
  fi
  mv "$1.new" "$1"
}

if ! command -v apt-get >/dev/null; then
  say "this needs Debian's packages, and there is no apt-get"
  exit 69
fi
missing=
for pair in busybox:busybox-static cpio:cpio gcc:gcc make:make flex:flex bison:bison bc:bc xz:xz-utils; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
[ -e /usr/include/elf.h ] || missing="$missing libc6-dev"
if [ -n "$missing" ]; then
  say "installing:$missing"
  # shellcheck disable=SC2086
  { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends $missing; } >/dev/null
fi

# The series that the distribution's own kernel is of.
find_sources() { apt-cache depends linux-source 2>/dev/null | sed -n 's/^ *Depends: \(linux-source-[^ ]*\)$/\1/p' | head -n 1; }
package=$(find_sources)
[ -n "$package" ] || { as_root apt-get update -qq >&2; package=$(find_sources); }
[ -n "$package" ] || { say "apt knows no linux-source"; exit 69; }
version=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')

key=$({
  echo "$version"
  gcc -dumpfullversion
  cat "$here/kernel.sh" "$here/kernel.config" "$here/../simbus"/*
} | sha256sum | cut -c1-16)
ready=$cache/day-$key
if [ ! -e "$ready/complete" ]; then
  work=$cache/day-build
  rm -rf "$cache"/day-*
  mkdir -p "$ready" "$work/sources" "$work/objects" "$work/simbus"
  say "downloading $package $version"
  (cd "$work" && apt-get download -qq "$package" 2>&1) >"$work/log" || { cat "$work/log" >&2; exit 69; }
  dpkg-deb --fsys-tarfile "$work/$package"_*.deb | tar xO --wildcards '*/linux-source-*.tar.xz' | xz -dc -T0 |
    tar x -C "$work/sources" --strip-components=1

  # A program's registers are longer on a processor with AMX (11008 bytes) than this kernel has room for.
  change "$work/sources/arch/x86/um/user-offsets.c" 's/DEFINE_LONGS(HOST_FP_SIZE, 2696)/DEFINE_LONGS(HOST_FP_SIZE, 12288)/'

  say "building it, some four minutes on two slow processors"
  build() { make -s -j"$(nproc)" -C "$work/sources" O="$work/objects" ARCH=um CC=gcc "$@"; }
  {
    # The configuration is the least there is and ours.
    build tinyconfig &&
      cat "$here/kernel.config" >>"$work/objects/.config" &&
      build olddefconfig &&
      build linux modules &&
      cp "$here/../simbus/simbus.c" "$work/simbus/" &&
      echo "obj-m := simbus.o" >"$work/simbus/Makefile" &&
      build M="$work/simbus" modules
  } >"$work/log" 2>&1 || { tail -n 50 "$work/log" >&2; exit 1; }
  # An option that this kernel does not know, or that needs another, is dropped in silence.
  grep '^CONFIG_' "$here/kernel.config" | while read -r option; do
    grep -qxF "$option" "$work/objects/.config" || say "this kernel does not take $option"
  done
  strip -o "$ready/linux" "$work/objects/linux"
  strip --strip-debug -o "$ready/simbus.ko" "$work/simbus/simbus.ko"
  rm -rf "$work"
  : >"$ready/complete"
fi
echo "$ready"
