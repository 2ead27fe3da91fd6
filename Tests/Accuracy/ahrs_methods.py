# SPDX-License-Identifier: MIT
"""The filters of the Python package AHRS (Mario Garcia): rad/s and m/s^2, sensor to a frame whose z points up.

They are Python throughout, and take 50 to 80 us a sample: so they are not run everywhere.
"""
import ahrs
import numpy as np

from rest import calibrated
from trial import Trial
from vectors import Vectors, up_from_quaternions

# The best mean over the seven recordings that the article names, at 100 Hz, of gains 0.01, 0.015, 0.02, 0.033, 0.05.
MADGWICK = {"gain": 0.02}
# The same of (1, 0.3), (0.5, 0.05), (0.3, 0.001), (0.2, 0.01), (0.2, 0.001), (0.1, 0.01), (0.1, 0.001), (0.05, 0.001).
MAHONY = {"k_P": 0.3, "k_I": 0.001}


def madgwick(trial: Trial) -> Vectors:
    return up_from_quaternions(ahrs.filters.Madgwick(**arrays(trial)).Q)


def madgwick_tuned(trial: Trial) -> Vectors:
    return up_from_quaternions(ahrs.filters.Madgwick(**arrays(calibrated(trial)), **MADGWICK).Q)


def mahony(trial: Trial) -> Vectors:
    return up_from_quaternions(ahrs.filters.Mahony(**arrays(trial)).Q)


def mahony_tuned(trial: Trial) -> Vectors:
    return up_from_quaternions(ahrs.filters.Mahony(**arrays(calibrated(trial)), **MAHONY).Q)


def complementary(trial: Trial) -> Vectors:
    """Roll and pitch each by itself, with the usual 0.98."""
    roll, pitch, _ = ahrs.filters.Complementary(**arrays(calibrated(trial)), gain=0.98).W.T
    return np.column_stack([-np.sin(pitch), np.cos(pitch) * np.sin(roll), np.cos(pitch) * np.cos(roll)])


def arrays(trial: Trial) -> dict[str, Vectors | float]:
    return {"gyr": trial.angular_velocity, "acc": trial.acceleration, "Dt": trial.interval}
