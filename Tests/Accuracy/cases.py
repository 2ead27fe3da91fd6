# SPDX-License-Identifier: MIT
"""All that the methods are run on, and what a run is worth: one job for each recording, slouch and hour."""
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import hours
import recordings
import resampling
import scoring
import slouch
from methods import PEERS
from sensor import MIDDLE, NARROW, WIDE, degraded
from slouch import Slouch
from trial import Trial
from vectors import Vectors

RAMPS = (2, 5, 10, 20, 40, 90)  # s
HOURS = (1, 2)  # seeds
NONE: frozenset[str] = frozenset()
ALL_SLOW = frozenset(method.name for method in PEERS if method.is_slow)
TUNED_SLOW = frozenset(name for name in ALL_SLOW if "tuned" in name)
BIAS = 2.0  # deg/s, of the gyroscopes that are not calibrated


@dataclass(frozen=True)
class Case:
    """A trial in one shape."""

    column: str
    trial: Trial
    score: Callable[[Trial, Vectors], float]
    slow: frozenset[str]
    """The methods in plain Python that are run on it too."""
    is_recorded: bool
    """And so scored at other times too: cameras and sensor may disagree about the time."""


@dataclass(frozen=True)
class Job:
    """Made where it is run: jobs are sent between processes, trials are not."""

    recording: tuple[Path, str] | None = None
    slouch: Slouch | None = None
    hour: tuple[Path, int] | None = None

    def cases(self) -> Iterator[Case]:
        if self.recording:
            yield from recording_cases(recordings.read(*self.recording))
        elif self.slouch:
            yield from slouch_cases(self.slouch)
        elif self.hour:
            yield from hour_cases(*self.hour)


def all_jobs(directory: Path | None, simulated_hours: Path) -> list[Job]:
    """The longest first."""
    jobs = [Job(hour=(simulated_hours, seed)) for seed in HOURS]
    jobs += [Job(recording=(directory, name)) for name in recordings.names(directory) if directory]
    jobs += [Job(slouch=Slouch(ramp, mount, False)) for ramp in RAMPS for mount in slouch.MOUNTS]
    jobs += [Job(slouch=Slouch(ramp, "flat", True)) for ramp in RAMPS]
    return jobs


def recording_cases(trial: Trial) -> Iterator[Case]:
    def case(column: str, shaped: Trial, slow: frozenset[str] = NONE) -> Case:
        return Case(column, shaped.rounded(), scoring.inclination_rmse, slow, is_recorded=True)

    seed = seed_of(trial.name)
    at_100 = resampling.at_rate(trial, 100)
    yield case("clean", trial)
    yield case("200 Hz", resampling.at_rate(trial, 200))
    yield case("100 Hz", at_100, ALL_SLOW)
    yield case("50 Hz", resampling.at_rate(trial, 50))
    yield case("jitter", resampling.at_rate(trial, 100, resampling.JITTER, seed))
    yield case("16 g", degraded(at_100, WIDE, 0, seed))
    yield case("4 g", degraded(at_100, MIDDLE, 0, seed))
    yield case("2 g", degraded(at_100, NARROW, 0, seed))
    yield case("bias 2", degraded(at_100, WIDE, 2, seed), ALL_SLOW)
    yield case("bias 20", degraded(at_100, WIDE, 20, seed))


def slouch_cases(what: Slouch) -> Iterator[Case]:
    def score(trial: Trial, estimate: Vectors) -> float:
        return scoring.greatest_deviation_error(trial, estimate, what.reference)

    seed = seed_of(what.name)
    trial = slouch.trial(what, seed)
    for column, bias in (("slouch", 0.0), ("slouch, bias", BIAS)):
        shaped = degraded(trial, MIDDLE, bias, seed).rounded()
        yield Case(column, shaped, score, ALL_SLOW if bias else NONE, is_recorded=False)


def hour_cases(program: Path, seed: int) -> Iterator[Case]:
    def score(trial: Trial, estimate: Vectors) -> float:
        return scoring.deviation_rmse(trial, estimate, hours.REFERENCE)

    trial = hours.trial(program, seed)
    for column, bias in (("hour", 0.0), ("hour, bias", BIAS)):
        shaped = degraded(trial, MIDDLE, bias, seed).rounded()
        yield Case(column, shaped, score, NONE if bias else TUNED_SLOW, is_recorded=False)


def seed_of(name: str) -> int:
    """Of its own for each trial, and the same in every run."""
    return zlib.crc32(name.encode())
