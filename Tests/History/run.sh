#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BIN [--cuts N] [--kills N] [--minutes N] [--seed N]: the history after power cuts, and after kills of the daemon.
#
# Ends with 0 only where each has left a sound history with all that was acknowledged. The cuts need x86-64, which is said elsewhere.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$1
shift
cuts=100 kills=100 minutes=900 seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --cuts) cuts=$2 ;;
    --kills) kills=$2 ;;
    --minutes) minutes=$2 ;;
    --seed) seed=$2 ;;
    *) sed -n '3p' "$0" >&2; exit 64 ;;
  esac
  shift 2
done
for program in postured history-rig; do
  [ -x "$bin/$program" ] || { echo "history: there is no $bin/$program; first: make build" >&2; exit 69; }
done
command -v python3 >/dev/null || { echo "history: python3 is needed" >&2; exit 69; }

status=0
python3 "$here/kills.py" "$bin" "$kills" "$seed" || status=1
if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "history: this is $(uname -sm), and the machine of the power cuts is made for x86-64 Linux: NOT cut" >&2
  exit $status
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
# In each run but a short one the log goes into the tables when it is full, at its end when the file is closed, and where something
# is forgotten.
"$here/machine.sh" "$bin" "$work/notes" --minutes "$minutes" --restart $((minutes / 4)) --forget --pace 60000000
python3 "$here/notes.py" "$work/notes"
python3 "$here/cuts.py" "$work/notes" "$bin/history-rig" "$cuts" "$seed" || status=1
exit $status
