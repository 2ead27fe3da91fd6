# SPDX-License-Identifier: MIT
"""The columns of the tables, and what a column makes of its trials."""
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import mean

from comparison import Result

Figures = dict[str, float]
"""A column: what each method comes to; a method that was not run on it is absent."""


@dataclass(frozen=True)
class Column:
    title: str
    source: str
    """The results that it is made of."""
    combined: Callable[[Iterable[float]], float]
    stands_in: str | None = None
    """For the methods in plain Python: what they were run on instead."""

    def figures(self, results: list[Result]) -> Figures:
        own = self.gathered(results, self.source)
        if self.stands_in:
            own = {**self.gathered(results, self.stands_in), **own}
        return {method: self.combined(scores) for method, scores in own.items()}

    @staticmethod
    def gathered(results: list[Result], source: str) -> dict[str, list[float]]:
        scores: dict[str, list[float]] = {}
        for result in results:
            if result.column == source:
                scores.setdefault(result.method, []).append(result.score)
        return scores


@dataclass(frozen=True)
class Table:
    title: str
    columns: list[Column]


RECORDED = Table("Recordings, RMSE of the inclination in degrees", [
    Column("as recorded", "clean", mean, stands_in="100 Hz"),
    Column("worst trial", "clean", max, stands_in="100 Hz"),
    Column("200 Hz", "200 Hz", mean),
    Column("100 Hz", "100 Hz", mean),
    Column("50 Hz", "50 Hz", mean),
    Column("jitter", "jitter", mean),
])
CHEAP = Table("The same through an MPU-6050 at 100 Hz, RMSE of the inclination in degrees", [
    Column("16 g", "16 g", mean),
    Column("16 g, 2 deg/s", "bias 2", mean),
    Column("16 g, 20 deg/s", "bias 20", mean),
    Column("4 g", "4 g", mean),
    Column("2 g", "2 g", mean),
])
SIMULATED = Table("Slow slouches, greatest error of the deviation, and an hour at a desk, its RMSE, in degrees", [
    Column("slouch", "slouch", max),
    Column("slouch, 2 deg/s", "slouch, bias", max),
    Column("hour", "hour", mean),
    Column("hour, 2 deg/s", "hour, bias", mean),
])
TABLES = [RECORDED, CHEAP, SIMULATED]


def rows(columns: list[Figures]) -> set[str]:
    """The methods that any of the columns has."""
    return {method for column in columns for method in column}


def shown(value: float | None) -> str:
    if value is None or math.isnan(value):
        return "–"
    return f"{value:.2f}" if value < 99.995 else f"{value:.0f}"
