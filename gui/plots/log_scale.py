"""Logarithmic scales of whole decades that only grow."""

from collections.abc import Iterable
from math import ceil, floor, isfinite, isnan, log10, nan

import numpy as np

from model.base.arrays import Array


class LogScale:
    """A scale from 10^low to 10^high that grows to hold the values given to `cover`.

    It starts at the exponent `around`, or with the first values. `below` and `above` are the decades left free beyond
    a value; negative ones let it jut out by that much.
    """

    def __init__(self, around: int | None = None, *, below: float = 0.0, above: float = 0.0) -> None:
        self.low = self.high = around or 0
        self.empty = around is None
        self.below, self.above = below, above

    def cover(self, values: Iterable[float]) -> bool:
        """Grow to hold these values and return whether that changed the scale; 0, infinity and NaN are ignored."""
        before = self.low, self.high
        logs = [log10(value) for value in values if isfinite(value) and value > 0]
        if logs:
            low, high = floor(min(logs) - self.below), ceil(max(logs) + self.above)
            self.low, self.high = (low, high) if self.empty else (min(self.low, low), max(self.high, high))
            self.empty = False
        return (self.low, self.high) != before

    @property
    def extent(self) -> int:
        """Number of decades."""
        return self.high - self.low

    def place(self, value: float) -> float:
        """log10 of a value, clipped to the scale: 0 is at the low end, infinity at the high end; NaN stays NaN."""
        if isnan(value):
            return nan
        place = log10(value) if value > 0 else float(self.low)
        return min(max(place, float(self.low)), float(self.high))

    def share(self, value: float) -> float:
        """Relative place of a value, from 0 at the low end to 1 at the high end; NaN stays NaN."""
        return (self.place(value) - self.low) / max(self.extent, 1)


def logarithms(values: Array) -> Array:
    """Elementwise log10; NaN where a value is not positive and finite."""
    found = np.full(values.shape, np.nan)
    np.log10(values, out=found, where=(values > 0) & np.isfinite(values))
    return found
