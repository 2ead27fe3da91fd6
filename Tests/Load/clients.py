#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""64 clients of one daemon, of which half read slowly or not at all: what the others get, and what sampling notices.

    clients.py BIN [--seconds N] [--clients N]

The daemon samples a simulated wearer at 100 Hz, one by one, so that a sample's time is when it was read. Half of the clients
read everything of a `watch` at 100 Hz. Of the rest, half read a kilobyte a second, half never: they take every sample
too. Fails where a reader misses a beat, a sample that was read is lost, or somebody who does not read is still there at the
end. Lateness, the samples that a thread of usual priority came too late for, and memory are figures, beside those of the same
daemon without clients: they are the machine's, too.
"""
import argparse
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time

RATE = 100
SLOW_BYTES_A_SECOND = 1024


class Client:
    def __init__(self, path, request):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.sendall(request.encode() + b"\n")
        self.socket.setblocking(False)
        self.rest = b""
        self.times = []
        self.is_open = True

    def read(self, most=1 << 16):
        try:
            data = self.socket.recv(most)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            self.is_open = False
            return
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if message["class"] == "tilt" and "time_us" in message:
                self.times.append(message["time_us"])
            if message["class"] == "sample-batch":
                self.times += message["time_us"]


def ask(path, request):
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(5)
        s.connect(path)
        s.sendall(request.encode() + b"\n")
        stream = s.makefile()
        stream.readline()
        return json.loads(stream.readline())


def resident(process):
    with open(f"/proc/{process}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def lateness(times):
    """Of each sample against a beat of 10 ms, in us, sorted."""
    period = 1_000_000 // RATE
    late = sorted(abs(b - a - period) for a, b in zip(times, times[1:]))
    return {name: late[min(int(share * len(late)), len(late) - 1)] for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1))}


def beats(samples, first):
    """Times that a watch at the samples' own rate is to be told of from its first one on: the one nearest to each beat."""
    period = 1_000_000 // RATE
    told, due = [first], first + period
    for time_us in samples:
        if time_us > first and time_us >= due - period // 2:
            told.append(time_us)
            due = due + period if due + period > time_us else time_us + period
    return told


def missed(reader, samples):
    """Beats of a reader that were told wrongly or not at all, as far as both have come."""
    if not reader.times or reader.times[0] not in samples:
        return len(samples)
    end = min(reader.times[-1], samples[-1])
    told, expected = (
        {t for t in times if t <= end} for times in (reader.times, beats(samples, reader.times[0])))
    return len(told ^ expected)


def run(bin, seconds, readers, stuck):
    with tempfile.TemporaryDirectory() as directory:
        return run_in(directory, bin, seconds, readers, stuck)


def run_in(directory, bin, seconds, readers, stuck):
    path, log = f"{directory}/s", f"{directory}/log"
    with open(log, "w") as errors:
        daemon = subprocess.Popen(
            [f"{bin}/postured", "--simulate", "--socket", path, "--set", "sensor.mode=polled"], stderr=errors)
    try:
        for _ in range(500):
            if os.path.exists(path) and ask(path, "status")["state"] == "running":
                break
            time.sleep(0.02)
        watch = json.dumps({"class": "watch", "rate_hz": RATE})
        # Before the readers, so that it knows each of theirs.
        clock = Client(path, "samples")
        good = [Client(path, watch) for _ in range(readers)]
        slow = [Client(path, watch + "\nsamples") for _ in range(stuck // 2)]
        deaf = [Client(path, watch + "\nsamples") for _ in range(stuck - stuck // 2)]
        selector = selectors.DefaultSelector()
        for client in good + [clock]:
            selector.register(client.socket, selectors.EVENT_READ, client)
        before = most = resident(daemon.pid)
        end, next_slow = time.monotonic() + seconds, 0.0
        while time.monotonic() < end:
            for key, _ in selector.select(0.05):
                key.data.read()
                if not key.data.is_open:
                    selector.unregister(key.fileobj)
            if time.monotonic() >= next_slow:
                next_slow = time.monotonic() + 1
                most = max(most, resident(daemon.pid))
                for client in slow:
                    if client.is_open:
                        client.read(SLOW_BYTES_A_SECOND)
        status = ask(path, "status")
        after = resident(daemon.pid)
        text = open(log).read()
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait()
    dropped = text.count("a client was dropped: it does not read")
    wrong = sum(missed(c, clock.times) for c in good)
    messages = [len(c.times) for c in good]
    problems = []
    if not all(c.is_open for c in good + [clock]):
        problems.append("somebody who reads was dropped")
    if good and min(messages) < 0.9 * seconds * RATE:
        problems.append(f"a reader got {min(messages)} messages of about {seconds * RATE}")
    if wrong:
        problems.append(f"{wrong} beats of {sum(messages)} were missed, or told of in excess")
    if status["lost"]:
        problems.append(f"{status['lost']} samples lost")
    if dropped != stuck:
        problems.append(f"{dropped} of {stuck} that do not read were dropped")
    return problems, {
        "seconds": seconds, "readers": readers, "stuck": stuck, "dropped": dropped,
        "messages": [min(messages), max(messages)] if messages else [], "samples": len(clock.times),
        "missing": status["samples_missing"],
        "late_us": lateness(clock.times), "resident_mb": [round(before, 2), round(most, 2), round(after, 2)],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=64)
    options = parser.parse_args()
    _, alone = run(options.bin, min(options.seconds, 20), 0, 0)
    print("alone:", json.dumps(alone))
    problems, figures = run(options.bin, options.seconds, options.clients // 2, options.clients // 2)
    print("with clients:", json.dumps(figures))
    for problem in problems:
        print("failed:", problem)
    sys.exit(1 if problems else 0)


main()
