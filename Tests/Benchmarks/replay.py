#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""replay.py BIN [ROWS]: how fast a recording is replayed, whole pipeline and decisions, beside how fast polars reads the same file.

One run measures both, turn by turn, on two processors and on one; a figure is the median of five, a ratio is of medians.
"""
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

BIN, ROWS = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3_000_000
# Timed within, around the reading alone: what Python and polars take to start is not counted against them.
READ = """
import sys, time, polars
began = time.monotonic()
table = polars.read_csv(sys.argv[1], comment_prefix=sys.argv[2] if len(sys.argv) > 2 else None)
print(time.monotonic() - began)
"""
PERIOD = 10_000


def plain(path):
    """A wearer who sways about upright and leans now and then, in m/s^2 and rad/s."""
    numbers = random.Random(7)
    noise = [numbers.gauss(0, 0.03) for _ in range(9973)]
    with open(path, "w") as file:
        file.write("timestamp_us,ax,ay,az,gx,gy,gz\n")
        for row in range(ROWS):
            lean = 2.9 if row // 6000 % 5 == 4 else 0.1
            a = [lean + noise[row % 9973], noise[(row + 7) % 9973], 9.5 + noise[(row + 31) % 9973]]
            g = [noise[(row + k) % 9973] * 0.3 for k in (101, 211, 307)]
            file.write(f"{row * PERIOD},{a[0]:.6f},{a[1]:.6f},{a[2]:.6f},{g[0]:.7f},{g[1]:.7f},{g[2]:.7f}\n")


def trace(path):
    """The same as a trace of ours has it."""
    numbers = random.Random(7)
    noise = [numbers.gauss(0, 25) for _ in range(9973)]
    with open("Fixtures/slow-slouch.trace") as fixture, open(path, "w") as file:
        for line in fixture:
            file.write(line)
            if line.startswith("time_us"):
                break
        for row in range(ROWS):
            lean = 2400 if row // 6000 % 5 == 4 else 80
            a = [lean + noise[row % 9973], noise[(row + 7) % 9973], 7900 + noise[(row + 31) % 9973]]
            g = [noise[(row + k) % 9973] for k in (101, 211, 307)]
            file.write(f"{row * PERIOD}," + ",".join(f"{value:.0f}" for value in a + g) + "\n")


def run(command, processors):
    """What it printed, the seconds it took in all, and its greatest resident memory in MB."""
    began = time.monotonic()
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=dict(os.environ, POLARS_MAX_THREADS=str(len(processors))),
        preexec_fn=lambda: os.sched_setaffinity(0, processors))
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"replay.py: {' '.join(command[:2])} ended with {os.waitstatus_to_exitcode(status)}")
    return printed, time.monotonic() - began, usage.ru_maxrss / 1024


available = sorted(os.sched_getaffinity(0))
places = {"two": set(available[:2]), "one": {available[0]}} if len(available) > 1 else {"one": {available[0]}}
with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/tmp")) as directory:
    for name, make, remarks in ("plain CSV", plain, []), ("trace", trace, ["#"]):
        path = f"{directory}/recording"
        make(path)
        ours = [f"{BIN}/posturectl", "replay", path, "--events", "/dev/null"]
        theirs = [sys.executable, "-c", READ, path, *remarks]
        size = os.path.getsize(path) / 1e6
        print(f"{name}: {ROWS / 1e6:.1f} million rows, {size:.0f} MB")
        rates, memory = {}, 0
        for place, processors in places.items():
            times = {"replay": [], "polars": []}
            for _ in range(5):
                _, seconds, used = run(ours, processors)
                times["replay"].append(seconds)
                memory = max(memory, used)
                times["polars"].append(float(run(theirs, processors)[0]))
            rates[place] = {who: ROWS / statistics.median(values) / 1e6 for who, values in times.items()}
            print(f"  {place:4} processors: replay {rates[place]['replay']:.2f}, polars reads {rates[place]['polars']:.2f}"
                  f" million rows/s; ratio {rates[place]['replay'] / rates[place]['polars']:.2f}; {memory:.0f} MB")
        if "two" in rates:
            print(f"  replay on one, polars on two: ratio {rates['one']['replay'] / rates['two']['polars']:.2f}")
