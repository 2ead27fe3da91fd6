# SPDX-License-Identifier: MIT
"""The article's generated part: what stands between two marks."""
from pathlib import Path

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def put(path: Path, figures: str) -> None:
    path.write_text(replaced(path.read_text(encoding="utf-8"), figures, path.name), encoding="utf-8")


def replaced(text: str, figures: str, name: str) -> str:
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{name}: expected the lines {BEGIN!r} and {END!r}, once each and in this order")
    return f"{before}{BEGIN}\n\n{figures.strip()}\n\n{END}{after}"
