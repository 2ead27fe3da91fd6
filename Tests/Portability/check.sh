#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the core over every fixture as a Pi's processor does, and compares with the golden checksum over every bit: compiled as
# Embedded Swift for aarch64, linked with Debian's cross libraries, run under qemu's user emulation. Needs an x86-64 Debian.
set -eu
cd "$(dirname "$0")/../.."

if [ "$(uname -m)" != x86_64 ]; then
  echo "portability: this machine is $(uname -m), where 'make test' compares the same checksums itself; NOT run"
  exit 0
fi
# Debian 12 and 13 name it differently.
emulator() { command -v qemu-aarch64-static || command -v qemu-aarch64; }
if ! command -v aarch64-linux-gnu-gcc >/dev/null || ! emulator >/dev/null; then
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
    gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static >/dev/null
fi

qemu=$(emulator)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
swiftc -target aarch64-none-none-elf -swift-version 6 -enable-experimental-feature Embedded \
  -enable-experimental-feature Lifetimes -wmo -O -parse-as-library -package-name postured -module-name PostureCore -c Sources/PostureCore/*.swift Tests/Portability/entry.swift \
  -o "$out/core.o"
# The compiler's own lld: GNU ld refuses a relocation of the embedded library's. libm for what the compiler cannot prove not to
# be below zero: the root of anything else is the processor's own instruction.
aarch64-linux-gnu-gcc -O2 -Wall -Werror -static -fuse-ld=lld -B"$(dirname "$(readlink -f "$(command -v swiftc)")")" \
  Tests/Portability/main.c "$out/core.o" -lm -o "$out/core"

compared=0
for trace in Fixtures/*.trace; do
  golden=$(tail -n 1 "${trace%.trace}.events")
  found=$("$qemu" "$out/core" <"$trace")
  if [ "$found" != "$golden" ]; then
    echo "portability: ${trace}: found '$found', expected '$golden'" >&2
    exit 1
  fi
  compared=$((compared + 1))
done
[ "$compared" -gt 0 ] || { echo "portability: found no fixture" >&2; exit 1; }
echo "portability: the estimates of $compared fixtures are the same bits on aarch64"
