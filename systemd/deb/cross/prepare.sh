#!/bin/sh
# SPDX-License-Identifier: MIT
# prepare.sh CACHE: makes a compiler for a Pi ready, and prints the directory that holds it:
#
#   root/       Debian sid, with the Swift that it carries; the compiler runs in there
#   sysroot/    the libraries that Debian 13 has on a Pi, which the programs are linked against
#   sdk/        what tells that compiler of them
#   shlibs      which package each of these libraries is in, for dpkg-shlibdeps
#
# It downloads 1.1 GB and keeps 4 GB. Nothing of it is installed: apt works on a configuration of its own. Making it needs root, or sudo.
set -eu
mkdir -p "$1"
cache=$(cd "$1" && pwd)
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { echo "cross: $*" >&2; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

if [ "$(uname -m)" != x86_64 ] || ! command -v apt-get >/dev/null; then
  say "this is made for a Debian on x86-64; on a Pi itself: make deb"
  exit 69
fi

# One at a time.
exec 9>"$cache/lock"
flock 9

key=$(sha256sum "$0" | cut -c1-16)
ready=$cache/$key
if [ -e "$ready/complete" ]; then
  echo "$ready"
  exit
fi

missing=
for pair in mmdebstrap:mmdebstrap unshare:util-linux dpkg-deb:dpkg; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
[ -e "$keyring" ] || missing="$missing debian-archive-keyring"
if [ -n "$missing" ]; then
  say "installing:$missing"
  # shellcheck disable=SC2086
  { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends $missing; } >/dev/null
fi
as_root rm -rf "$ready"
mkdir -p "$ready/apt/lists/partial" "$ready/apt/archives/partial" "$ready/download" "$ready/sysroot/usr/lib"

# What this machine's apt needs to reach the mirror.
apt-config dump | grep -E '^Acquire::(Check-|http|https|Retries)' >"$ready/apt/acquire.conf" || true
say "Debian sid with its Swift"
as_root mmdebstrap --quiet --variant=apt --include=swiftlang,g++,git,ca-certificates --aptopt="$ready/apt/acquire.conf" \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  sid "$ready/root" "deb [signed-by=$keyring] $mirror sid main" >"$ready/log" 2>&1 || { tail "$ready/log" >&2; exit 69; }

# The machine's own apt is left as it is.
for suite in trixie sid; do echo "deb [signed-by=$keyring] $mirror $suite main"; done >"$ready/apt/sources.list"
cat >"$ready/apt/apt.conf" <<END
Dir::State "$ready/apt";
Dir::State::status "/dev/null";
Dir::Cache "$ready/apt";
Dir::Etc::sourcelist "$ready/apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferencesparts "-";
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
END
export APT_CONFIG="$ready/apt/apt.conf"
say "what Debian 13 and Swift have for a Pi"
apt-get update -qq >&2
(
  cd "$ready/download"
  for package in libc6 libc6-dev linux-libc-dev libgcc-s1 libgcc-14-dev libstdc++6 libstdc++-14-dev libi2c0 libi2c-dev libsqlite3-0 libsqlite3-dev; do
    apt-get download -qq "$package/trixie"
  done
) >"$ready/log" 2>&1 || { cat "$ready/log" >&2; exit 69; }
for folder in bin lib sbin; do mkdir -p "$ready/sysroot/usr/$folder"; ln -s "usr/$folder" "$ready/sysroot/$folder"; done
for package in "$ready"/download/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar x -C "$ready/sysroot" --keep-directory-symlink
  dpkg-deb --ctrl-tarfile "$package" | tar xO ./shlibs 2>/dev/null >>"$ready/shlibs" || true
done
rm "$ready"/download/*

# Of the very version that runs, the part of it that is for programs.
version=$(sed -n '/^Package: swiftlang$/,/^$/s/^Version: //p' "$ready/root/var/lib/dpkg/status")
(cd "$ready/download" && apt-get download -qq "swiftlang=$version") >"$ready/log" 2>&1 || { cat "$ready/log" >&2; exit 69; }
dpkg-deb --fsys-tarfile "$ready"/download/swiftlang_*.deb |
  tar x -C "$ready/sysroot/usr/lib" --strip-components=5 --exclude='*/swift/host' --exclude='*/swift/pm' \
    ./usr/libexec/swift/lib/clang ./usr/libexec/swift/lib/swift ./usr/libexec/swift/lib/swift_static

sdk=$ready/sdk/debian-arm64.artifactbundle
mkdir -p "$sdk/a64"
cat >"$sdk/info.json" <<END
{"schemaVersion": "1.0", "artifacts": {"debian-arm64": {"type": "swiftSDK", "version": "0.1", "variants": [{"path": "a64"}]}}}
END
cat >"$sdk/a64/swift-sdk.json" <<END
{"schemaVersion": "4.0", "targetTriples": {"aarch64-unknown-linux-gnu": {
  "sdkRootPath": "$ready/sysroot",
  "swiftResourcesPath": "$ready/sysroot/usr/lib/swift",
  "swiftStaticResourcesPath": "$ready/sysroot/usr/lib/swift_static",
  "toolsetPaths": ["toolset.json"]}}}
END
gcc="--gcc-toolchain=$ready/sysroot/usr"
cat >"$sdk/a64/toolset.json" <<END
{"schemaVersion": "1.0",
  "swiftCompiler": {"extraCLIOptions": ["-use-ld=lld", "-Xclang-linker", "$gcc", "-Xcc", "$gcc"]},
  "cCompiler": {"extraCLIOptions": ["$gcc"]},
  "cxxCompiler": {"extraCLIOptions": ["$gcc"]}}
END
rm -rf "$ready/download" "$ready/apt" "$ready/log"
echo "$version" >"$ready/complete"
echo "$ready"
