# SPDX-License-Identifier: MIT
"""VQF (Laidig and Seel, Information Fusion 91, 2023) through its Python package: rad/s and m/s^2, sensor to ENU.

Its interface fixes the rate, so it is given the mean one.
"""
import numpy as np
import vqf

from rest import calibrated
from trial import Trial
from vectors import Vectors, up_from_quaternions

# The best mean over the seven recordings that the article names, of tauAcc 2.5 to 4.5 s, biasSigmaMotion 0.02 to 0.2
# deg/s and biasForgettingTime 30 to 300 s; the defaults are 3, 0.1 and 100.
TUNED = {"tauAcc": 3.0, "biasSigmaMotion": 0.05, "biasForgettingTime": 30.0}
# For a gyroscope whose offset may be 20 deg/s: that much is believed, and expected at the start.
FOR_LARGE_BIAS = {"biasClip": 25.0, "biasSigmaInit": 10.0}


def online(trial: Trial) -> Vectors:
    return filtered(trial, {})


def online_calibrated(trial: Trial) -> Vectors:
    return filtered(calibrated(trial), {})


def tuned(trial: Trial) -> Vectors:
    return filtered(calibrated(trial), TUNED)


def for_large_bias(trial: Trial) -> Vectors:
    return filtered(trial, FOR_LARGE_BIAS)


def offline(trial: Trial) -> Vectors:
    gyroscope, accelerometer = arrays(calibrated(trial))
    return up_from_quaternions(vqf.offlineVQF(gyroscope, accelerometer, None, trial.interval, {})["quat6D"])


def basic(trial: Trial) -> Vectors:
    calm = calibrated(trial)
    return up_from_quaternions(vqf.BasicVQF(calm.interval).updateBatch(*arrays(calm))["quat6D"])


def filtered(trial: Trial, parameters: dict[str, float]) -> Vectors:
    return up_from_quaternions(vqf.VQF(trial.interval, **parameters).updateBatch(*arrays(trial))["quat6D"])


def arrays(trial: Trial) -> tuple[Vectors, Vectors]:
    return np.ascontiguousarray(trial.angular_velocity), np.ascontiguousarray(trial.acceleration)
