"""Gradients by central differences, in float64."""

from collections.abc import Callable

import numpy as np

from model.base.arrays import Array
from tests.support.reference_formulas import Floats

STEP, SMALLEST = 1e-4, 1e-6
TOLERANCE = 1e-6


def no_kink() -> bytes:
    return b""


def differences(f: Callable[[], float], values: Array, side: Callable[[], bytes] = no_kink) -> Floats:
    """∂f/∂values, an entry changed at a time.

    NaN where `side`, which tells on what side of its kinks f is, differs between the points: there is no derivative
    to be had from points on both sides.
    """
    flat = values.reshape(-1)
    assert np.shares_memory(flat, values)
    return np.array([difference(f, flat, at, side, STEP) for at in range(flat.size)]).reshape(values.shape)


def difference(f: Callable[[], float], flat: Array, at: int, side: Callable[[], bytes], step: float) -> float:
    """∂f/∂flat[at] by the five-point formula, whose error is of the order of step⁴."""
    middle, points, sides = flat[at], {}, set()
    for steps in (-2, -1, 1, 2):
        flat[at] = middle + steps * step
        points[steps] = f()
        sides.add(side())
    flat[at] = middle
    if len(sides) > 1:
        return float("nan")
    near, far = points[1] - points[-1], points[2] - points[-2]
    found = (8 * near - far) / (12 * step)
    # Where the simpler formula gives something else, f bends too much for the step.
    bent = abs(near / (2 * step) - found) > 1e-4 * abs(found) + 1e-7
    return difference(f, flat, at, side, step / 8) if bent and step > SMALLEST else found


def check(gradient: Array, expected: Floats, floor: float = 0.0) -> int:
    """Assert that the two agree to 1e-6 of their norm, entry by entry too; return how many entries were compared.

    `floor` is a norm below which nothing is asked: the rounding of f leaves noise of about 1e-11 in the differences.
    """
    assert gradient.shape == expected.shape
    assert np.isfinite(gradient).all()
    valid = ~np.isnan(expected)
    error = gradient[valid] - expected[valid]
    allowed = TOLERANCE * max(float(np.linalg.norm(expected[valid])), floor)
    assert np.linalg.norm(error) <= allowed, f"off by {np.linalg.norm(error):.3g} where {allowed:.3g} is allowed"
    return int(valid.sum())
