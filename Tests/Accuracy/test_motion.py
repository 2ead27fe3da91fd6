# SPDX-License-Identifier: MIT
import unittest

import numpy as np

import hours
import scoring
import slouch
from article import BEGIN, END, replaced
from slouch import ANGLE, GRAVITY, MOUNTS, RATE, Slouch
from trial import Trial
from vectors import angle_deg


def drift_of_integrated_gyroscope(trial: Trial) -> float:
    """Degrees between the true up and the first one carried along by the angular velocity, at worst."""
    up, worst = trial.up[0], 0.0
    for row in range(1, len(trial.up)):
        turn = -(trial.angular_velocity[row] + trial.angular_velocity[row - 1]) / 2 * 1e-6 * (
            trial.time_us[row] - trial.time_us[row - 1])
        angle = np.linalg.norm(turn)
        axis = turn / max(angle, 1e-300)
        up = up * np.cos(angle) + np.cross(axis, up) * np.sin(angle) + axis * (axis @ up) * (1 - np.cos(angle))
        worst = max(worst, float(angle_deg(up, trial.up[row])))
    return worst


class Slouches(unittest.TestCase):
    def test_the_rate_is_the_derivative_of_up(self) -> None:
        for mount in MOUNTS:
            for lateral in (False, True):
                self.assertLess(drift_of_integrated_gyroscope(slouch.trial(Slouch(5, mount, lateral), 1)), 0.01)

    def test_it_leans_by_twenty_degrees_in_its_time(self) -> None:
        value, rate = slouch.ramp(np.arange(0, 50, 1 / RATE), 40)
        self.assertEqual(value[0], 0)
        self.assertAlmostEqual(value[-1], 1)
        self.assertAlmostEqual(value[2000], 0.5)
        self.assertAlmostEqual(rate.max(), 1 / 39.5)
        trial = slouch.trial(Slouch(10, "spine", False), 1)
        lean = scoring.deviation(trial.up, (trial.seconds >= 25) & (trial.seconds < 30))
        self.assertAlmostEqual(lean[int(55 * RATE)], np.degrees(ANGLE), delta=1.5)

    def test_at_rest_the_force_is_gravity_along_up(self) -> None:
        trial = slouch.trial(Slouch(10, "askew", False), 1)
        np.testing.assert_allclose(trial.acceleration[100:2900], GRAVITY * trial.up[100:2900], atol=0.02)

    def test_on_a_spine_x_points_up(self) -> None:
        np.testing.assert_allclose(slouch.trial(Slouch(10, "spine", False), 1).up[0], [1, 0, 0], atol=0.02)

    def test_mounts_are_rotations(self) -> None:
        for matrix in MOUNTS.values():
            np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-12)
            self.assertAlmostEqual(np.linalg.det(matrix), 1)


class Walks(unittest.TestCase):
    def test_who_has_walked_stands_again(self) -> None:
        times = np.arange(0, 40, 0.01)
        speed, change = hours.speed_along(times, times[-1])
        self.assertAlmostEqual(speed.max(), hours.SPEED)
        np.testing.assert_allclose(np.cumsum(change) * 0.01, speed, atol=0.01)
        self.assertAlmostEqual(speed[-1], 0)

    def test_corners_are_square(self) -> None:
        times = np.arange(0, 60, 0.01)
        turned = np.degrees(hours.turn_rates(times, np.random.default_rng(1)).sum() * 0.01)
        self.assertAlmostEqual(turned / 90, round(turned / 90), places=3)

    def test_walks_are_found(self) -> None:
        self.assertEqual(hours.walks(np.array([0, 1, 1, 0, 1], bool)), [(1, 3), (4, 5)])


class Article(unittest.TestCase):
    def test_only_what_is_between_the_marks_is_replaced(self) -> None:
        self.assertEqual(replaced(f"a\n{BEGIN}\nold\n{END}\nb\n", "new", "x"), f"a\n{BEGIN}\n\nnew\n\n{END}\nb\n")

    def test_an_article_without_marks_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "x.md: expected the lines"):
            replaced("a", "new", "x.md")
