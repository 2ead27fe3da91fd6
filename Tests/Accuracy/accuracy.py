#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""accuracy.py BIN ARTICLE [RECORDINGS]: measures, prints the tables, and writes them into the article."""
import sys
import time
from pathlib import Path

import article
import comparison
import cost
import recordings
import report
from methods import all_methods


def main(words: list[str]) -> int:
    if len(words) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 64
    programs, text = Path(words[0]), Path(words[1])
    directory = Path(words[2]) if len(words) == 3 and words[2] else None
    names = recordings.names(directory)
    if not names:
        print(f"no recordings in {directory or 'RECORDINGS, which is not set'}: what needs them is not measured")
    start = time.monotonic()
    posturectl, simulated_hours = programs / "posturectl", programs / "simulated-hours"
    # First and alone: nothing else of ours takes processor time then.
    costs = cost.measure(posturectl, simulated_hours)
    results = comparison.run(directory, posturectl, simulated_hours)
    figures = report.markdown(results, costs, all_methods(posturectl), names, cost.processor())
    print(figures)
    print(f"measured in {time.monotonic() - start:.0f} s")
    if not names:
        print(f"{text.name} keeps the figures that it has: without recordings they would be fewer")
        return 0
    article.put(text, figures)
    print(f"written into {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
