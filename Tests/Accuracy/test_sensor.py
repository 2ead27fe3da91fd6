# SPDX-License-Identifier: MIT
import unittest

import numpy as np

from resampling import at_rate, means
from rest import bias, calibrated
from sensor import ACCELEROMETER_NOISE, DRIFT, GRAVITY, GYROSCOPE_NOISE, MIDDLE, NARROW, WIDE, degraded, quantised
from test_scoring import still


class Degraded(unittest.TestCase):
    def test_the_noise_is_that_of_the_specification(self) -> None:
        read = degraded(still(20_000), MIDDLE, 0, 1)
        np.testing.assert_allclose(read.angular_velocity.std(axis=0), GYROSCOPE_NOISE, rtol=0.05)
        np.testing.assert_allclose(read.acceleration.std(axis=0), ACCELEROMETER_NOISE, rtol=0.05)

    def test_the_bias_has_its_length_and_drifts(self) -> None:
        read = degraded(still(60_000), MIDDLE, 20, 1)
        self.assertAlmostEqual(np.degrees(np.linalg.norm(read.angular_velocity.mean(axis=0))), 20, delta=0.3)
        # Ten minutes: one swing.
        swing = np.degrees(np.ptp(read.angular_velocity.reshape(60, 1000, 3).mean(axis=1), axis=0))
        self.assertAlmostEqual(np.linalg.norm(swing), 2 * np.degrees(DRIFT), delta=0.05)

    def test_the_same_seed_gives_the_same_numbers_and_another_others(self) -> None:
        a, b, c = (degraded(still(100), WIDE, 2, seed).angular_velocity for seed in (1, 1, 2))
        np.testing.assert_array_equal(a, b)
        self.assertFalse(np.allclose(a, c))

    def test_it_clips_where_the_range_ends(self) -> None:
        trial = still(100)
        trial.acceleration[:] = [-5 * GRAVITY, 5 * GRAVITY, 0]
        read = degraded(trial, NARROW, 0, 1).acceleration
        self.assertAlmostEqual(read.min(), -2 * GRAVITY)
        self.assertAlmostEqual(read.max(), 2 * GRAVITY, delta=NARROW.acceleration_step * 1.5)

    def test_it_gives_whole_steps(self) -> None:
        np.testing.assert_allclose(quantised(np.array([0.26, -0.26, 0.24]), 0.5), [0.5, -0.5, 0])


class Resampled(unittest.TestCase):
    def test_a_mean_over_a_window_of_a_line_is_its_middle(self) -> None:
        times = np.arange(0, 1, 0.01)
        found = means(times, np.column_stack([times, 2 * times]), np.array([0.5, 0.333]), 0.1)
        np.testing.assert_allclose(found, [[0.5, 1], [0.333, 0.666]], atol=1e-12)

    def test_jitter_moves_the_times_and_keeps_their_order(self) -> None:
        steady, unsteady = at_rate(still(1000), 50), at_rate(still(1000), 50, 0.05, 1)
        self.assertEqual(set(np.diff(steady.time_us)), {20_000})
        self.assertAlmostEqual((unsteady.time_us - steady.time_us).std(), 1000, delta=100)
        self.assertGreater(np.diff(unsteady.time_us).min(), 0)
        self.assertTrue(np.isfinite(unsteady.up).all())


class Calibrated(unittest.TestCase):
    def test_the_mean_of_the_first_rest_is_taken_off(self) -> None:
        trial = still(1000)
        trial.angular_velocity[:] = [0.1, 0, -0.2]
        trial.angular_velocity[:400, 0] += np.sin(np.arange(400))
        np.testing.assert_allclose(bias(trial), [0.1, 0, -0.2], atol=0.01)
        np.testing.assert_allclose(calibrated(trial).angular_velocity[500:], 0, atol=0.01)
