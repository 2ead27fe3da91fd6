# SPDX-License-Identifier: MIT
"""The filter of this project, as `posturectl replay` runs it over a CSV file."""
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trial import Trial
from vectors import Vectors

COLUMNS = "timestamp_us,ux,uy,uz"


def replayed(program: Path, trial: Trial, *options: str) -> Vectors:
    """Up for each row of the trial, NaN where there is none."""
    with tempfile.TemporaryDirectory() as directory:
        samples, estimates = Path(directory) / "samples.csv", Path(directory) / "estimates.csv"
        trial.write(samples)
        command = [program, "replay", samples, "--estimates", estimates, *options]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return at_rows_of(trial, read(estimates))


def read(path: Path) -> NDArray[np.float64]:
    with path.open(encoding="ascii") as lines:
        header = lines.readline().strip()
        if not header.startswith(COLUMNS):
            raise ValueError(f"{path.name}: line 1: found {header!r}, expected {COLUMNS!r} first")
        return np.array([line.split(",", 4)[:4] for line in lines], dtype=np.float64)


def at_rows_of(trial: Trial, estimates: NDArray[np.float64]) -> Vectors:
    up = np.full((len(trial.time_us), 3), np.nan)
    rows = np.searchsorted(trial.time_us, estimates[:, 0])
    if len(rows) == 0 or not np.array_equal(trial.time_us[rows], estimates[:, 0]):
        raise ValueError(f"{trial.name}: found estimates at other times than the samples', or none")
    up[rows] = estimates[:, 1:]
    return up


@cache
def has_lag(program: Path) -> bool:
    """Whether this build of the program can look back a few seconds."""
    return "--lag" in subprocess.run([program, "replay", "--help"], check=True, capture_output=True, text=True).stdout
