# SPDX-License-Identifier: MIT
"""A recording as a sensor of another rate, or with an unsteady clock, would have made it."""
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trial import Trial, truth_at
from vectors import Vectors

JITTER = 0.05  # of the interval, standard deviation


def at_rate(trial: Trial, rate: float, jitter: float = 0.0, seed: int = 0) -> Trial:
    """Each sample is the mean over one new interval around its time, of the recording joined by straight lines.

    The mean is the anti-alias filter, and keeps the angle turned. With jitter each time is off by so much of the
    interval, and known: it is the time in the file.
    """
    interval = 1 / rate
    first, last = trial.seconds[0] + interval, trial.seconds[-1] - interval
    times = first + interval * np.arange(int((last - first) * rate) + 1)
    if jitter:
        off = np.random.default_rng(seed).standard_normal(len(times)) * jitter
        times = times + interval * np.clip(off, -0.4, 0.4)
    time_us = np.round(times * 1e6).astype(np.int64)
    times = time_us * 1e-6
    up, scored = truth_at(times, trial.seconds, trial.up, trial.scored)
    return replace(
        trial, time_us=time_us, acceleration=means(trial.seconds, trial.acceleration, times, interval),
        angular_velocity=means(trial.seconds, trial.angular_velocity, times, interval), up=up, scored=scored)


def means(
    times: NDArray[np.float64], values: Vectors, centres: NDArray[np.float64], width: float
) -> Vectors:
    """Over windows of a width around the centres, of the values joined by straight lines."""
    return (integrals(times, values, centres + width / 2) - integrals(times, values, centres - width / 2)) / width


def integrals(times: NDArray[np.float64], values: Vectors, ends: NDArray[np.float64]) -> Vectors:
    """From the first time to each end."""
    steps = np.diff(times)[:, None]
    sums = np.vstack([np.zeros(values.shape[1]), np.cumsum((values[1:] + values[:-1]) * steps / 2, axis=0)])
    left = np.clip(np.searchsorted(times, ends, side="right") - 1, 0, len(times) - 2)
    past = (ends - times[left])[:, None]
    slope = (values[left + 1] - values[left]) / steps[left]
    return sums[left] + past * (values[left] + slope * past / 2)
