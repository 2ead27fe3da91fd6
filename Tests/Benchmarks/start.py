#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""start.py BIN [RUNS]: how long the simulated daemon takes from its start to its first sample and to READY, in ms."""
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time


def once(bin):
    with tempfile.TemporaryDirectory() as directory:
        return once_in(directory, bin)


def once_in(directory, bin):
    path, notify = f"{directory}/s", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(f"{directory}/n")
    notify.settimeout(10)
    began = time.monotonic()
    daemon = subprocess.Popen(
        [f"{bin}/postured", "--simulate", "--socket", path], stderr=subprocess.DEVNULL,
        env=dict(os.environ, NOTIFY_SOCKET=f"{directory}/n"))
    try:
        while True:
            try:
                client = socket.socket(socket.AF_UNIX)
                client.connect(path)
                break
            except OSError:
                if daemon.poll() is not None:
                    sys.exit(f"start.py: postured has ended with {daemon.returncode}")
                time.sleep(0.001)
        client.sendall(b"samples\n")
        for line in client.makefile():
            message = json.loads(line)
            # A batch was taken before it was told of.
            if message["class"] == "sample-batch" and message["time_us"]:
                sampled = time.monotonic() - began
                break
        while "READY=1" not in notify.recv(4096).decode():
            pass
        return sampled * 1e3, (time.monotonic() - began) * 1e3
    finally:
        daemon.terminate()
        daemon.wait()


runs = [once(sys.argv[1]) for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 9)]
for name, values in zip(("first sample", "READY"), zip(*runs)):
    print(f"{name:12} {statistics.median(values):.0f} ms after the start, {max(values):.0f} ms at worst of {len(values)}")
