#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh BIN: the socket protocol as the running daemon speaks it, against its schema, its article and its examples, and
# the metrics against the reference parser. The libraries live in an environment of their own, .build/protocol/venv.
set -eu
bin=$(cd "$1" && pwd)
cd "$(dirname "$0")"
project=$(cd ../.. && pwd)
venv=$project/.build/protocol/venv

for program in postured posturectl; do
  [ -x "$bin/$program" ] || { echo "protocol: no $bin/$program: first make build" >&2; exit 69; }
done

missing=
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
for program in socat jq; do
  command -v "$program" >/dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null; then
    echo "protocol: these packages are needed, and there is no apt-get to install them:$missing" >&2
    exit 69
  fi
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  echo "installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

if ! cmp -s requirements.txt "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check --only-binary :all: -r requirements.txt || {
    echo "protocol: the libraries of $PWD/requirements.txt could not be installed; the network is needed once" >&2
    exit 69
  }
  cp requirements.txt "$venv/requirements.txt"
fi

export PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" check.py "$bin" "$project"
