# SPDX-License-Identifier: MIT
"""What disk.py has noted, and how much a minute has written on the disk: `notes.py NOTES`."""

import struct
import sys
from typing import NamedTuple

NOTE = struct.Struct("<cQQI")


class Note(NamedTuple):
    what: str  # a write, a flush or an acknowledgement: W, F, A
    time: int  # microseconds
    offset: int
    data: bytes


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    notes, at = [], 0
    while at < len(content):
        what, time, offset, length = NOTE.unpack_from(content, at)
        at += NOTE.size
        notes.append(Note(what.decode(), time, offset, content[at : at + length]))
        at += length
    return notes


def main():
    notes = read(sys.argv[1])
    told = [index for index, note in enumerate(notes) if note.what == "A"]
    between = notes[told[0] : told[-1]]
    minutes = len(told) - 1
    written = sum(len(note.data) for note in between if note.what == "W")
    flushes = sum(note.what == "F" for note in between)
    print(f"{minutes} minutes, {written / minutes:.0f} bytes and {flushes / minutes:.1f} flushes each")


if __name__ == "__main__":
    main()
