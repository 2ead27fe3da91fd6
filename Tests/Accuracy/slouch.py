# SPDX-License-Identifier: MIT
"""Slow slouches: upright, a lean of 20 degrees at a steady rate, held, and straightened again.

The trunk bends about the hip; the sensor sits above it and feels the acceleration of that place too. Body axes: x
forward, y left, z up.
"""
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trial import Trial
from vectors import Vectors, rotation

RATE = 100.0  # Hz
ANGLE = np.radians(20)
UPRIGHT, HELD, RETURN, AFTER = 30.0, 30.0, 3.0, 15.0  # s
ROUNDING = 0.5  # s, in which the ramp comes to its rate and leaves it
ARM = np.array([0.0, 0.0, 0.4])  # m, from the hip to the sensor
GRAVITY = 9.80665
# Degrees, Hz: breathing and slow sway, together below one degree.
SWAY_FORWARD = ((0.3, 0.25), (0.13, 0.1731), (0.25, 0.0713))
SWAY_LATERAL = ((0.12, 0.1379), (0.2, 0.0531))
# Body to sensor. On a spine the sensor's x axis points up, along gravity; the last is upside down and askew.
MOUNTS = {
    "flat": np.eye(3),
    "spine": np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]]),
    "askew": (rotation(2, 10) @ rotation(1, 25) @ rotation(0, 180)).T,
}


@dataclass(frozen=True)
class Slouch:
    ramp: float
    """Seconds."""
    mount: str
    lateral: bool
    """Sideways instead of forward."""

    @property
    def name(self) -> str:
        return f"{self.ramp:g} s {'sideways' if self.lateral else 'forward'}, {self.mount}"

    @property
    def reference(self) -> tuple[float, float]:
        """The seconds whose mean counts as upright."""
        return UPRIGHT - 5, UPRIGHT


def trial(slouch: Slouch, seed: int) -> Trial:
    """Without noise. Ramp and hold are scored."""
    end = UPRIGHT + slouch.ramp + HELD + RETURN + AFTER
    time_us = np.arange(0, round(end * RATE)) * round(1e6 / RATE)
    times = time_us * 1e-6
    flexion, lateral = motion(slouch, times, seed)
    up, rate = up_in_body(flexion[0], lateral[0]), angular_velocity(flexion, lateral)
    change = np.gradient(rate, 1 / RATE, axis=0)
    force = GRAVITY * up + np.cross(change, ARM) + np.cross(rate, np.cross(rate, ARM))
    to_sensor = MOUNTS[slouch.mount].T
    scored = (times >= UPRIGHT) & (times < UPRIGHT + slouch.ramp + HELD)
    return Trial(slouch.name, time_us, force @ to_sensor, rate @ to_sensor, up @ to_sensor, scored)


def motion(slouch: Slouch, times: NDArray[np.float64], seed: int) -> tuple[Vectors, Vectors]:
    """Flexion and lateral angle with their rates: (angle, rate), rad and rad/s."""
    random = np.random.default_rng(seed)
    back = UPRIGHT + slouch.ramp + HELD
    lean = ANGLE * (ramp(times - UPRIGHT, slouch.ramp) - ramp(times - back, RETURN))
    flexion, lateral = sway(times, SWAY_FORWARD, random), sway(times, SWAY_LATERAL, random)
    return (flexion, lateral + lean) if slouch.lateral else (flexion + lean, lateral)


def ramp(elapsed: NDArray[np.float64], length: float) -> Vectors:
    """From 0 to 1 within a length at a steady rate, which is reached and left steadily: (value, rate)."""
    rounding = min(ROUNDING, length / 2)
    corners = ((0, 1), (rounding, -1), (length - rounding, -1), (length, 1))
    value = sum(sign * np.clip(elapsed - at, 0, None) ** 2 / 2 for at, sign in corners)
    rate = sum(sign * np.clip(elapsed - at, 0, None) for at, sign in corners)
    return np.array([value, rate]) / (rounding * (length - rounding))


def sway(times: NDArray[np.float64], swings: tuple[tuple[float, float], ...], random: np.random.Generator) -> Vectors:
    total = np.zeros((2, len(times)))
    for degrees, frequency in swings:
        phase = 2 * np.pi * (frequency * times + random.uniform())
        total += np.radians(degrees) * np.array([np.sin(phase), 2 * np.pi * frequency * np.cos(phase)])
    return total


def up_in_body(flexion: NDArray[np.float64], lateral: NDArray[np.float64]) -> Vectors:
    """The body turned by flexion about +y, then by lateral about -x."""
    return np.column_stack([
        -np.sin(flexion) * np.cos(lateral), -np.sin(lateral), np.cos(flexion) * np.cos(lateral)])


def angular_velocity(flexion: Vectors, lateral: Vectors) -> Vectors:
    """Body frame."""
    return np.column_stack([-lateral[1] * np.cos(flexion[0]), flexion[1], -lateral[1] * np.sin(flexion[0])])
