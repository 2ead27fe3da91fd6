#!/bin/sh
# SPDX-License-Identifier: MIT
# prepare.sh CACHE RELEASE: makes the files of a small Debian of that release, 12 or 13, and prints the directory that holds them:
#
#   root/   systemd, udev and what they and our programs need, as Debian's packages have it, without what only people read
#
# The packages are unpacked and not installed, into a directory of their own; apt looks for them with settings of its own and
# leaves this machine's alone. What is unpacked is kept under the versions of the packages.
set -eu
mkdir -p "$1"
cache=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C

say() { echo "systemd: $*" >&2; }

case $2 in
  12) suite=bookworm ;;
  13) suite=trixie ;;
  *) say "Debian $2: expected 12 or 13"; exit 64 ;;
esac
packages="systemd systemd-sysv udev kmod libc-bin mount util-linux bash base-passwd libi2c0 libstdc++6 libsqlite3-0 socat"

exec 9>"$cache/lock"
flock 9

# The mirror from which this machine has its own Debian.
mirror=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' | sed -n 's/^Debian Debian //p' | head -n 1)
[ -n "$mirror" ] || mirror=http://deb.debian.org/debian
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e $keys ] || { say "there is no $keys: install debian-archive-keyring"; exit 69; }

apt=$cache/apt-$suite
mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/none"
: >"$apt/status"
echo "deb [signed-by=$keys] $mirror $suite main" >"$apt/sources.list"
cat >"$apt/apt.conf" <<END
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/none";
Dir::Etc::preferencesparts "$apt/none";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Debug::NoLocking "true";
END
export APT_CONFIG="$apt/apt.conf"

# What they need with them. A day-old list of versions will do.
if [ -z "$(find "$apt/lists" -name '*_Packages*' -mtime -1)" ]; then
  apt-get update -qq >&2 || [ -n "$(find "$apt/lists" -name '*_Packages*')" ] || { say "no list of Debian $2's packages"; exit 69; }
fi
# shellcheck disable=SC2086
apt-get install -s $packages >"$apt/plan" 2>&1 || { cat "$apt/plan" >&2; exit 69; }
key=$({ sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p' "$apt/plan"; cat "$here/prepare.sh"; } | sha256sum | cut -c1-16)
ready=$cache/$suite-$key
if [ ! -e "$ready/complete" ]; then
  say "downloading Debian $2's systemd: $(grep -c '^Inst ' "$apt/plan") packages"
  rm -rf "$cache/$suite"-* "$apt/archives"/*.deb
  # shellcheck disable=SC2086
  apt-get install -qq -y --download-only $packages >"$apt/log" 2>&1 || { cat "$apt/log" >&2; exit 69; }
  root=$ready/root
  mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib" "$root/usr/lib64"
  for directory in bin sbin lib lib64; do ln -s "usr/$directory" "$root/$directory"; done
  for package in "$apt/archives"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar x -C "$root" --keep-directory-symlink --no-same-owner \
      --exclude './usr/share/doc' --exclude './usr/share/man' --exclude './usr/share/locale' --exclude './usr/share/i18n' \
      --exclude './usr/share/perl5' --exclude '*/gconv' --exclude '*/hwdb.d' --exclude '*/catalog' --exclude '*/ossl-modules' \
      --exclude './usr/share/bash-completion' --exclude './usr/share/zsh' --exclude './usr/share/lintian' \
      --exclude './usr/lib/systemd/system-generators' --exclude './lib/systemd/system-generators'
  done
  rm -rf "$apt/archives"/*.deb
  # What the packages' scripts would do.
  cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
  cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
  printf 'passwd: files\ngroup: files\n' >"$root/etc/nsswitch.conf"
  mkdir -p "$root/dev" "$root/proc" "$root/sys" "$root/run" "$root/tmp" "$root/root" "$root/home" "$root/var/lib" "$root/var/tmp" \
    "$root/var/log"
  ln -sfn ../run "$root/var/run"
  ln -sfn usr/lib/systemd/systemd "$root/init"
  : >"$root/etc/machine-id"
  : >"$ready/complete"
fi
echo "$ready"
