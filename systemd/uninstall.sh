#!/bin/sh
# SPDX-License-Identifier: MIT
# uninstall.sh DESTDIR PREFIX: takes away what install.sh put in place, but the configuration and the udev rules.
set -eu
dest=$1 prefix=$2
rm -f "$dest$prefix/bin/postured" "$dest$prefix/bin/posturectl" "$dest$prefix/lib/systemd/system/postured.service" \
  "$dest$prefix/lib/sysusers.d/postured.conf" "$dest$prefix/share/man/man1/posturectl.1" \
  "$dest$prefix/share/man/man5/postured.conf.5" "$dest$prefix/share/man/man8/postured.8"
