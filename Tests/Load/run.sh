#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BIN [OPTIONS]: 64 clients of one daemon, see clients.py; installs Python where it is missing.
set -eu
if ! command -v python3 >/dev/null 2>&1; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "load: python3 is needed, and there is no apt-get to install it" >&2
    exit 69
  fi
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  echo "installing: python3"
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends python3 >/dev/null
fi
exec python3 "$(dirname "$0")/clients.py" "$@"
