#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh PACKAGE [SUITE...]: installs the package into a Debian of its own, uses, upgrades, removes and purges it there, and looks for
# what it leaves behind; where none is named, in this machine's Debian and in later ones, which is where what was built here runs.
# guest.sh says what is looked at.
#
# Each Debian is made once and kept in .build/package; the package goes into a copy that is gone with the process. Needs root, or sudo.
set -eu
package=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
# What the package is looked at with, and what it depends on: nothing is fetched while it is tried.
contents=systemd,udev,libi2c0,libsqlite3-0,libstdc++6,man-db,mandoc,bash-completion,zsh,fish,lintian

say() { echo "package: $*" >&2; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

if [ $# -eq 0 ]; then
  # shellcheck disable=SC1091
  case $(. /etc/os-release && echo "$VERSION_CODENAME") in
  bookworm) set -- bookworm trixie ;;
  *) set -- trixie ;;
  esac
fi
missing=
command -v mmdebstrap >/dev/null || missing="$missing mmdebstrap"
[ -e "$keyring" ] || missing="$missing debian-archive-keyring"
if [ -n "$missing" ]; then
  say "installing:$missing"
  # shellcheck disable=SC2086
  { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends $missing; } >/dev/null
fi

mkdir -p .build/package
cache=$(cd .build/package && pwd)
version=$(sed -n 's/.*static let program = "\(.*\)"$/\1/p' Sources/PostureFormats/Version.swift)
for suite in "$@"; do
  root=$cache/$suite-$(echo "$contents" | sha256sum | cut -c1-16)
  if [ ! -e "$root.complete" ]; then
    say "making a Debian $suite"
    as_root rm -rf "$root"
    # What this machine's apt needs to reach the mirror.
    apt-config dump | grep -E '^Acquire::(Check-|http|https|Retries)' >"$cache/acquire.conf" || true
    as_root mmdebstrap --quiet --variant=minbase --include="$contents" --aptopt="$cache/acquire.conf" \
      "$suite" "$root" "deb [signed-by=$keyring] $mirror $suite main" >"$cache/log" 2>&1 || { tail "$cache/log" >&2; exit 69; }
    : >"$root.complete"
  fi
  copy=$(mktemp -d "$cache/copy.XXXXXX")
  status=0
  # shellcheck disable=SC2016
  as_root unshare --mount --pid --fork sh -euc '
    root=$1 package=$2 guest=$3 copy=$4 version=$5
    mount -t tmpfs -o mode=755 package "$copy"
    mkdir "$copy/upper" "$copy/work" "$copy/root"
    mount -t overlay -o "lowerdir=$root,upperdir=$copy/upper,workdir=$copy/work" package "$copy/root"
    root=$copy/root
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    mount -t tmpfs -o mode=755 package "$root/run"
    mkdir "$root/run/package"
    cp "$package" "$root/run/package/new.deb"
    cp "$guest" "$root/run/package/guest.sh"
    exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      sh /run/package/guest.sh "$version"
  ' package "$root" "$package" "$here/guest.sh" "$copy" "$version" || status=$?
  rmdir "$copy"
  [ "$status" -eq 0 ] || { say "$suite: failed"; exit 1; }
  echo "package: $(basename "$package") on $suite: installs, runs, completes, upgrades and leaves nothing behind"
done
