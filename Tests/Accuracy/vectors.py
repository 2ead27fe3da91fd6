# SPDX-License-Identifier: MIT
"""Directions as rows of arrays: lengths, angles, rotations."""
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]


def unit(vectors: Vectors) -> Vectors:
    """Each row at length 1."""
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def angle_deg(a: Vectors, b: Vectors) -> NDArray[np.float64]:
    """Between unit rows; accurate for small angles and near 180 degrees too."""
    return np.degrees(2 * np.arctan2(np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1)))


def up_from_quaternions(quaternions: Vectors) -> Vectors:
    """Up in the sensor frame from (w, x, y, z), sensor to an earth frame whose z points up (ENU, NWU)."""
    w, x, y, z = unit(quaternions).T
    return np.column_stack([2 * (x * z - w * y), 2 * (w * x + y * z), 1 - 2 * (x * x + y * y)])


def rotation(axis: int, degrees: float) -> NDArray[np.float64]:
    """The matrix that turns vectors right-handed about x, y or z (0, 1, 2)."""
    sine, cosine = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    i, j = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = cosine
    matrix[i, j], matrix[j, i] = -sine, sine
    return matrix


def random_direction(random: np.random.Generator) -> NDArray[np.float64]:
    """Evenly over the sphere."""
    return unit(random.standard_normal(3))
