#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh BIN DESTDIR PREFIX SYSCONFDIR: puts the programs and their files in place; an existing configuration is kept.
#
# For programs of another machine, STRIP names what strips them, and RUN what runs them: they write their completions themselves.
set -eu
bin=$1 dest=$2 prefix=$3 sysconf=$4
here=$(dirname "$0")

# Below /usr files belong to packages, and what the administrator adds is elsewhere.
if [ "$prefix" = /usr ]; then
  rules=$dest$prefix/lib/udev/rules.d zsh=$dest$prefix/share/zsh/vendor-completions
else
  rules=$dest$sysconf/udev/rules.d zsh=$dest$prefix/share/zsh/site-functions
fi
bash=$dest$prefix/share/bash-completion/completions fish=$dest$prefix/share/fish/vendor_completions.d
units=$dest$prefix/lib/systemd/system

install -d "$dest$prefix/bin" "$units" "$dest$prefix/lib/sysusers.d" "$dest$prefix/lib/modules-load.d" \
  "$dest$prefix/share/man/man1" "$dest$prefix/share/man/man5" "$dest$prefix/share/man/man8" \
  "$dest$prefix/share/postured/sessions" \
  "$dest$sysconf/postured/postured.conf.d" "$rules" "$bash" "$zsh" "$fish"
install -s --strip-program="${STRIP:-strip}" -m 755 "$bin/postured" "$bin/posturectl" "$dest$prefix/bin/"
for unit in "$here"/postured.service "$here"/postured.socket; do
  [ -e "$unit" ] || continue
  sed -e "s|@BINDIR@|$prefix/bin|" -e "s|@SYSCONFDIR@|$sysconf|" "$unit" >"$units/${unit##*/}"
  chmod 644 "$units/${unit##*/}"
done
install -m 644 "$here/postured.sysusers" "$dest$prefix/lib/sysusers.d/postured.conf"
install -m 644 "$here/postured.modules-load" "$dest$prefix/lib/modules-load.d/postured.conf"
install -m 644 "$here/60-postured.rules" "$rules/60-postured.rules"
install -m 644 "$here/man/posturectl.1" "$dest$prefix/share/man/man1/"
install -m 644 "$here/man/postured.conf.5" "$dest$prefix/share/man/man5/"
install -m 644 "$here/man/postured.8" "$dest$prefix/share/man/man8/"
install -m 644 "$here"/sessions/*.session "$dest$prefix/share/postured/sessions/"
for program in postured posturectl; do
  for shell in "bash $bash/$program" "zsh $zsh/_$program" "fish $fish/$program.fish"; do
    # shellcheck disable=SC2086
    ${RUN:-} "$bin/$program" --generate-completion-script "${shell%% *}" >"${shell#* }"
    # They are read, not run.
    sed -i '1{/^#!/d}' "${shell#* }"
    chmod 644 "${shell#* }"
  done
done
install -m 644 "$here/postured.conf.d/README" "$dest$sysconf/postured/postured.conf.d/README"
if [ -e "$dest$sysconf/postured/postured.conf" ]; then
  install -m 644 "$here/postured.conf" "$dest$sysconf/postured/postured.conf.new"
  cmp -s "$dest$sysconf/postured/postured.conf" "$dest$sysconf/postured/postured.conf.new" &&
    rm "$dest$sysconf/postured/postured.conf.new" ||
    echo "kept $sysconf/postured/postured.conf; the new one is postured.conf.new beside it"
else
  install -m 644 "$here/postured.conf" "$dest$sysconf/postured/postured.conf"
fi
