#!/bin/sh
# SPDX-License-Identifier: MIT
# build.sh BIN OUT [CROSS]: makes OUT/postured_VERSION_ARCHITECTURE.deb of the programs in BIN, and prints its path.
#
# CROSS is what cross/prepare.sh made: then the programs are for arm64. The same programs at the same commit give the same bytes.
# DEBFULLNAME and DEBEMAIL say who maintains the package, otherwise who made the commit.
set -eu
bin=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
cross=
[ -z "${3:-}" ] || cross=$(cd "$3" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
export LC_ALL=C
umask 022

say() { echo "deb: $*" >&2; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
# Debian 12 and 13 name it differently.
emulator() { command -v qemu-aarch64-static || command -v qemu-aarch64; }

command -v dpkg >/dev/null || { say "this needs a Debian"; exit 69; }
missing=
command -v dpkg-shlibdeps >/dev/null || missing="$missing dpkg-dev"
command -v strip >/dev/null || missing="$missing binutils"
if [ -n "$cross" ]; then
  command -v aarch64-linux-gnu-strip >/dev/null || missing="$missing binutils-aarch64-linux-gnu"
  emulator >/dev/null || missing="$missing qemu-user-static"
fi
if [ -n "$missing" ]; then
  say "installing:$missing"
  # shellcheck disable=SC2086
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing; } >/dev/null
fi

version=$(sed -n 's/.*static let program = "\(.*\)"$/\1/p' "$project/Sources/PostureFormats/Version.swift")
[ -n "$version" ] || { say "Version.swift names no version"; exit 65; }
revision=$version-1
: "${SOURCE_DATE_EPOCH:=$(git -C "$project" log -1 --format=%ct)}"
maintainer="${DEBFULLNAME:-$(git -C "$project" log -1 --format=%an)} <${DEBEMAIL:-$(git -C "$project" log -1 --format=%ae)}>"
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
root=$work/root
doc=$root/usr/share/doc/postured
mkdir -p "$work/debian" "$root/DEBIAN" "$doc"

if [ -n "$cross" ]; then
  architecture=arm64
  STRIP=aarch64-linux-gnu-strip RUN="$(emulator) -L $cross/sysroot" "$project/systemd/install.sh" "$bin" "$root" /usr /etc
else
  architecture=$(dpkg --print-architecture)
  "$project/systemd/install.sh" "$bin" "$root" /usr /etc
fi
units=$(cd "$root/usr/lib/systemd/system" && echo *)

# Whatever is linked into the programs, its license is told.
cp "$here/copyright" "$doc/copyright"
for checkout in "${bin%/*}"/checkouts/*; do
  name=${checkout##*/}
  grep -qx "Files: $name" "$doc/copyright" || { say "systemd/deb/copyright says nothing of $name"; exit 65; }
  if [ -e "$checkout/NOTICE.txt" ]; then cat "$checkout/NOTICE.txt"; fi
done >"$doc/NOTICE"
cp "$project/README.md" "$doc/README.md"
cp "$project/CHANGELOG.md" "$doc/changelog"
cat >"$work/debian/changelog" <<END
postured ($revision) unstable; urgency=medium

  * What is new is in the file changelog beside this one.

 -- $maintainer  $(date --utc --rfc-email --date="@$SOURCE_DATE_EPOCH")
END
cp "$work/debian/changelog" "$doc/changelog.Debian"
gzip -9n "$doc/NOTICE" "$doc/README.md" "$doc/changelog" "$doc/changelog.Debian" "$root"/usr/share/man/man*/*
install -D -m 644 "$here/lintian-overrides" "$root/usr/share/lintian/overrides/postured"

for script in postinst prerm postrm; do
  sed "s/@UNITS@/$units/g" "$here/$script" >"$root/DEBIAN/$script"
  chmod 755 "$root/DEBIAN/$script"
done
(cd "$root" && find etc -type f | sort | sed 's,^,/,') >"$root/DEBIAN/conffiles"
(cd "$root" && find usr -type f | sort | xargs md5sum) >"$root/DEBIAN/md5sums"
sed "s/@MAINTAINER@/$maintainer/" "$here/control" >"$work/debian/control"
(
  cd "$work"
  # For another architecture, what its libraries' packages say of themselves stands in for this machine's database.
  export DEB_HOST_ARCH="$architecture"
  if [ -n "$cross" ]; then
    libraries=$cross/sysroot/usr/lib/aarch64-linux-gnu
    set -- -L"$cross/shlibs" -l"$libraries" --ignore-missing-info
  else
    set --
  fi
  dpkg-shlibdeps "$@" -Tdebian/substvars root/usr/bin/postured root/usr/bin/posturectl &&
    dpkg-gencontrol -ppostured -Proot -Tdebian/substvars -fdebian/files
) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
grep -q '^Depends:.*libc6.*libi2c0.*libsqlite3-0' "$root/DEBIAN/control" || { cat "$work/log" "$root/DEBIAN/control" >&2; exit 70; }

package=$out/postured_${revision}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$root" "$work/package.deb" >"$work/log" || { cat "$work/log" >&2; exit 1; }
rm -f "$out"/postured_*_"$architecture".deb
mv "$work/package.deb" "$package"
echo "$package"
