"""Logarithmic scales in whole decades that only ever grow."""

from collections.abc import Iterable
from math import ceil, floor, isfinite, isnan, log10, nan

import numpy as np

from model.base.arrays import Array


class LogScale:
    """From 10^low to 10^high, grown to hold every value given to `cover`.

    It begins `around` an exponent, or with the first values. `below` and `above` are what is left free beyond a value,
    in decades; where negative, so much may jut out.
    """

    def __init__(self, around: int | None = None, *, below: float = 0.0, above: float = 0.0) -> None:
        self.low = self.high = around or 0
        self.empty = around is None
        self.below, self.above = below, above

    def cover(self, values: Iterable[float]) -> bool:
        """Make room for these; whether it took any. There is no place for 0, infinity and NaN."""
        before = self.low, self.high
        logs = [log10(value) for value in values if isfinite(value) and value > 0]
        if logs:
            low, high = floor(min(logs) - self.below), ceil(max(logs) + self.above)
            self.low, self.high = (low, high) if self.empty else (min(self.low, low), max(self.high, high))
            self.empty = False
        return (self.low, self.high) != before

    @property
    def extent(self) -> int:
        """How many decades it spans."""
        return self.high - self.low

    def place(self, value: float) -> float:
        """log10 of a value within the scale: 0 lies at its low end, infinity at its high one; NaN nowhere."""
        if isnan(value):
            return nan
        place = log10(value) if value > 0 else float(self.low)
        return min(max(place, float(self.low)), float(self.high))

    def share(self, value: float) -> float:
        """Where a value lies between the ends, from 0 to 1; NaN nowhere."""
        return (self.place(value) - self.low) / max(self.extent, 1)


def logarithms(values: Array) -> Array:
    """log10 of each; NaN where there is none."""
    found = np.full(values.shape, np.nan)
    np.log10(values, out=found, where=(values > 0) & np.isfinite(values))
    return found
