# SPDX-License-Identifier: MIT
"""What an estimate is worth. All results are degrees."""
import numpy as np
from numpy.typing import NDArray

from trial import Trial, truth_at
from vectors import Vectors, angle_deg, unit

# Of the truth's time, in ms.
SHIFTS_MS = range(-12, 13)
Scores = tuple[float, ...]
# s.
NEARBY = 0.035


def inclination_rmse(trial: Trial, estimate: Vectors) -> float:
    """Root mean square of the angle between true and estimated up over the scored rows, as BROAD scores it."""
    rows = trial.scored & known(trial.up) & known(estimate)
    if not rows.any():
        return float("nan")
    return root_mean_square(angle_deg(trial.up[rows], unit(estimate[rows])))


def shifted_rmse(trial: Trial, estimate: Vectors) -> Scores:
    """The same against the truth of a little earlier or later: for each of SHIFTS_MS, over every fifth row."""
    rows = (trial.scored & known(estimate)).nonzero()[0][::5]
    return tuple(rmse_at(trial, estimate, rows, milliseconds * 1e-3) for milliseconds in SHIFTS_MS)


def rmse_at(trial: Trial, estimate: Vectors, rows: NDArray[np.int64], shift: float) -> float:
    up, _ = truth_at(trial.seconds[rows] + shift, trial.seconds, trial.up, trial.scored)
    seen = known(up)
    return root_mean_square(angle_deg(up[seen], unit(estimate[rows][seen]))) if seen.any() else float("nan")


def deviation_rmse(trial: Trial, estimate: Vectors, reference: tuple[float, float]) -> float:
    """The same of the deviation: the angle to the mean up between two times (s), which a posture detector sees."""
    errors = deviation_errors(trial, estimate, reference)
    return root_mean_square(errors[trial.scored & ~np.isnan(errors)])


def greatest_deviation_error(trial: Trial, estimate: Vectors, reference: tuple[float, float]) -> float:
    errors = deviation_errors(trial, estimate, reference)
    return float(np.nanmax(np.abs(errors[trial.scored])))


def deviation_errors(trial: Trial, estimate: Vectors, reference: tuple[float, float]) -> NDArray[np.float64]:
    start, end = reference
    window = (trial.seconds >= start) & (trial.seconds < end) & known(trial.up) & known(estimate)
    if not window.any():
        raise ValueError(f"{trial.name}: no estimate between {start} and {end} s, expected a reference there")
    return deviation(unit(estimate), window) - deviation(trial.up, window)


def deviation(up: Vectors, window: NDArray[np.bool_]) -> NDArray[np.float64]:
    return angle_deg(up, unit(up[window].mean(axis=0)))


def share_known(trial: Trial, estimate: Vectors) -> float:
    """Share of the scored rows with an estimate of their own or of a row nearby: a look back has one every 20 ms."""
    times = trial.seconds[known(estimate)]
    if len(times) == 0:
        return 0.0
    rows = trial.seconds[trial.scored]
    after = np.clip(np.searchsorted(times, rows), 1, len(times) - 1) if len(times) > 1 else np.zeros(len(rows), int)
    distance = np.minimum(np.abs(rows - times[after]), np.abs(rows - times[np.maximum(after - 1, 0)]))
    return float((distance <= NEARBY).mean())


def known(vectors: Vectors) -> NDArray[np.bool_]:
    return ~np.isnan(vectors).any(axis=1)


def root_mean_square(values: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(values**2)))
