#!/bin/sh
# SPDX-License-Identifier: MIT
# bench.sh BIN: what the pipeline costs a sample, and what the simulated daemon costs the machine. Figures, never a verdict.
set -eu
bin=$1
seconds=${SECONDS_MEASURED:-10}
dir=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$dir"' EXIT

# A program that was linked a moment ago is still dirty in the page cache, and would count as memory that we wrote.
sync "$bin/postured"
"$bin/postured" --simulate --socket "$dir/postured.sock" 2>"$dir/log" &
pid=$!
tries=0
while [ ! -S "$dir/postured.sock" ] && [ $tries -lt 100 ]; do tries=$((tries + 1)); sleep 0.05; done

echo "pipeline, ns a sample (median of 7 runs of 100,000 samples):"
"$bin/posturectl" bench --socket "$dir/postured.sock"

# The scheduler's own count, in nanoseconds (Documentation/scheduler/sched-stats.rst): far finer than clock ticks.
used() { cat /proc/"$pid"/task/*/schedstat | awk '{n += $1} END {printf "%d", n}'; }
switches() { cat /proc/"$pid"/task/*/status | awk '/^voluntary/ {n += $2} END {print n}'; }
before=$(used)
switched=$(switches)
sleep "$seconds"
after=$(used)
switched=$(($(switches) - switched))
echo
echo "simulated daemon at 100 Hz, nobody asking, for $seconds s:"
awk -v t=$((after - before)) -v s="$seconds" 'BEGIN {printf "processor    %.2f %% of a core\n", 100 * t / 1e9 / s}'
awk -v n="$switched" -v s="$seconds" 'BEGIN {printf "wake-ups     %.0f a second\n", n / s}'
awk '/^Rss:/ {printf "resident     %.1f MB\n", $2 / 1024} /^Private_Dirty:/ {printf "private      %.1f MB dirty\n", $2 / 1024}' \
  "/proc/$pid/smaps_rollup"
printf 'threads      %s\n' "$(ls "/proc/$pid/task" | wc -l)"
asked=$(date +%s%N)
kill -TERM "$pid"
wait "$pid"
printf 'end          %s ms after SIGTERM\n' "$((($(date +%s%N) - asked) / 1000000))"
cp "$bin/postured" "$dir/stripped"
strip "$dir/stripped"
printf 'size         %.1f MB stripped\n' "$(echo "$(stat -c %s "$dir/stripped")" | awk '{print $1 / 1e6}')"
