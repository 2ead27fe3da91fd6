# SPDX-License-Identifier: MIT
"""check.py BIN PROJECT: asks running daemons everything, and checks every line against the schema."""

import os
import sys
import tempfile

import article
import conversations
import report
from schema import Schema

# What no simulated sensor brings about; unit tests see these.
NEVER_SEEN = {
    ("answer.tilt", "fault"),  # a sensor that is lost, WatchTests
    ("answer.pose", "length_mg"),  # an accelerometer that is broken, SensorCalibratorTests
    ("part.fit", "refusal"),  # poses that contradict each other, SensorCalibratorStoreTests
}


def main():
    bin, project = sys.argv[1:]
    documentation = os.path.join(project, "Sources/PostureFormats/PostureFormats.docc")
    schema = Schema(os.path.join(documentation, "status-socket.schema.json"))
    text = article.read(os.path.join(documentation, "StatusSocket.md"))
    article.check_tables(text, schema)

    with tempfile.TemporaryDirectory(prefix="protocol-") as directory:
        conversations.hold_all(bin, project, directory, schema)
        examples = article.run_examples(text, bin, directory, schema)
        report.check(bin, project, directory)

    unseen = schema.unseen()
    if os.geteuid() != 0:
        print("protocol: NOT checked, for which one must be root: what another user may not do")
        unseen.discard(("answer.error", "code"))
    for name, member in sorted(unseen - NEVER_SEEN, key=str):
        print(f"protocol: never seen: {name} {member or 'at all'}", file=sys.stderr)
    for name, member in sorted(NEVER_SEEN - unseen, key=str):
        print(f"protocol: seen after all, take it off the list: {name} {member}", file=sys.stderr)
    if unseen != NEVER_SEEN:
        raise SystemExit(1)
    print(f"protocol: {len(schema.seen)} classes and members seen, each as the schema and the article have them; "
          f"{examples} examples run")


main()
