#!/bin/sh
# SPDX-License-Identifier: MIT
# arm64.sh PACKAGE CROSS: runs the programs of an arm64 package as a Pi would, under qemu's user emulation with the libraries of Debian 13
# that systemd/deb/cross/prepare.sh put into CROSS: every fixture gives the golden events and checksum, and what the daemon records of a
# simulated wearer is the fixture, byte for byte.
set -eu
package=$(realpath "$1")
sysroot=$(cd "$2/sysroot" && pwd)
cd "$(dirname "$0")/../.."

# Debian 12 and 13 name it differently; the package was made with it.
qemu=$(command -v qemu-aarch64-static || command -v qemu-aarch64)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
trap 'exit 1' INT TERM
dpkg-deb -x "$package" "$out/root"
run() {
  program=$1
  shift
  "$qemu" -L "$sysroot" "$out/root/usr/bin/$program" "$@"
}
fail() { echo "arm64: $*" >&2; exit 1; }

version=$(sed -n 's/.*static let program = "\(.*\)"$/\1/p' Sources/PostureFormats/Version.swift)
for program in postured posturectl; do
  run "$program" --version | grep -q "$version" || fail "$program does not say that it is $version"
done
run postured --check --config "$out/root/etc/postured/postured.conf" | grep -q "any known sensor on /dev/i2c-1" ||
  fail "the shipped settings are not understood"

compared=0
for trace in Fixtures/*.trace; do
  run posturectl replay "$trace" --events "$out/events" --checksum >"$out/log" 2>&1 || { cat "$out/log" >&2; fail "$trace: no replay"; }
  diff "${trace%.trace}.events" "$out/events" >&2 || fail "$trace: other events than the golden ones"
  rm "$out/events"
  compared=$((compared + 1))
done
[ "$compared" -gt 0 ] || fail "found no fixture"

scenario=$(sed -n 's/^# origin: synthetic, scenario \([a-z-]*\),.*/\1/p' Fixtures/*.trace | head -n 1)
run postured --scenario "$scenario" --speed max --record "$out/new.trace" --socket "$out/socket" 2>"$out/log" ||
  { cat "$out/log" >&2; fail "the daemon does not run"; }
cmp "Fixtures/$scenario.trace" "$out/new.trace" || fail "the daemon records another $scenario"
echo "arm64: $(basename "$package"): $compared fixtures give the golden bytes, and the daemon records $scenario as on x86-64"
