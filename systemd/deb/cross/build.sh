#!/bin/sh
# SPDX-License-Identifier: MIT
# build.sh CACHE: builds the programs for a Pi on an x86-64 Debian, and prints the directory of what they were built with, as
# prepare.sh does. The programs are .build/arm64/release/postured and posturectl.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
ready=$("$here/prepare.sh" "$1")
cache=$(cd "$1" && pwd)

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# Where git finds the packages here, it finds them in there; but directories have to be there too.
mkdir -p "$cache/home" "$project/.build/arm64"
printf '[safe]\n\tdirectory = *\n' >"$cache/home/.gitconfig"
mirrors=
git config --get-regexp '^url\..*\.insteadof$' >"$cache/mirrors" || true
while read -r key instead; do
  base=${key#url.}
  base=${base%.insteadof}
  git config --file "$cache/home/.gitconfig" --add "url.$base.insteadOf" "$instead"
  case $base in /*) mirrors="$mirrors $base" ;; esac
done <"$cache/mirrors"

# The mounts are of this one process and go with it.
# shellcheck disable=SC2016,SC2086
as_root unshare --mount sh -euc '
  root=$1 user=$2 project=$3 cache=$4 ready=$5
  shift 5
  for path in /proc /dev "$project" "$cache" "$@"; do
    mkdir -p "$root$path"
    mount --bind "$path" "$root$path"
  done
  touch "$root/etc/resolv.conf"
  mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
  cd "$root$project"
  for product in postured posturectl; do
    chroot --userspec="$user" "$root" env -i HOME="$cache/home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 \
      swift build --package-path "$project" --scratch-path "$project/.build/arm64" --swift-sdks-path "$ready/sdk" \
      --swift-sdk debian-arm64 -c release --static-swift-stdlib --product "$product"
  done
' cross "$ready/root" "$(id -u):$(id -g)" "$project" "$cache" "$ready" $mirrors >&2
echo "$ready"
