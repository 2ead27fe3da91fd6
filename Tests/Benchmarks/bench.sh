#!/bin/sh
# SPDX-License-Identifier: MIT
# bench.sh BIN: what the pipeline costs a sample, and what the simulated daemon costs the machine. Figures, never a verdict.
set -eu
bin=$1
seconds=${SECONDS_MEASURED:-10}
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$dir"' EXIT

# A program that was linked a moment ago is still dirty in the page cache, and would count as memory that we wrote.
sync "$bin/postured"

start() {
  printf 'socket.path: %s\nsensor.mode: %s\n' "$dir/postured.sock" "$1" >"$dir/$1.conf"
  "$bin/postured" --config "$dir/$1.conf" --simulate --record "$dir/$1.trace" 2>"$dir/log" &
  pid=$!
  tries=0
  while [ ! -S "$dir/postured.sock" ] && [ $tries -lt 100 ]; do tries=$((tries + 1)); sleep 0.05; done
  sleep 2
}
stop() { kill -TERM "$pid"; wait "$pid"; pid=; }

# The scheduler's own count, in nanoseconds (Documentation/scheduler/sched-stats.rst): far finer than clock ticks.
used() { cat /proc/"$pid"/task/*/schedstat | awk '{n += $1} END {printf "%d", n}'; }
# How often a thread, or all of them, went to sleep.
sleeps() { for task in /proc/"$pid"/task/*; do
    [ "${1:-$(cat "$task/comm")}" = "$(cat "$task/comm")" ] && awk '/^voluntary/ {print $2}' "$task/status"
  done | awk '{n += $1} END {print n}'; }

measure() {
  before=$(used)
  sampling=$(sleeps sampling)
  all=$(sleeps)
  sleep "$seconds"
  after=$(used)
  awk -v name="$1" -v t=$((after - before)) -v s="$seconds" -v n=$(($(sleeps sampling) - sampling)) -v all=$(($(sleeps) - all)) \
    'BEGIN {printf "%-8s %6.2f %% of a core, %5.1f wake-ups/s of the sampling thread, %5.1f of all\n", name, 100 * t / 1e9 / s, n / s, all / s}'
}

# A polled sample has the time at which it was read: how much later than its due time, which is a whole number of periods
# after the first one.
lateness() {
  grep -v '^[#t]' "$1" | cut -d, -f1 | awk '{print $1 % 10000}' | awk '{print ($1 > 5000 ? $1 - 10000 : $1)}' | sort -n |
    awk '{v[NR] = $1} END {printf "polled   lateness %.2f ms median, %.2f ms p99, %.2f ms worst of %d samples\n",
      (v[int(NR * 0.5)] - v[1]) / 1e3, (v[int(NR * 0.99)] - v[1]) / 1e3, (v[NR] - v[1]) / 1e3, NR}'
}

start fifo
echo "pipeline, ns a sample (median of 7 runs of 100,000 samples):"
"$bin/posturectl" bench --socket "$dir/postured.sock"
echo
echo "simulated daemon at 100 Hz, recording, nobody asking, for $seconds s:"
measure fifo
awk '/^Rss:/ {printf "resident     %.1f MB\n", $2 / 1024} /^Private_Dirty:/ {printf "private      %.1f MB dirty\n", $2 / 1024}' \
  "/proc/$pid/smaps_rollup"
printf 'threads      %s\n' "$(ls "/proc/$pid/task" | wc -l)"
asked=$(date +%s%N)
stop
printf 'end          %s ms after SIGTERM\n' "$((($(date +%s%N) - asked) / 1000000))"
start polled
measure polled
stop
lateness "$dir/polled.trace"
if command -v python3 >/dev/null 2>&1; then
  python3 "$(dirname "$0")/start.py" "$bin"
else
  echo "start        NOT measured: there is no python3"
fi
cp "$bin/postured" "$dir/stripped"
strip "$dir/stripped"
printf 'size         %.1f MB stripped\n' "$(stat -c %s "$dir/stripped" | awk '{print $1 / 1e6}')"
