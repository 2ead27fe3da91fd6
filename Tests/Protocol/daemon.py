# SPDX-License-Identifier: MIT
"""A running daemon, and clients of it whose every line is checked."""

import json
import os
import socket
import subprocess
import time

# A daemon that says nothing for so long, in seconds, hangs.
PATIENCE = 30


class Daemon:
    def __init__(self, bin, directory, name, *arguments):
        self.socket = os.path.join(directory, name)
        self.log = open(self.socket + ".log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [os.path.join(bin, "postured"), *arguments, "--socket", self.socket], stderr=self.log)
        end = time.monotonic() + PATIENCE
        while not os.path.exists(self.socket):
            if self.process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"protocol: no daemon {arguments}: {self.said()}")
            time.sleep(0.01)

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        self.log.close()
        if status != 0:
            raise SystemExit(f"protocol: the daemon ended with {status}")


class Client:
    def __init__(self, daemon, schema):
        self.schema = schema
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(PATIENCE)
        self.connection.connect(daemon.socket)
        self.lines = self.connection.makefile("r", encoding="utf-8", newline="\n")
        self.expect("version")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.connection.close()

    def send(self, request):
        self.connection.sendall(request.encode() + b"\n")

    def next(self):
        line = self.lines.readline()
        if not line.endswith("\n"):
            raise SystemExit("protocol: the daemon hung up")
        return self.schema.answer(line[:-1])

    def until(self, *classes):
        """The messages up to one of a class, that one the last."""
        messages = [self.next()]
        while messages[-1]["class"] not in classes:
            messages.append(self.next())
        return messages

    def expect(self, kind):
        message = self.next()
        if message["class"] != kind:
            raise SystemExit(f"protocol: expected {kind}, found {message}")
        return message

    def ask(self, request, kind=None, **members):
        """Asks what the schema allows, as a bare word or with members, and expects an answer of a class."""
        self.put(request, members)
        return self.expect(kind or request)

    def ask_amid(self, request, kind=None, **members):
        """The same amid a stream: the messages up to the answer."""
        self.put(request, members)
        return self.until(kind or request)

    def put(self, request, members):
        line = json.dumps({"class": request, **members}) if members else request
        if errors := self.schema.request(line):
            raise SystemExit(f"schema: refuses {line}: {errors}")
        self.send(line)

    def wait(self, condition):
        """Until the status is so; what else comes meanwhile is passed over."""
        end = time.monotonic() + PATIENCE
        while not condition(status := self.ask_amid("status")[-1]):
            if time.monotonic() > end:
                raise SystemExit(f"protocol: expected another status, found {status}")
            time.sleep(0.02)

    def ask_wrongly(self, line):
        """Asks what the daemon must refuse, and the schema as well."""
        self.send(line)
        self.expect("error")
        if not self.schema.request(line):
            raise SystemExit(f"schema: takes {line}, which the daemon refuses")
