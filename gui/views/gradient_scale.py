"""Decade axis shared by all layers' gradients: it grows to hold what the run has shown, and never shrinks."""

from collections.abc import Iterable
from dataclasses import replace
from math import ceil, floor

import numpy as np

from model.measurement.histograms import BINS_PER_DECADE, LOWEST_DECADE, Histogram

# Of a layer's values other than 0, this share may lie below the axis: the more values, the longer the tail of small
# ones, which pushes the rest together and says nothing. What it hides is told.
LEFT_OUT = 0.02
FIRST_DECADES = (-4, -1)  # until there is a value other than 0


class GradientScale:
    """An axis from 10^low to 10^high; `zeros` and `beyond` record whether exact zeros, or values below it, occurred."""

    def __init__(self) -> None:
        self.low, self.high = FIRST_DECADES
        self.empty = True
        self.zeros = self.beyond = False

    def cover(self, histograms: Iterable[Histogram]) -> None:
        """Grow to hold these histograms of log10 magnitudes, but for the lowest 2 % of each one's values."""
        for each in histograms:
            self.zeros |= each.zeros > 0
            if not each.shares.any():
                self.beyond |= each.below > 0
                continue
            low = floor(self._lowest(each))
            high = ceil(each.high)
            self.low, self.high = (low, high) if self.empty else (min(self.low, low), max(self.high, high))
            self.empty = False
            self.beyond |= each.below > 0 or each.low < self.low

    @staticmethod
    def _lowest(histogram: Histogram) -> float:
        reached = np.cumsum(histogram.shares) + histogram.below
        least = LEFT_OUT * reached[-1]
        if histogram.below > least:
            return LOWEST_DECADE
        return histogram.low + int(np.searchsorted(reached, least, side="right")) / BINS_PER_DECADE

    def trim(self, histogram: Histogram) -> Histogram:
        """Cut a histogram at the axis' low end; the shares cut off are added to `below`."""
        hidden = min(max(round((self.low - histogram.low) * BINS_PER_DECADE), 0), len(histogram.shares) - 1)
        if not hidden:
            return histogram
        below = histogram.below + float(histogram.shares[:hidden].sum())
        return replace(
            histogram, low=histogram.low + hidden / BINS_PER_DECADE, shares=histogram.shares[hidden:], below=below
        )
