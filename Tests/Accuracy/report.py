# SPDX-License-Identifier: MIT
"""The figures as Markdown."""
from columns import COMPARED, SHIFTS, Figures, Table, rows, shown
from comparison import Result
from methods import BASIC, LAG, OURS, VQF, Method

Costs = dict[str, float]
# The details: methods that fit on a page.
DETAILED = (OURS, LAG, VQF, "VQF tuned", BASIC, "Fusion tuned", "Madgwick tuned", "offline VQF")


def markdown(
    results: list[Result], costs: Costs, methods: list[Method], recordings: list[str], processor: str
) -> str:
    sections = [
        sources(recordings),
        *(f"### {table.title}\n\n{summary(table, results, methods)}" for table in [*COMPARED, SHIFTS]),
        f"### Cost\n\n{cost(costs, processor)}",
        f"### Where ours loses\n\n{losses(results, costs, methods)}",
        f"### Trial by trial\n\n{details(results, 'clean', '100 Hz')}",
        f"### Slouch by slouch\n\nWith 2 deg/s of bias.\n\n{details(results, 'slouch, bias')}",
        f"### What each row is\n\n{legend(methods)}",
    ]
    return "\n\n".join(sections) + "\n"


def sources(recordings: list[str]) -> str:
    if not recordings:
        return "Recordings: **not measured: no recordings**."
    return f"Recordings: {len(recordings)}."


def summary(table: Table, results: list[Result], methods: list[Method]) -> str:
    figures = [column.figures(results) for column in table.columns]
    if not rows(figures):
        return "Not measured: no recordings."
    lines = []
    for method in methods:
        if method.name in rows(figures):
            lines.append([method.name, *(shown(column.get(method.name)) for column in figures)])
    return grid([["", *(column.title for column in table.columns)], *lines])


def cost(costs: Costs, processor: str) -> str:
    if not costs:
        return "Not measured: no g++."
    lines = [[name, f"{value:.0f}", f"{value / costs[OURS]:.1f}"] for name, value in costs.items()]
    return f"On one core of: {processor}.\n\n" + grid([["", "ns a sample", "of ours"], *lines])


def losses(results: list[Result], costs: Costs, methods: list[Method]) -> str:
    """A line for each column in which a peer that does not look ahead is better."""
    causal = {method.name for method in methods if method.is_causal}
    found = [
        loss(f"{table.name}, {column.title}", column.figures(results), causal)
        for table in COMPARED for column in table.columns]
    found.append(loss("ns a sample", costs, causal))
    lines = [line for line in found if line]
    return "\n".join(lines) if lines else "Nowhere: no filter that does not look ahead is better in any column."


def loss(title: str, figures: Figures, causal: set[str]) -> str | None:
    """Against the figures as shown: less than a hundredth is no difference."""
    own = figures.get(OURS)
    if own is None:
        return None
    better = [
        (value, name) for name, value in figures.items()
        if name in causal and name != OURS and round(value, 2) < round(own, 2)]
    if not better:
        return None
    (value, name), *others = sorted(better)
    more = f", and {len(others)} more" if others else ""
    return f"- {title}: {shown(value)} {name}{more}; ours {shown(own)}"


def details(results: list[Result], source: str, stands_in: str | None = None) -> str:
    scores = {(r.trial, r.method): r.score for r in results if r.column == stands_in}
    scores |= {(r.trial, r.method): r.score for r in results if r.column == source}
    if not scores:
        return "Not measured: no recordings."
    names = [name for name in DETAILED if any(method == name for _, method in scores)]
    trials = sorted({trial for trial, _ in scores}, key=in_order)
    lines = [[readable(trial), *(shown(scores.get((trial, name))) for name in names)] for trial in trials]
    return grid([["", *names], *lines])


def in_order(trial: str) -> tuple[float, str]:
    """By the number that a name begins with."""
    digits = trial.replace("_", " ").split()[0]
    return (float(digits) if digits.isdigit() else 0.0, trial)


def readable(trial: str) -> str:
    return trial.replace("_", " ")


def legend(methods: list[Method]) -> str:
    return grid([["row", "is"], *([method.name, method.note] for method in methods)])


def grid(lines: list[list[str]]) -> str:
    header, *body = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([header, "|" + "---|" * len(lines[0]), *body])
