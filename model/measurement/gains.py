"""The ledger: what each stage of the network does to the gradient on its way back, and to the signal on its way on.

The gain of a stage is the RMS of what leaves it over the RMS of what enters it. So the gains of a layer multiply out
exactly to RMS(δ of this layer) / RMS(δ of the next), and those of all layers to what arrives at the first. A stage
reports nothing of its own: whatever lies in `Network.stages` gets its factor under its own name.
"""

from math import isfinite, nan, sqrt
from typing import NamedTuple

import numpy as np

from model.base.arrays import Array

# Below it the squares of float32 fade into subnormal numbers, which carry fewer digits.
SMALLEST_SQUARE = 1e-30


class Gain(NamedTuple):
    """Factor of one stage, RMS out / RMS in; NaN where nothing enters it."""

    stage: str
    factor: float


def rms(values: Array) -> float:
    """Root mean square per element; accurate for any finite values, however small or large; 0 for an empty array."""
    flat = values.ravel("K")
    if not flat.size:
        return 0.0
    mean = float(np.dot(flat, flat)) / flat.size
    if isfinite(mean) and mean > SMALLEST_SQUARE:
        return sqrt(mean)
    largest = float(np.abs(flat).max())
    if largest == 0 or not isfinite(largest):
        return largest
    scaled = flat.astype(np.float64) / largest
    return largest * sqrt(float(np.dot(scaled, scaled)) / flat.size)


def gains(names: list[str], strengths: list[float]) -> tuple[Gain, ...]:
    """Compute the gain of each named stage from `strengths`, one more: before the first stage and after each."""
    return tuple(
        Gain(name, leaving / entering if entering else nan)
        for name, entering, leaving in zip(names, strengths[:-1], strengths[1:], strict=True)
    )
