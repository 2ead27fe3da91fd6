#!/bin/sh
# SPDX-License-Identifier: MIT
# guest.sh VERSION: what is done with the package inside of a Debian of its own, whose /run/package/new.deb it is.
set -eu
version=$1
cd /run/package

fail() { echo "guest: $*" >&2; exit 1; }
# expect WHAT COMMAND...: shows what a command said where it fails.
expect() {
  what=$1
  shift
  "$@" >log 2>&1 || { cat log >&2; fail "$what"; }
}
said() { grep -q -- "$1" log || { cat log >&2; fail "$2: expected '$1'"; }; }
# Every file, but what dpkg and the shadow suite keep of any package.
files() { find / -xdev ! -path '/var/lib/dpkg/*' ! -path '/var/log/*' ! -path '/var/cache/*' ! -path '/etc/*-' ! -path '/root/*' ! -path '/tmp/*' | sort; }
owned() { dpkg-query --show --showformat "\${Status}" postured 2>/dev/null || echo none; }

expect "lintian finds fault" lintian --allow-root --fail-on error,warning new.deb
files >before

# An earlier version: other settings, another unit.
dpkg-deb -R new.deb old
sed -i 's/^Version: .*/Version: 0.0.1-1/' old/DEBIAN/control
echo "# of the earlier version" >>old/etc/postured/postured.conf
dpkg-deb --root-owner-group -Znone --build old old.deb >log

expect "the earlier version does not install" dpkg -i old.deb
expect "an upgrade with settings that nobody changed asks" dpkg -i new.deb </dev/null
grep -q "of the earlier version" /etc/postured/postured.conf && fail "the earlier version's settings stayed"
expect "purge" dpkg --purge postured

expect "does not install" dpkg -i new.deb
for program in postured posturectl; do
  expect "$program does not run" "$program" --version
  said "$version" "$program --version"
done
expect "the shipped settings are refused" postured --check
said "any known sensor on /dev/i2c-1" "postured --check"
expect "no user" getent passwd postured
for group in postured postured-control i2c gpio; do expect "no group $group" getent group "$group"; done
[ "$(dpkg-query --show --showformat '${Conffiles}' postured | grep -c /etc/postured/)" -eq 2 ] || fail "not two conffiles"
[ "$(systemctl is-enabled postured.service || true)" = disabled ] || fail "a package that drives a line of nobody's choice was enabled"
expect "the unit is refused" systemd-analyze verify postured.service
[ ! -s log ] || { cat log >&2; fail "systemd-analyze verify has something to say"; }
udevadm verify --help >log 2>&1 && expect "the udev rules are refused" udevadm verify /usr/lib/udev/rules.d/60-postured.rules

for page in "8 postured" "1 posturectl" "5 postured.conf"; do
  # shellcheck disable=SC2086
  expect "no manual page $page" man -P cat $page
  said "${page#* }" "man $page"
  expect "manual page $page is malformed" mandoc -T lint -W error "$(man -w "${page%% *}" "${page#* }")"
done

# shellcheck disable=SC2016
expect "bash does not complete" bash -euc '
  set +eu
  . /usr/share/bash-completion/bash_completion
  for program in postured posturectl; do
    _comp_load $program 2>/dev/null || __load_completion $program
    complete -p $program || exit 1
  done
  COMP_WORDS=(posturectl sta) COMP_CWORD=1 COMP_LINE="posturectl sta" COMP_POINT=14
  _posturectl posturectl sta posturectl
  printf "found %s\n" "${COMPREPLY[@]}"'
said "^found status" "bash completes posturectl sta"
# shellcheck disable=SC2016
expect "zsh does not complete" zsh -fc '
  autoload -Uz compinit && compinit -u -D
  for program in postured posturectl; do
    [ "$_comps[$program]" = "_$program" ] && autoload -Uz +X _$program || exit 1
  done'
expect "fish does not complete" fish -c 'complete -C "posturectl sta"'
said "^status" "fish completes posturectl sta"
fish -c 'complete -C "postured --sim"' >log
said "^--simulate" "fish completes postured --sim"

# What is changed is kept; what is enabled stays so.
expect "purge" dpkg --purge postured
expect "the earlier version does not install" dpkg -i old.deb
expect "enable" systemctl enable postured.service
sed -i 's/^motor.line: .*/motor.line: GPIO18/' /etc/postured/postured.conf
echo "detector.hold: 7 s" >/etc/postured/postured.conf.d/mine.conf
if dpkg -i new.deb </dev/null >log 2>&1; then fail "an upgrade passed over changed settings without a question"; fi
said "conffile prompt" "an upgrade over changed settings"
expect "the upgrade" dpkg --force-confold -i new.deb
grep -q "^motor.line: GPIO18" /etc/postured/postured.conf || fail "the upgrade overwrote the settings"
[ -e /etc/postured/postured.conf.dpkg-dist ] || fail "the upgrade did not put the new settings beside the old"
expect "the settings are refused after the upgrade" postured --check
[ "$(systemctl is-enabled postured.service)" = enabled ] || fail "the upgrade disabled the unit"
dpkg -V postured | grep -v ' c /etc/' && fail "files are not what the package says"

mkdir /var/lib/postured && echo 1 >/var/lib/postured/references
expect "remove" dpkg --remove postured
[ ! -e /usr/bin/postured ] || fail "removing it left the program"
grep -q "^motor.line: GPIO18" /etc/postured/postured.conf || fail "removing it took the settings"
[ -e /var/lib/postured/references ] || fail "removing it took what the daemon learnt"
# What was recorded outlives even a purge, which says so; an empty directory does not.
mkdir /var/lib/postured/recordings /var/lib/postured/mine
touch /var/lib/postured/recordings/day.trace.gz /var/lib/postured/recordings/notes /var/lib/postured/mine/day.trace /var/lib/postured/history.db
expect "purge" dpkg --purge postured
said "recordings and the history are kept in /var/lib/postured" "purge"
kept=$(find /var/lib/postured ! -type d | sort | tr '\n' ' ')
[ "$kept" = "/var/lib/postured/history.db /var/lib/postured/mine/day.trace /var/lib/postured/recordings/day.trace.gz /var/lib/postured/recordings/notes " ] ||
  fail "a purge keeps recordings, the history and nothing else: $kept"
rm -r /var/lib/postured
[ "$(owned)" = none ] || fail "dpkg still knows it: $(owned)"
files >after
diff before after || fail "left behind, or taken away"
