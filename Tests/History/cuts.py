# SPDX-License-Identifier: MIT
"""Cuts the power, at moments that the seed decides, of a machine that has written a history, and looks at what is left of it.

What had been flushed is on the disk. Of what had been written since, a cut leaves nothing, all of it, what came first, some of the
writes, or some of their sectors, each as old or as new as chance will have it. The journal of the file system is replayed, the
history is opened as the daemon does, and compared with what was stored: it must be sound, nothing that was acknowledged may be
missing, nothing that was forgotten be back. Then a disk is tried that lies about its last flushes, which must be noticed.

    cuts.py NOTES HISTORY-RIG CUTS SEED
"""

import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import median

from notes import read

SECTOR = 512
# How many flushes a lying disk has not made, when the power goes: some minutes' worth.
LIES = 24
# So many times the usual number of requests are between two acknowledgements, where the log goes into the tables, a file is
# closed and opened, or something is forgotten.
EVENTFUL = 1.6


def nothing(writes, chance):
    return []


def everything(writes, chance):
    return [(note.offset, note.data) for note in writes]


def what_came_first(writes, chance):
    return everything(writes[: chance.randint(0, len(writes))], chance)


def some_writes(writes, chance):
    part = chance.random()
    return everything([note for note in writes if chance.random() < part], chance)


def some_sectors(writes, chance):
    part = chance.random()
    sectors = [
        (note.offset + at, note.data[at : at + SECTOR]) for note in writes for at in range(0, len(note.data), SECTOR)
    ]
    # Whichever comes last is what a sector that was written twice holds.
    chance.shuffle(sectors)
    return [sector for sector in sectors if chance.random() < part]


SURVIVALS = [nothing, everything, what_came_first, some_writes, some_sectors, some_sectors]


class Disk:
    """The disk as it was flushed, which only goes on in time, and what has been written since."""

    def __init__(self, empty, notes):
        self.notes = notes
        self.flushed = bytearray(Path(empty).read_bytes())
        self.at = 0

    def cut(self, at, chance, survival, lies=0):
        """Returns the image that a cut before a note leaves, and how many writes had not been flushed."""
        flushes = [index for index in range(max(0, at - 2000), at) if self.notes[index].what == "F"]
        stable = flushes[-1 - lies] if len(flushes) > lies else 0
        for note in self.notes[self.at : stable]:
            if note.what == "W":
                self.flushed[note.offset : note.offset + len(note.data)] = note.data
        self.at = max(self.at, stable)
        unflushed = [note for note in self.notes[self.at : at] if note.what == "W"]
        image = bytearray(self.flushed)
        for offset, data in survival(unflushed, chance):
            image[offset : offset + len(data)] = data
        return image, len(unflushed)


def command(*words):
    return subprocess.run(words, capture_output=True, text=True)


def look(image, rig):
    """Returns the minutes of each run that a file system holds, and what is wrong with it or with the history, or None."""
    with tempfile.TemporaryDirectory() as directory:
        disk, found = f"{directory}/disk", Path(directory, "history.db")
        Path(disk).write_bytes(image)
        replayed = command("/usr/sbin/e2fsck", "-fy", disk)
        if replayed.returncode & ~1:
            return {}, f"e2fsck ends with {replayed.returncode}: {replayed.stdout[-200:]}"
        for name in ["history.db", "history.db-wal"]:
            command("/usr/sbin/debugfs", "-R", f"dump /{name} {directory}/{name}", disk)
        if not found.exists():
            return {}, None
        checked = command(rig, "check", str(found))
        runs = {int(run): int(minutes) for run, minutes in re.findall(r"run (\d+) minutes (\d+)", checked.stdout)}
        return runs, checked.stderr.strip().removeprefix("Error: ") if checked.returncode else None


def acknowledged(notes):
    """Yields what had been acknowledged before each note: minutes by run, the oldest run that is kept, the one that may be."""
    runs, oldest, kept = {}, 1, 1
    for note in notes:
        yield dict(runs), oldest, kept
        if note.what == "A":
            run, minutes, oldest, forgetting = re.fullmatch(
                r"run (\d+) minutes (\d+) from (\d+)(?: forgetting (\d+))?", note.data.decode()
            ).groups()
            oldest, kept = int(oldest), int(forgetting or oldest)
            runs[int(run)] = int(minutes)


def judge(runs, told):
    """Returns what is missing of what was acknowledged, or is there and may not be; or None."""
    minutes, oldest, kept = told
    for run, count in minutes.items():
        there = runs.get(run, 0)
        if run < oldest:
            if there:
                return f"run {run} is back, which was forgotten"
        # Being forgotten: all of it or nothing.
        elif there < count and not (run < kept and there == 0):
            return f"run {run}: {there} of {count} minutes"
        elif there > count + 1:
            return f"run {run}: {there} minutes, more than were written"
    return None


def eventful_moments(notes, first):
    """Returns the notes between acknowledgements that are unusually far apart: half of the cuts are there."""
    told = [index for index in range(first, len(notes)) if notes[index].what == "A"] + [len(notes)]
    usual = median(after - before for before, after in pairwise(told))
    found = [range(before, after) for before, after in pairwise(told) if after - before > EVENTFUL * usual]
    return [index for minute in found for index in minute] or range(first, len(notes))


def main():
    path, rig, cuts, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    notes = read(path)
    told = list(acknowledged(notes))
    first = next(index for index, note in enumerate(notes) if note.what == "A")
    anywhere = range(first, len(notes))
    eventful = eventful_moments(notes, first)
    moments = sorted([chance.choice(anywhere) for _ in range(cuts - cuts // 2)] + [chance.choice(eventful) for _ in range(cuts // 2)])

    print(f"{len(notes)} requests and acknowledgements, {len(eventful)} of them in eventful minutes; {cuts} cuts, seed {seed}")
    print("  cut  before  unflushed  of which is left  acknowledged     found")
    disk, failures, under_way, kinds = Disk(path + ".empty", notes), 0, 0, Counter()
    for number, at in enumerate(moments, 1):
        survival = chance.choice(SURVIVALS)
        image, unflushed = disk.cut(at, chance, survival)
        runs, wrong = look(image, rig)
        wrong = wrong or judge(runs, told[at])
        last = max(told[at][0], default=0)
        acknowledged_minutes = told[at][0].get(last, 0)
        failures += wrong is not None
        under_way += runs.get(last, 0) > acknowledged_minutes
        kinds[survival.__name__.replace("_", " ")] += unflushed > 0
        print(
            f"{'FAIL' if wrong else 'PASS'} {number:>3} {at:>7} {unflushed:>10}  {survival.__name__.replace('_', ' '):<16}  "
            f"run {last:>2}, {acknowledged_minutes:>4} min  {wrong or f'{runs.get(last, 0)} min, sound'}"
        )

    lies = Disk(path + ".empty", notes)
    noticed = 0
    tried = max(5, cuts // 10)
    for at in sorted(chance.choice(anywhere) for _ in range(tried)):
        image, _ = lies.cut(at, chance, some_sectors, lies=LIES)
        runs, wrong = look(image, rig)
        noticed += (wrong or judge(runs, told[at])) is not None

    lossy = sum(kinds.values()) - kinds["everything"]
    print(f"power cuts: {cuts}, {failures} failed; something was lost of the disk's cache in up to {lossy} of them "
          f"({', '.join(f'{kind} left: {count}' for kind, count in sorted(kinds.items()))}); the minute that was being stored was there in {under_way}")
    print(f"a disk that lies about its last {LIES} flushes: noticed in {noticed} of {tried} cuts")
    if noticed * 2 < tried:
        print("FAIL even a disk that lies is hardly noticed: the cuts prove nothing")
    sys.exit(failures > 0 or noticed * 2 < tried)


if __name__ == "__main__":
    main()
