# SPDX-License-Identifier: MIT
import unittest

import numpy as np

import scoring
from trial import Trial, truth_at
from vectors import angle_deg, rotation, up_from_quaternions

UP = np.array([0.0, 0.0, 1.0])


def still(count: int, up: np.ndarray = UP) -> Trial:
    rows = np.tile(up, (count, 1))
    return Trial("still", np.arange(count) * 10_000, rows * 9.8, rows * 0, rows.copy(), np.ones(count, bool))


class Inclination(unittest.TestCase):
    def test_a_constant_error_is_itself(self) -> None:
        estimate = np.tile(rotation(0, 3) @ UP, (50, 1))
        self.assertAlmostEqual(scoring.inclination_rmse(still(50), estimate), 3)

    def test_heading_is_no_error(self) -> None:
        q = np.array([[np.cos(0.7), 0, 0, np.sin(0.7)]])
        np.testing.assert_allclose(up_from_quaternions(q), [UP], atol=1e-12)

    def test_the_quaternion_turns_the_sensor_to_the_earth(self) -> None:
        # A sensor turned by 30 degrees about its x axis sees up on its own y axis.
        q = np.array([[np.cos(np.pi / 12), np.sin(np.pi / 12), 0, 0]])
        np.testing.assert_allclose(up_from_quaternions(q), [[0, 0.5, np.sqrt(0.75)]], atol=1e-12)

    def test_rows_without_truth_or_motion_do_not_count(self) -> None:
        trial, estimate = still(4), np.tile(UP, (4, 1))
        trial.up[0], trial.scored[1] = np.nan, False
        estimate[0:2] = rotation(0, 90) @ UP
        self.assertAlmostEqual(scoring.inclination_rmse(trial, estimate), 0)

    def test_small_angles_keep_their_accuracy(self) -> None:
        self.assertAlmostEqual(float(angle_deg(UP, rotation(1, 1e-5) @ UP)), 1e-5, places=12)


class Share(unittest.TestCase):
    def test_a_row_in_every_other_is_enough_and_a_hole_is_not(self) -> None:
        trial = still(100)
        estimate = np.full((100, 3), np.nan)
        self.assertEqual(scoring.share_known(trial, estimate), 0)
        estimate[::2] = UP
        self.assertEqual(scoring.share_known(trial, estimate), 1)
        estimate[40:60] = np.nan
        self.assertAlmostEqual(scoring.share_known(trial, estimate), 0.85)

    def test_only_scored_rows_count(self) -> None:
        trial, estimate = still(100), np.tile(UP, (100, 1))
        estimate[:50], trial.scored[:40] = np.nan, False
        self.assertAlmostEqual(scoring.share_known(trial, estimate), 53 / 60)


class Deviation(unittest.TestCase):
    def test_a_constant_turn_of_the_estimate_is_no_error(self) -> None:
        trial = still(200)
        trial.up[100:] = rotation(1, 20) @ UP
        estimate = trial.up @ rotation(0, 5).T
        self.assertAlmostEqual(scoring.greatest_deviation_error(trial, estimate, (0, 1)), 0)

    def test_what_the_estimate_misses_is_the_error(self) -> None:
        trial = still(200)
        trial.up[100:] = rotation(1, 20) @ UP
        estimate = trial.up.copy()
        estimate[100:] = rotation(1, 18) @ UP
        self.assertAlmostEqual(scoring.greatest_deviation_error(trial, estimate, (0, 1)), 2)
        self.assertAlmostEqual(scoring.deviation_rmse(trial, estimate, (0, 1)), 2 / np.sqrt(2))

    def test_without_a_reference_it_says_so(self) -> None:
        with self.assertRaisesRegex(ValueError, "expected a reference"):
            scoring.deviation_rmse(still(10), np.tile(UP, (10, 1)), (5, 6))


class Shifted(unittest.TestCase):
    def test_an_estimate_that_is_late_suits_an_earlier_truth(self) -> None:
        trial = still(2000)
        angles = np.radians(40) * np.sin(trial.seconds)
        trial.up[:] = np.column_stack([np.sin(angles), 0 * angles, np.cos(angles)])
        late = np.vstack([trial.up[:1], trial.up[:-1]])
        scores = scoring.shifted_rmse(trial, late)
        self.assertEqual(scoring.SHIFTS_MS[int(np.argmin(scores))], -10)
        self.assertLess(min(scores), 0.01)
        self.assertAlmostEqual(scores[scoring.SHIFTS_MS.index(0)], scoring.inclination_rmse(trial, late), places=2)


class TruthAtOtherTimes(unittest.TestCase):
    def test_it_is_linear_between_neighbours_and_unknown_where_one_is(self) -> None:
        up = np.array([UP, rotation(0, 10) @ UP, [np.nan] * 3, UP])
        moving = np.array([False, True, True, True])
        at, flags = truth_at(np.array([0.5, 1.0, 1.5, 3.0, 9.0]), np.arange(4.0), up, moving)
        self.assertAlmostEqual(float(angle_deg(at[0], rotation(0, 5) @ UP)), 0, places=5)
        np.testing.assert_allclose(at[1], up[1])
        self.assertEqual(scoring.known(at).tolist(), [True, True, False, True, False])
        self.assertEqual(flags.tolist(), [True] * 5)
