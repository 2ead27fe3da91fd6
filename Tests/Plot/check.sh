#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh BIN [PICTURES]: opens what posturectl plot and report write in a real browser, headless Chromium, and looks at
# what it does there. With a folder PICTURES, screenshots are left in it, for people.
set -eu
bin=$(cd "$1" && pwd)
pictures=${2:+$(realpath "$2")}
cd "$(dirname "$0")"

[ -x "$bin/posturectl" ] || { echo "plot: no $bin/posturectl: first make build" >&2; exit 69; }

missing=
command -v chromium >/dev/null || missing="$missing chromium"
fc-list 2>/dev/null | grep -q . || missing="$missing fonts-dejavu-core"
if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null; then
    echo "plot: these packages are needed, and there is no apt-get to install them:$missing" >&2
    exit 69
  fi
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  echo "installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

export PYTHONDONTWRITEBYTECODE=1
status=0
python3 check.py "$bin" "$(cd ../.. && pwd)" "$pictures" || status=$?
python3 report.py "$bin" "$pictures" || status=$?
exit "$status"
