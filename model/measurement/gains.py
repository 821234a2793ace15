"""The ledger: what each stage of the network does to the gradient on its way back, and to the signal on its way on.

The gain of a stage is the RMS of what leaves it over the RMS of what enters it. So the gains of a layer multiply out
exactly to RMS(δ of this layer) / RMS(δ of the next), and those of all layers to what arrives at the first. A stage
reports nothing of its own: whatever lies in `Network.stages` gets its factor under its own name.

A residual layer is one stage, h + f(h): what leaves it is the sum of two ways. Beside its gain stand those of the two,
`THROUGH` the layer and `AROUND` it, which are parts of that gain and no factors of the product.
"""

from math import isfinite, nan, sqrt
from typing import NamedTuple

import numpy as np

from model.base.arrays import Array
from model.base.language import message

# Below it the squares of float32 fade into subnormal numbers, which carry fewer digits.
SMALLEST_SQUARE = 1e-30


RESIDUAL, THROUGH, AROUND = message("residual"), message("through"), message("around")


class Gain(NamedTuple):
    """Factor of one stage, RMS out / RMS in; NaN where nothing enters it."""

    stage: str
    factor: float

    @property
    def part(self) -> bool:
        """Whether it is a part of the gain before it, and no factor of the product."""
        return self.stage in (THROUGH, AROUND)


def rms(values: Array) -> float:
    """Root mean square per element; accurate for any finite values, however small or large; 0 for an empty array."""
    flat = values.ravel("K")
    if not flat.size:
        return 0.0
    # Whoever shows weights measures them outside of the training step, which lets numbers overflow.
    with np.errstate(over="ignore", invalid="ignore"):
        mean = float(np.dot(flat, flat)) / flat.size
    if isfinite(mean) and mean > SMALLEST_SQUARE:
        return sqrt(mean)
    largest = float(np.abs(flat).max())
    if largest == 0 or not isfinite(largest):
        return largest
    scaled = flat.astype(np.float64) / largest
    return largest * sqrt(float(np.dot(scaled, scaled)) / flat.size)


def residual_gains(entering: float, through: float, leaving: float) -> tuple[Gain, ...]:
    """The gain of a residual layer and its two parts, from the RMS of what enters, what came through, and both."""
    factors = (leaving, through, entering)
    names = (RESIDUAL, THROUGH, AROUND)
    return tuple(Gain(name, value / entering if entering else nan) for name, value in zip(names, factors, strict=True))


def gains(names: list[str], strengths: list[float]) -> tuple[Gain, ...]:
    """Compute the gain of each named stage from `strengths`, one more: before the first stage and after each."""
    return tuple(
        Gain(name, leaving / entering if entering else nan)
        for name, entering, leaving in zip(names, strengths[:-1], strengths[1:], strict=True)
    )
