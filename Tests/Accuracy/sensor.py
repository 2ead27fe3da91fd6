# SPDX-License-Identifier: MIT
"""An MPU-6050 in place of the sensor that made a recording: its noise, its offset, its integers, its limits.

Sources: product specification PS-MPU-6000A-00 rev 3.4, 6.1 (gyroscope) and 6.2 (accelerometer); register map
RM-MPU-6000A-00 rev 4.2, 4.3 (the low-pass filter for 100 samples a second has 94 Hz for the accelerometer).
"""
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trial import Trial
from vectors import Vectors, random_direction

GRAVITY = 9.80665  # m/s^2 in a g
GYROSCOPE_NOISE = np.radians(0.05)  # rad/s, root mean square with DLPF_CFG 2 (6.1)
ACCELEROMETER_NOISE = 400e-6 * np.sqrt(94) * GRAVITY  # m/s^2: 400 ug/sqrt(Hz) over the filter's 94 Hz (6.2)
DRIFT = np.radians(0.2)  # rad/s: a biased gyroscope's offset swings by so much about its mean ...
DRIFT_PERIOD = 600.0  # s: ... in ten minutes


@dataclass(frozen=True)
class Ranges:
    """What the chip is set to; its integers have 16 bits."""

    g: int
    dps: int

    @property
    def acceleration_step(self) -> float:
        return self.g * GRAVITY / 32768

    @property
    def angular_velocity_step(self) -> float:
        # 16.4, 65.5 and 131 LSB per deg/s (6.1).
        return float(np.radians(1 / {2000: 16.4, 500: 65.5, 250: 131.0}[self.dps]))


WIDE, MIDDLE, NARROW = Ranges(16, 2000), Ranges(4, 500), Ranges(2, 250)


def degraded(trial: Trial, ranges: Ranges, bias_dps: float, seed: int) -> Trial:
    """What the chip would have read. The bias has a direction drawn from the seed; one of 0 does not drift."""
    random = np.random.default_rng(seed)
    offset = drifting_bias(trial.seconds, np.radians(bias_dps), random)
    rate = trial.angular_velocity + offset + GYROSCOPE_NOISE * random.standard_normal(offset.shape)
    force = trial.acceleration + ACCELEROMETER_NOISE * random.standard_normal(offset.shape)
    return replace(
        trial, acceleration=quantised(force, ranges.acceleration_step),
        angular_velocity=quantised(rate, ranges.angular_velocity_step))


def drifting_bias(times: NDArray[np.float64], bias: float, random: np.random.Generator) -> Vectors:
    direction, across, phase = random_direction(random), random_direction(random), random.uniform(0, 2 * np.pi)
    if bias == 0:
        return np.zeros((len(times), 3))
    swing = DRIFT * np.sin(2 * np.pi * times / DRIFT_PERIOD + phase)
    return bias * direction + swing[:, None] * across


def quantised(values: Vectors, step: float) -> Vectors:
    """To whole steps, clipped where 16 bits end."""
    return np.clip(np.round(values / step), -32768, 32767) * step
