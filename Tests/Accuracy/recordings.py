# SPDX-License-Identifier: MIT
"""Recordings with an optical reference: NAME.csv.gz and NAME.truth.csv.gz in a directory.

NAME.csv.gz has timestamp_us,ax,ay,az,gx,gy,gz in m/s^2 and rad/s; NAME.truth.csv.gz has t_s,ux,uy,uz,movement, up in
the sensor frame, empty where the cameras lost the markers.
"""
import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trial import COLUMNS, Trial, truth_at
from vectors import unit

TRUTH_COLUMNS = "t_s,ux,uy,uz,movement"


def names(directory: Path | None) -> list[str]:
    """Of all recordings that have a truth, sorted; none where there is no directory."""
    if directory is None:
        return []
    found = {path.name.removesuffix(".truth.csv.gz") for path in directory.glob("*.truth.csv.gz")}
    for name in sorted(found):
        if not (directory / f"{name}.csv.gz").exists():
            raise FileNotFoundError(f"{directory / name}.csv.gz: not found, expected beside its truth")
    return sorted(found)


def read(directory: Path, name: str) -> Trial:
    samples = table(directory / f"{name}.csv.gz", COLUMNS)
    truth = table(directory / f"{name}.truth.csv.gz", TRUTH_COLUMNS)
    time_us = np.round(samples[:, 0]).astype(np.int64)
    up, moving = truth_at(time_us * 1e-6, truth[:, 0], unit(truth[:, 1:4]), truth[:, 4] > 0.5)
    return Trial(name, time_us, samples[:, 1:4], samples[:, 4:7], up, moving)


def table(path: Path, columns: str) -> NDArray[np.float64]:
    with gzip.open(path, "rt", encoding="ascii") as lines:
        header = lines.readline().strip()
        if header != columns:
            raise ValueError(f"{path}: line 1: found {header!r}, expected {columns!r}")
        return np.genfromtxt(lines, delimiter=",")
