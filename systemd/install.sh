#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh BIN DESTDIR PREFIX SYSCONFDIR: puts the programs and their files in place; an existing configuration is kept.
set -eu
bin=$1 dest=$2 prefix=$3 sysconf=$4
here=$(dirname "$0")

install -d "$dest$prefix/bin" "$dest$prefix/lib/systemd/system" "$dest$prefix/lib/sysusers.d" \
  "$dest$prefix/share/man/man1" "$dest$prefix/share/man/man5" "$dest$prefix/share/man/man8" \
  "$dest$sysconf/postured" "$dest$sysconf/udev/rules.d"
install -s -m 755 "$bin/postured" "$bin/posturectl" "$dest$prefix/bin/"
sed -e "s|@BINDIR@|$prefix/bin|" -e "s|@SYSCONFDIR@|$sysconf|" "$here/postured.service" \
  >"$dest$prefix/lib/systemd/system/postured.service"
chmod 644 "$dest$prefix/lib/systemd/system/postured.service"
install -m 644 "$here/postured.sysusers" "$dest$prefix/lib/sysusers.d/postured.conf"
install -m 644 "$here/60-postured.rules" "$dest$sysconf/udev/rules.d/60-postured.rules"
install -m 644 "$here/man/posturectl.1" "$dest$prefix/share/man/man1/"
install -m 644 "$here/man/postured.conf.5" "$dest$prefix/share/man/man5/"
install -m 644 "$here/man/postured.8" "$dest$prefix/share/man/man8/"
if [ -e "$dest$sysconf/postured/postured.conf" ]; then
  install -m 644 "$here/postured.conf" "$dest$sysconf/postured/postured.conf.new"
  cmp -s "$dest$sysconf/postured/postured.conf" "$dest$sysconf/postured/postured.conf.new" &&
    rm "$dest$sysconf/postured/postured.conf.new" ||
    echo "kept $sysconf/postured/postured.conf; the new one is postured.conf.new beside it"
else
  install -m 644 "$here/postured.conf" "$dest$sysconf/postured/postured.conf"
fi
