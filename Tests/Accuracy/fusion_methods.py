# SPDX-License-Identifier: MIT
"""Fusion (x-io Technologies) through its Python package: deg/s and g, an interval for each sample, sensor to NWU."""
import imufusion
import numpy as np

from rest import calibrated
from sensor import GRAVITY
from trial import Trial
from vectors import Vectors, up_from_quaternions

# What its documentation calls appropriate for most applications.
RECOMMENDED = {"gain": 0.5, "acceleration_rejection": 10.0, "rejection_timeout": 5.0}
# The best mean over the seven recordings that the article names, of gains 0.01 to 0.5, rejections from none to 90
# degrees and timeouts 1 to 20 s.
TUNED = {"gain": 0.1, "acceleration_rejection": 30.0, "rejection_timeout": 5.0}


def defaults(trial: Trial) -> Vectors:
    return filtered(trial, {}, tracks_bias=False)


def recommended(trial: Trial) -> Vectors:
    return filtered(trial, RECOMMENDED, tracks_bias=True)


def tuned(trial: Trial) -> Vectors:
    return filtered(calibrated(trial), TUNED, tracks_bias=True)


def filtered(trial: Trial, settings: dict[str, float], tracks_bias: bool) -> Vectors:
    rate = 1 / trial.interval
    ahrs, bias = imufusion.Ahrs(), imufusion.Bias()
    ahrs.set_settings(imufusion.AhrsSettings(sample_rate=rate, convention=imufusion.CONVENTION_NWU, **settings))
    bias.set_settings(imufusion.BiasSettings(sample_rate=rate))
    rates, forces = np.degrees(trial.angular_velocity), trial.acceleration / GRAVITY
    intervals = np.diff(trial.seconds, prepend=trial.seconds[0] - trial.interval).tolist()
    quaternions = np.empty((len(rates), 4))
    for index, interval in enumerate(intervals):
        ahrs.set_sample_period(interval)
        turned = bias.update(rates[index]) if tracks_bias else rates[index]
        ahrs.update_no_magnetometer(turned, forces[index])
        quaternions[index] = ahrs.get_quaternion()
    return up_from_quaternions(quaternions)
