# SPDX-License-Identifier: MIT
"""An hour at a desk, with walks: the project's simulated wearer, taken for walks that go somewhere.

The simulated gait treads on the spot. Here the walker also comes to a speed, stops, and turns corners, as in a
building: in the frame of the trunk, which turns with the walker, the path adds an acceleration forward, one to the left
in a turn, and a rate about the vertical.
"""
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from slouch import MOUNTS
from trial import Trial
from vectors import Vectors, unit

LENGTH = 3600  # s
FIRST_MINUTE = 60.0
REFERENCE = (55.0, 60.0)  # s, the end of a first minute that the script has upright
COLUMNS = "timestamp_us,ax,ay,az,gx,gy,gz,ux,uy,uz,walking"
SPEED = 1.2  # m/s
START = 1.5  # s, from standing to that speed, and to standing again
TURN = 1.5  # s, for 90 degrees
STRAIGHT = (6.0, 15.0)  # s between corners


def trial(program: Path, seed: int, mount: str = "askew") -> Trial:
    """Without noise."""
    truth = read(program, seed)
    time_us, times = truth[:, 0].astype(np.int64), truth[:, 0] * 1e-6
    force, rate = walk(times, truth[:, 10] > 0.5, up := unit(truth[:, 7:10]), np.random.default_rng(seed))
    to_sensor = MOUNTS[mount].T
    return Trial(
        f"hour {seed}", time_us, (truth[:, 1:4] + force) @ to_sensor, (truth[:, 4:7] + rate) @ to_sensor,
        up @ to_sensor, times >= FIRST_MINUTE)


def read(program: Path, seed: int) -> NDArray[np.float64]:
    output = subprocess.run([program, str(seed), str(LENGTH)], check=True, capture_output=True, text=True).stdout
    header, _, rows = output.partition("\n")
    if header != COLUMNS:
        raise ValueError(f"{program}: found the columns {header!r}, expected {COLUMNS!r}")
    return np.fromstring(rows.replace("\n", ","), sep=",").reshape(-1, 11)


def walk(
    times: NDArray[np.float64], walking: NDArray[np.bool_], up: Vectors, random: np.random.Generator
) -> tuple[Vectors, Vectors]:
    """What the paths of the walks add in the body frame: specific force and angular velocity."""
    forward_part, left_part, turning = (np.zeros(len(times)) for _ in range(3))
    for first, end in walks(walking):
        elapsed = times[first:end] - times[first]
        speed, change = speed_along(elapsed, times[end - 1] - times[first])
        turn = turn_rates(elapsed, random)
        forward_part[first:end], left_part[first:end], turning[first:end] = change, speed * turn, turn
    # Level, with the trunk's own forward.
    left = unit(np.cross(up, [1.0, 0.0, 0.0]))
    forward = np.cross(left, up)
    return forward_part[:, None] * forward + left_part[:, None] * left, turning[:, None] * up


def walks(walking: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First row and end of each."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], walking.astype(int), [0]])))
    return list(zip(edges[::2], edges[1::2]))


def speed_along(elapsed: NDArray[np.float64], length: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """m/s and m/s^2."""
    start, started = smooth_step(elapsed / START)
    stop, stopped = smooth_step((elapsed - (length - START)) / START)
    return SPEED * (start - stop), SPEED / START * (started - stopped)


def turn_rates(elapsed: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """rad/s, left positive: corners of 90 degrees, once the walker has its speed and before it stops."""
    rates = np.zeros(len(elapsed))
    corner = START + random.uniform(*STRAIGHT) / 2
    while corner + TURN < elapsed[-1] - START:
        sign = random.choice([-1, 1])
        rates += sign * np.pi / 2 / TURN * smooth_step((elapsed - corner) / TURN)[1]
        corner += TURN + random.uniform(*STRAIGHT)
    return rates


def smooth_step(share: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """From 0 to 1 between 0 and 1, at rest at both ends, and the derivative."""
    s = np.clip(share, 0, 1)
    return s**3 * (10 - 15 * s + 6 * s**2), 30 * s**2 * (1 - s) ** 2
