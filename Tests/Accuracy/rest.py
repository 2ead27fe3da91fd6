# SPDX-License-Identifier: MIT
"""A gyroscope calibrated as people do it: kept still for a moment at the start."""
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trial import Trial

LENGTH = 3.0  # s
STILL = np.radians(1.0)  # rad/s, standard deviation on each axis: far above every sensor's noise, below every motion


def first_rest(trial: Trial) -> slice:
    """The first 3 s in which the angular velocity kept to within a degree per second; where there are none, the
    stillest 3 s."""
    count = max(2, round(LENGTH / trial.interval))
    step = max(1, count // 10)
    starts = range(0, max(1, len(trial.time_us) - count), step)
    spreads = []
    for start in starts:
        spread = trial.angular_velocity[start : start + count].std(axis=0).max()
        if spread < STILL:
            return slice(start, start + count)
        spreads.append(spread)
    start = starts[int(np.argmin(spreads))]
    return slice(start, start + count)


def bias(trial: Trial) -> NDArray[np.float64]:
    return trial.angular_velocity[first_rest(trial)].mean(axis=0)


def calibrated(trial: Trial) -> Trial:
    """With that mean angular velocity taken off, from the first sample on."""
    return replace(trial, angular_velocity=trial.angular_velocity - bias(trial))
