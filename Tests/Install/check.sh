#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs into a throw-away root and checks what stands there: programs that run, a unit that systemd accepts, a shipped
# configuration that names every setting and is read without a word, and that a second install keeps the first one's settings
# and an uninstall nothing else.
set -eu
cd "$(dirname "$0")/../.."
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

make --no-print-directory install DESTDIR="$root" PREFIX=/usr >"$root/log" 2>&1 || { cat "$root/log"; exit 1; }
"$root/usr/bin/postured" --version
"$root/usr/bin/posturectl" --version

configuration=$root/etc/postured/postured.conf
"$root/usr/bin/postured" --check --config "$configuration" | grep -q "any known sensor on /dev/i2c-1"
# Every line that is commented out is a default: with all of them in force, it must still be right.
sed -E 's/^#([a-z]+\.[a-z-]+: )/\1/' "$configuration" >"$root/all.conf"
"$root/usr/bin/postured" --check --config "$root/all.conf" >/dev/null
settings=$(grep -cE '^#? ?[a-z]+\.[a-z-]+: ' "$configuration")
[ "$settings" -eq 87 ] || { echo "postured.conf explains $settings settings, expected 87" >&2; exit 1; }

shipped=$("$root/usr/bin/posturectl" session list | wc -l)
[ "$shipped" -eq 4 ] || { echo "'session list' shows $shipped sessions, expected 4" >&2; exit 1; }
for session in relaxation-long relaxation-short mobility; do "$root/usr/bin/posturectl" session check "$session" >/dev/null; done

echo "detector.hold: 7 s" >>"$configuration"
make --no-print-directory install DESTDIR="$root" PREFIX=/usr >"$root/log" 2>&1 || { cat "$root/log"; exit 1; }
grep -q "detector.hold: 7 s" "$configuration" || { echo "an install overwrote the settings" >&2; exit 1; }

if command -v systemd-analyze >/dev/null 2>&1; then
  sed "s|/usr/bin/postured|$root/usr/bin/postured|" "$root/usr/lib/systemd/system/postured.service" >"$root/postured.service"
  systemd-analyze verify --man=no "$root/postured.service"
  systemd-analyze security --offline=yes --threshold=10 "$root/postured.service" | tail -1
else
  echo "systemd-analyze is not here: the unit was NOT verified"
fi

make --no-print-directory uninstall DESTDIR="$root" PREFIX=/usr
left=$(find "$root/usr" -type f)
[ -z "$left" ] || { echo "an uninstall left $left" >&2; exit 1; }
echo "install: programs, unit, settings and man pages stand where they should"
