# SPDX-License-Identifier: MIT
"""The columns of the tables, and what a column makes of its trials."""
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import mean

from comparison import Result
from scoring import SHIFTS_MS

Figures = dict[str, float]
"""A column: what each method comes to; a method that was not run on it is absent."""


@dataclass(frozen=True)
class Column:
    title: str
    source: str
    """The results that it is made of."""
    combined: Callable[[Iterable[float]], float] = mean
    stands_in: str | None = None
    """For the methods in plain Python: what they were run on instead."""

    def figures(self, results: list[Result]) -> Figures:
        return {method: self.combined(r.score for r in own) for method, own in self.gathered(results).items()}

    def gathered(self, results: list[Result]) -> dict[str, list[Result]]:
        """By method."""
        found: dict[str, dict[str, list[Result]]] = {self.source: {}, self.stands_in or "": {}}
        for result in results:
            if result.column in found:
                found[result.column].setdefault(result.method, []).append(result)
        return found[self.stands_in or ""] | found[self.source]


class Aligned(Column):
    """Each method at the one shift of time that suits it best over all trials."""

    def figures(self, results: list[Result]) -> Figures:
        return {method: min(self.by_shift(own)) for method, own in self.gathered(results).items()}

    def by_shift(self, results: list[Result]) -> list[float]:
        return [self.combined(scores) for scores in zip(*(result.shifted for result in results if result.shifted))]


class Shift(Aligned):
    """That shift, in ms."""

    def figures(self, results: list[Result]) -> Figures:
        found = {method: self.by_shift(own) for method, own in self.gathered(results).items()}
        return {method: SHIFTS_MS[scores.index(min(scores))] for method, scores in found.items()}


@dataclass(frozen=True)
class Table:
    name: str
    title: str
    columns: list[Column]


RECORDED = Table("recordings", "Recordings, RMSE of the inclination in degrees", [
    Column("as recorded", "clean", stands_in="100 Hz"),
    Column("worst trial", "clean", max, stands_in="100 Hz"),
    Column("200 Hz", "200 Hz"),
    Column("100 Hz", "100 Hz"),
    Column("50 Hz", "50 Hz"),
    Column("jitter", "jitter"),
])
CHEAP = Table("MPU-6050", "The same through an MPU-6050 at 100 Hz, RMSE of the inclination in degrees", [
    Column("16 g", "16 g"),
    Column("16 g, 2 deg/s", "bias 2"),
    Column("16 g, 20 deg/s", "bias 20"),
    Column("4 g", "4 g"),
    Column("2 g", "2 g"),
])
ALIGNED = Table("aligned", "The same, each method at the time that suits it best, RMSE of the inclination in degrees", [
    Aligned("as recorded", "clean", stands_in="100 Hz"),
    Aligned("100 Hz", "100 Hz"),
    Aligned("50 Hz", "50 Hz"),
    Aligned("16 g", "16 g"),
    Aligned("16 g, 2 deg/s", "bias 2"),
    Aligned("16 g, 20 deg/s", "bias 20"),
])
SHIFTS = Table("shifts", "That time, in ms: below zero, the estimate is late", [
    Shift("as recorded", "clean", stands_in="100 Hz"),
    Shift("200 Hz", "200 Hz"),
    Shift("100 Hz", "100 Hz"),
    Shift("50 Hz", "50 Hz"),
])
SIMULATED = Table("simulated", "Slow slouches, greatest error of the deviation; hours at a desk, its RMSE; degrees", [
    Column("slouch", "slouch", max),
    Column("slouch, 2 deg/s", "slouch, bias", max),
    Column("hour", "hour"),
    Column("hour, 2 deg/s", "hour, bias"),
])
COMPARED = [RECORDED, CHEAP, ALIGNED, SIMULATED]


def rows(columns: list[Figures]) -> set[str]:
    """The methods that any of the columns has."""
    return {method for column in columns for method in column}


def shown(value: float | None) -> str:
    if value is None or math.isnan(value):
        return "–"
    if isinstance(value, int):
        return f"{value:+d}"
    return f"{value:.2f}" if value < 99.995 else f"{value:.0f}"
