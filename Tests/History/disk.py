# SPDX-License-Identifier: MIT
"""A plugin of nbdkit: two disks, `disk` and `acknowledgements`, of which each write and each flush is noted in the order in which it came.

What a power cut at any moment can have left is made of the notes afterwards (cuts.py). Requests are served one after another, so a
flush covers each write that was noted before it.

    nbdkit python disk.py image=FILE log=FILE
"""

import io
import struct
import time

import nbdkit

API_VERSION = 2
# A note: what, microseconds, offset, length of the data that follow.
NOTE = struct.Struct("<cQQI")
ACKNOWLEDGEMENTS = 64 << 20

files = {}
image = b""


def config(key, value):
    files[key] = value


def config_complete():
    global image, log
    with io.open(files["image"], "rb") as file:
        image = bytearray(file.read())
    log = io.open(files["log"], "wb", buffering=1 << 20)


def thread_model():
    return nbdkit.THREAD_MODEL_SERIALIZE_ALL_REQUESTS


def open(readonly):
    return {"acknowledgements": nbdkit.export_name() == "acknowledgements"}


def get_size(disk):
    return ACKNOWLEDGEMENTS if disk["acknowledgements"] else len(image)


def pread(disk, data, offset, flags):
    data[:] = bytes(len(data)) if disk["acknowledgements"] else image[offset : offset + len(data)]


def note(what, offset=0, data=b""):
    log.write(NOTE.pack(what, time.monotonic_ns() // 1000, offset, len(data)))
    log.write(data)


def pwrite(disk, data, offset, flags):
    if disk["acknowledgements"]:
        note(b"A", 0, bytes(data).rstrip(b"\n\0").rsplit(b"\n", 1)[-1])
    else:
        image[offset : offset + len(data)] = data
        note(b"W", offset, data)


def can_flush(disk):
    return True


def flush(disk, flags):
    if not disk["acknowledgements"]:
        note(b"F")


def close(disk):
    log.flush()
