#!/bin/sh
# SPDX-License-Identifier: MIT
# replay.sh BIN [ROWS]: replay.py with polars in an environment of its own, .build/benchmarks/venv; nothing else is installed.
set -eu
bin=$1
here=$(dirname "$0")
venv=.build/benchmarks/venv

if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  command -v apt-get >/dev/null || { echo "replay.sh: python3 with venv is needed, and there is no apt-get to install it" >&2; exit 69; }
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  echo "installing: python3-venv"
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
fi
if ! "$venv/bin/python" -c 'import polars; assert polars.__version__ == "2.1.0"' 2>/dev/null; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check --only-binary :all: polars==2.1.0 || {
    echo "replay.sh: polars could not be installed; the network is needed once" >&2
    exit 69
  }
fi
shift
exec "$venv/bin/python" "$here/replay.py" "$bin" "$@"
