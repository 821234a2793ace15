"""Statistics of repeated runs: the spread over seeds, and the paired difference of two runs.

Two runs of one seed share their noise and their batches, so that their difference varies less than either; its
confidence interval is Student's (1908).

There is none from fewer than FEWEST_PAIRS pairs: with two, Student's t makes it 12.7 times as wide as the two
differences are apart. What lies beyond the differences that accuracies can have is cut off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, inf, isnan, nan, pi, sin, sqrt, tan

import numpy as np
from numpy.typing import ArrayLike

from model.base.arrays import Array

CONFIDENCE = 0.95
FEWEST_PAIRS = 3
# Of two shares, each from 0 to 1.
LARGEST_DIFFERENCE = 1.0


@dataclass(frozen=True, eq=False)
class Band:
    """Mean, minimum, maximum and sample standard deviation over seeds, each of shape (points,).

    All four are NaN at points without a value; `std` also at points with only one.
    """

    mean: Array
    low: Array
    high: Array
    std: Array


def band(values: ArrayLike) -> Band:
    """Compute the band of `values` (seeds, points); NaN stands for a missing value."""
    curves = np.atleast_2d(np.asarray(values, float))
    there = ~np.isnan(curves)
    count = there.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(there, curves, 0.0).sum(axis=0) / count
        squares = np.where(there, (curves - mean) ** 2, 0.0).sum(axis=0)
        std = np.sqrt(squares / (count - 1))
    low = np.where(there, curves, inf).min(axis=0, initial=inf)
    high = np.where(there, curves, -inf).max(axis=0, initial=-inf)
    known, spread = count > 0, count > 1
    return Band(mean, np.where(known, low, nan), np.where(known, high, nan), np.where(spread, std, nan))


@dataclass(frozen=True)
class Paired:
    """The mean difference a - b over n pairs, its 95 % confidence interval, and the counts of a > b, a < b, a = b.

    `low` and `high`, from -1 to 1, are None with fewer than FEWEST_PAIRS pairs; `difference` is NaN without any.
    """

    difference: float
    low: float | None
    high: float | None
    wins: int
    losses: int
    ties: int
    n: int


def paired(a: Sequence[float], b: Sequence[float]) -> Paired:
    """Paired difference of `a` and `b`, shares from 0 to 1, with interval d ± t s / √n (Student, 1908).

    Pairs with a NaN are left out. Raises ValueError if the lengths differ.
    """
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if not isnan(x) and not isnan(y)]
    wins, losses = sum(x > y for x, y in pairs), sum(x < y for x, y in pairs)
    n, differences = len(pairs), np.array([x - y for x, y in pairs])
    mean = float(differences.mean()) if n else nan
    low = high = None
    if n >= FEWEST_PAIRS:
        reach = t_quantile(n - 1) * float(differences.std(ddof=1)) / sqrt(n)
        low, high = max(mean - reach, -LARGEST_DIFFERENCE), min(mean + reach, LARGEST_DIFFERENCE)
    return Paired(mean, low, high, wins, losses, n - wins - losses, n)


@cache
def t_quantile(degrees: int) -> float:
    """The t with P(-t < T < t) = 0.95 for Student's t distribution with ν = `degrees` degrees of freedom.

    Substitutes t = √ν tan θ and solves for θ by bisection of 0 to π/2.
    """
    low, high = 0.0, pi / 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if _within(middle, degrees) < CONFIDENCE else (low, middle)
    return sqrt(degrees) * tan(middle)


def _within(angle: float, degrees: int) -> float:
    """P(-t < T < t) for t = √ν tan θ, a finite sum of cosines (Abramowitz & Stegun 26.7.3 and 26.7.4)."""
    odd, square = degrees % 2, cos(angle) ** 2
    term = cos(angle) if odd else 1.0
    total = term if degrees > 1 else 0.0
    for k in range(3 if odd else 2, degrees, 2):
        term *= square * (k - 1) / k
        total += term
    return (angle + sin(angle) * total) * 2 / pi if odd else sin(angle) * total
