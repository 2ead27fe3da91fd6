# SPDX-License-Identifier: MIT
"""A trial: what a sensor measured, and which way was really up."""
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectors import Vectors, unit

COLUMNS = "timestamp_us,ax,ay,az,gx,gy,gz"
SAME_TIME = 2e-6  # s: times nearer than that are one


@dataclass(frozen=True)
class Trial:
    """Samples and truth, row by row at the same times."""

    name: str
    time_us: NDArray[np.int64]
    acceleration: Vectors
    """m/s^2, specific force: upward at rest."""
    angular_velocity: Vectors
    """rad/s."""
    up: Vectors
    """The truth, unit vectors in the sensor frame; NaN where it is not known."""
    scored: NDArray[np.bool_]
    """The rows that count."""

    @property
    def seconds(self) -> NDArray[np.float64]:
        return self.time_us * 1e-6

    @property
    def interval(self) -> float:
        """Mean, seconds."""
        return float(self.time_us[-1] - self.time_us[0]) * 1e-6 / (len(self.time_us) - 1)

    def rounded(self) -> "Trial":
        """With the decimals that the file has, so that every filter is given the same numbers."""
        return replace(
            self, acceleration=np.round(self.acceleration, 6), angular_velocity=np.round(self.angular_velocity, 7))

    def write(self, path: Path) -> None:
        rows = np.column_stack([self.time_us, self.acceleration, self.angular_velocity])
        np.savetxt(path, rows, fmt=["%d"] + ["%.6f"] * 3 + ["%.7f"] * 3, delimiter=",", header=COLUMNS, comments="")


def truth_at(
    times: NDArray[np.float64], truth_times: NDArray[np.float64], up: Vectors, moving: NDArray[np.bool_]
) -> tuple[Vectors, NDArray[np.bool_]]:
    """Up at other times, linear between neighbours, unknown where one is; and whether the nearer one was moving."""
    left = np.clip(np.searchsorted(truth_times, times, side="right") - 1, 0, len(truth_times) - 2)
    share = (times - truth_times[left]) / (truth_times[left + 1] - truth_times[left])
    between = (1 - share[:, None]) * up[left] + share[:, None] * up[left + 1]
    nearest = np.where(share < 0.5, left, left + 1)
    same = np.abs(times - truth_times[nearest]) < SAME_TIME
    between[same] = up[nearest[same]]
    between[(times < truth_times[0] - SAME_TIME) | (times > truth_times[-1] + SAME_TIME)] = np.nan
    return unit(between), moving[nearest]
