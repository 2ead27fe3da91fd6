# SPDX-License-Identifier: MIT
"""Runs every method over every case, two at a time."""
import multiprocessing
from dataclasses import dataclass
from pathlib import Path

import scoring
from cases import Job, all_jobs
from methods import all_methods

PROCESSES = 2
ENOUGH = 0.999  # of the scored rows: a method must not choose what it is scored by


@dataclass(frozen=True)
class Result:
    column: str
    trial: str
    method: str
    score: float
    """Degrees."""
    shifted: scoring.Scores | None
    """The same against a truth of other times, where that is asked."""


def run(directory: Path | None, posturectl: Path, simulated_hours: Path) -> list[Result]:
    jobs = [(job, posturectl) for job in all_jobs(directory, simulated_hours)]
    with multiprocessing.Pool(PROCESSES) as pool:
        done = pool.imap_unordered(results_of, jobs, chunksize=1)
        results = [result for results in done for result in results]
    return sorted(results, key=lambda result: (result.column, result.trial))


def results_of(work: tuple[Job, Path]) -> list[Result]:
    job, posturectl = work
    results = []
    for case in job.cases():
        for method in all_methods(posturectl):
            if method.is_slow and method.name not in case.slow:
                continue
            estimate = method.estimate(case.trial)
            share = scoring.share_known(case.trial, estimate)
            if share < ENOUGH:
                raise ValueError(
                    f"{case.trial.name}, {case.column}: {method.name} estimates {share:.2%} of the scored rows, "
                    f"expected {ENOUGH:.2%} or more")
            shifted = scoring.shifted_rmse(case.trial, estimate) if case.is_recorded else None
            score = case.score(case.trial, estimate)
            results.append(Result(case.column, case.trial.name, method.name, score, shifted))
    return results
