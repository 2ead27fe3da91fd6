#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BIN [RECORDINGS]: our tilt filter beside the best open libraries, over real recordings and simulated motion.
# The libraries live in an environment of their own, .build/accuracy/venv, pinned by requirements.txt; nothing else is
# kept between runs.
set -eu
bin=$(cd "$1" && pwd)
recordings=
if [ -n "${2:-}" ]; then
  if [ ! -d "$2" ]; then
    echo "accuracy: RECORDINGS: found no directory $2, expected one of NAME.csv.gz and NAME.truth.csv.gz" >&2
    exit 66
  fi
  recordings=$(cd "$2" && pwd)
fi
cd "$(dirname "$0")"
project=$(cd ../.. && pwd)
venv=$project/.build/accuracy/venv

for program in posturectl simulated-hours; do
  [ -x "$bin/$program" ] || { echo "accuracy: no $bin/$program: first make build" >&2; exit 69; }
done

missing=
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
command -v g++ >/dev/null || missing="$missing g++"
if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null; then
    echo "accuracy: these packages are needed, and there is no apt-get to install them:$missing" >&2
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
  echo "accuracy: installing $(grep -v '^#' requirements.txt | tr '\n' ' ')"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check --only-binary :all: -r requirements.txt || {
    echo "accuracy: the libraries of $PWD/requirements.txt could not be installed; the network is needed once" >&2
    exit 69
  }
  cp requirements.txt "$venv/requirements.txt"
fi

# One thread each: the filters are compared side by side.
export PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
"$venv/bin/python" -m unittest -q
article=$project/Sources/PostureCore/PostureCore.docc/Accuracy.md
exec "$venv/bin/python" accuracy.py "$bin" "$article" ${recordings:+"$recordings"}
