#!/bin/sh
# SPDX-License-Identifier: MIT
# uninstall.sh DESTDIR PREFIX: takes away what install.sh put in place, but the configuration and udev rules outside of PREFIX.
set -eu
dest=$1 prefix=$2
# On this machine itself: a daemon that runs on would have nothing left that switches its motor off.
if [ -z "$dest" ] && [ -d /run/systemd/system ]; then
  systemctl disable --now postured.socket postured.service 2>/dev/null || true
fi
rm -f "$dest$prefix/lib/systemd/system/postured.service" "$dest$prefix/lib/systemd/system/postured.socket" \
  "$dest$prefix/lib/sysusers.d/postured.conf" "$dest$prefix/lib/modules-load.d/postured.conf" \
  "$dest$prefix/lib/udev/rules.d/60-postured.rules" "$dest$prefix/share/man/man1/posturectl.1" \
  "$dest$prefix/share/man/man5/postured.conf.5" "$dest$prefix/share/man/man8/postured.8"
for session in "$(dirname "$0")"/sessions/*.session; do
  rm -f "$dest$prefix/share/postured/sessions/${session##*/}"
done
rmdir "$dest$prefix/share/postured/sessions" "$dest$prefix/share/postured" 2>/dev/null || true
for program in postured posturectl; do
  rm -f "$dest$prefix/bin/$program" "$dest$prefix/share/bash-completion/completions/$program" \
    "$dest$prefix/share/zsh/vendor-completions/_$program" "$dest$prefix/share/zsh/site-functions/_$program" \
    "$dest$prefix/share/fish/vendor_completions.d/$program.fish"
done
