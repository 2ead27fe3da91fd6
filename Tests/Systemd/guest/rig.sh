# SPDX-License-Identifier: MIT
# The words of which these cases are made: those of Tests/Kernel, with the installed unit in place of a daemon of the case's own.
# shellcheck shell=sh
. /rig/kernel.sh

unit=postured.service
socket=/run/postured/postured.sock
settings=/etc/postured/postured.conf.d/rig.conf
mkdir -p "${settings%/*}"
# Asking systemd costs the emulated machine more than a look at a file.
pace=0.3
cursor=$(journalctl -q -n 1 --show-cursor | sed -n 's/^-- cursor: //p')
# However the case ends, nothing of it is left for the next.
trap leave EXIT

leave() {
  journalctl -q -o short-monotonic --after-cursor "$cursor" -u $unit >daemon.log
  systemctl stop postured.socket $unit
  rm -rf "${settings%/*}" /run/systemd/system/$unit.d /var/lib/postured/*
  systemctl daemon-reload
  systemctl reset-failed
}

# property NAME: of the unit, as systemd has it.
property() { systemctl show -P "$1" $unit; }
is_active() { [ "$(property ActiveState)" = active ]; }
has_restarted() { [ "$(property NRestarts)" -ge "$1" ]; }

# log [OPTION...]: what the unit has said in the journal since the case began.
log() { journalctl -q -o cat --after-cursor "$cursor" -u $unit "$@"; }

# daemon [SETTING...]: starts the unit, and listens to it.
daemon() {
  with_settings "$@"
  # It may run since the boot.
  systemctl stop $unit
  systemctl start --no-block $unit
  listen
}

# start [SETTING...]: the unit with a sensor that works, active.
start() {
  sensor
  plugged_in
  daemon "$@"
  wait_until 10 is_active || give_up "the unit is not active 10 s after its start, it is $(property ActiveState): $(property StatusText)"
  daemon=$(property MainPID)
}

# as USER COMMAND...: with the rights of somebody else.
as() {
  user=$1
  shift
  # Not busybox's own, which the shell would take.
  /usr/bin/setpriv --reuid "$user" --regid "$user" --init-groups "$@"
}
