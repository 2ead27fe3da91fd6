# SPDX-License-Identifier: MIT
"""Kills the running daemon, again and again at moments that the seed decides, and looks each time at the history that it leaves.

It must be sound, hold each minute that the daemon has said it stored, in this run and in those before, and be gone on with.

    kills.py BIN KILLS SEED
"""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

# Seconds in which a daemon has stored its first minute, on a slow and busy machine.
PATIENCE = 60
# Seconds after that within which it is killed: some of simulated hours.
LONGEST = 0.8


def look(history, directory):
    """Returns the last minute of each run in a copy of a history, how many minutes it holds in all, and what is wrong with it."""
    copy = Path(directory, "copy.db")
    for end in ["", "-wal", "-shm"]:
        Path(f"{copy}{end}").unlink(missing_ok=True)
    for end in ["", "-wal"]:
        shutil.copy(f"{history}{end}", f"{copy}{end}")
    with closing(sqlite3.connect(copy)) as database:
        sound = database.execute("PRAGMA integrity_check").fetchone()[0]
        last = dict(database.execute("SELECT run, max(minute) FROM minute GROUP BY run"))
        for run, minute in database.execute("SELECT run, max(minute + minutes - 1) FROM absence GROUP BY run"):
            last[run] = max(minute, last.get(run, 0))
        gaps = database.execute(
            "SELECT sum(n) FROM (SELECT max(minute) - min(minute) + 1 - count(*) AS n FROM minute GROUP BY run)"
        ).fetchone()[0] or 0
        absent = database.execute("SELECT coalesce(sum(minutes), 0) FROM absence").fetchone()[0]
        minutes = database.execute("SELECT count(*) FROM minute").fetchone()[0]
    wrong = None if sound == "ok" else sound
    if gaps > absent:
        wrong = wrong or f"{gaps} minutes are missing among others, of which {absent} were of nobody wearing it"
    return last, minutes, wrong


def main():
    program, kills, seed = sys.argv[1] + "/postured", int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    told, failures, minutes = {}, 0, 0
    with tempfile.TemporaryDirectory() as directory:
        history = f"{directory}/history.db"
        for number in range(1, kills + 1):
            said = Path(directory, "said")
            with open(said, "wb") as output:
                daemon = subprocess.Popen(
                    [program, "--simulate", "--seed", str(seed * 1000 + number), "--speed", "max", "--history", history,
                     "--log-level", "debug", "--socket", f"{directory}/socket"],
                    stderr=output, stdout=subprocess.DEVNULL,
                )  # fmt: skip
                patience = time.monotonic() + PATIENCE
                while b"history: stored" not in said.read_bytes() and daemon.poll() is None and time.monotonic() < patience:
                    time.sleep(0.01)
                time.sleep(chance.random() * LONGEST)
                daemon.kill()
                daemon.wait()
            words = said.read_text(errors="replace")
            # The last line may be cut short.
            stored = re.findall(r"history: stored run (\d+) to minute (\d+)\n", words)
            told.update((int(run), int(minute)) for run, minute in stored)
            last, minutes, wrong = look(history, directory)
            if not stored:
                wrong = wrong or f"the daemon has stored nothing; it said {words[-300:]!r}"
            if "history.db.damaged" in words or len(told) != number:
                wrong = wrong or f"it was not gone on with: {words[-300:]!r}"
            for run, minute in told.items():
                if last.get(run, -1) < minute:
                    wrong = wrong or f"run {run}: found {last.get(run)} as the last minute, which had stored {minute}"
            if wrong:
                failures += 1
                print(f"FAIL kill {number}: {wrong}")
    print(f"kills of the daemon: {kills}, {failures} failed, seed {seed}; {minutes} minutes were stored, none that was acknowledged is missing"
          if not failures else f"kills of the daemon: {kills}, {failures} failed, seed {seed}")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
