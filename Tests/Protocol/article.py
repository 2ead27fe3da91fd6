# SPDX-License-Identifier: MIT
"""The article on the protocol: its tables against the schema, its examples run."""

import os
import re
import subprocess

from daemon import Client, Daemon

# What an example names, and what stands for it here.
SOCKET = "/run/postured/postured.sock"
COLLECTOR = "/var/lib/prometheus/node-exporter"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def check_tables(text, schema):
    """Each heading `### Kind name` has a table of the members that the schema has, and no other."""
    found = {}
    for heading, body in re.findall(r"^### (\S+ \S+)$(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL):
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", body, re.MULTILINE)
        found[heading.lower().replace(" ", ".")] = [(name, always.strip()) for name, always in rows]
    for name, definition in schema.definitions.items():
        if "properties" not in definition:
            continue
        members = [member for member in definition["properties"] if member != "class"]
        rows = found.pop(name, None)
        if rows is None or sorted(row[0] for row in rows) != sorted(members):
            raise SystemExit(f"article: {name}: found {rows}, the schema has {members}")
        for member, always in rows:
            # A watch may leave out any member of a tilt.
            expected = {"yes"} if member in definition["required"] else {"no", "unless `fields` leaves it out"}
            if always not in expected:
                raise SystemExit(f"article: {name}: {member}: found '{always}', the schema says otherwise")
    if found:
        raise SystemExit(f"article: not in the schema: {sorted(found)}")


def run_examples(text, bin, directory, schema):
    """Runs every block of shell or Python in the section of examples; returns how many."""
    section = re.search(r"^## Examples$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    with Daemon(bin, directory, "examples", "--simulate", "--speed", "20") as daemon:
        with Client(daemon, schema) as client:
            client.wait(lambda status: status["has_reference"])
        for language, code in blocks:
            run_example(language, code.replace(SOCKET, daemon.socket).replace(COLLECTOR, directory), bin, daemon)
    return len(blocks)


def run_example(language, code, bin, daemon):
    commands = "events|samples|metrics|status|why"
    code = re.sub(rf"posturectl ({commands})\b", rf"posturectl \1 --socket {daemon.socket}", code)
    command = ["sh", "-euc", code] if language == "sh" else ["/usr/bin/python3", "-I", "-c", code]
    environment = {"PATH": f"{bin}:{os.environ['PATH']}", "HOME": "/nonexistent"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    # Who writes to `head` learns that it has had enough; the summary of a replay stands beside its events.
    harmless = re.compile(r"Broken pipe$|^\d+ samples, ")
    complaints = [line for line in result.stderr.splitlines() if not harmless.search(line)]
    if result.returncode != 0 or complaints or not result.stdout:
        raise SystemExit(f"article: an example ended with {result.returncode}:\n{code}\n{result.stdout}{result.stderr}")
