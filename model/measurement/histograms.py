"""Histograms: of plain values on an axis that stands still, and of magnitudes by their decade."""

from dataclasses import dataclass
from math import floor, gcd, log10

import numpy as np

from model.base.arrays import Array, Float, Index

BINS = 50
STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
FURTHEST = 1e37  # no axis is longer than float32 can count along; what lies beyond is counted as that
SHORTEST = 1e-30  # nor is any so short that the number of bins in a unit would be infinite
PER_DECADE = 8
LOWEST_DECADE = -40  # float32 ends at 10^-38, its subnormal numbers at 10^-45
BITS_KEPT = 16  # sign, exponent and seven bits of the mantissa: edges between decades are right to 0.8 %
SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Histogram:
    """How values spread over equal bins from `low` to `high`; all counts are shares of all values, 0..1."""

    low: float
    high: float
    shares: Array
    below: float
    above: float
    zeros: float


class BinAxis:
    """A range of values that all layers of a run are binned over, within `bounds` where there are any.

    Where there is none, it ends at a round number that covers every layer's values; it grows at once and shrinks only
    when less than 40 % of it is used, so pictures stand still.
    """

    def __init__(self, low: float | None = None, high: float | None = None) -> None:
        self.bounds = low, high
        self.low = low or 0.0
        self.high = high or 0.0
        self.fixed = low is not None and high is not None

    def cover(self, low: float, high: float) -> None:
        """Make the range fit for values from `low` to `high`."""
        if self.bounds[0] is None:
            self.low = -_reach(-self.low, min(max(-low, 0.0), FURTHEST))
        if self.bounds[1] is None:
            self.high = _reach(self.high, min(max(high, 0.0), FURTHEST))
        if self.high - self.low < SHORTEST:
            self.high = self.low + 1.0


def _reach(now: float, needed: float) -> float:
    if 0.4 * now <= needed <= now:
        return now
    if needed == 0:
        return 0.0
    magnitude = 10.0 ** floor(log10(needed))
    return next((step * magnitude for step in STEPS if step * magnitude >= needed), 10 * magnitude)


def sample(values: Array) -> Array:
    """All values in one dimension or, of more than 8,191, a fixed sample that goes through all rows and columns."""
    flat = values.ravel("K")
    stride = flat.size // SAMPLE
    if stride < 2:
        return flat
    while gcd(stride, values.shape[-1]) > 1:
        stride += 1
    return flat[::stride]


class Binner:
    """Bins flat arrays of at most `size` values, in memory made once."""

    def __init__(self, size: int, dtype: Float) -> None:
        self.values = np.empty(size, dtype)
        self.bins = np.empty(size, np.intp)
        self.magnitudes = np.empty(size, np.float32)

    def linear(self, flat: Array, axis: BinAxis, *, exact_zeros: bool = False) -> Histogram:
        """50 equal bins over `axis`; with `exact_zeros`, those have a share of their own."""
        low, high = axis.low, axis.high
        values, bins = self.values[: flat.size], self.bins[: flat.size]
        # One extra bin on either side catches what lies beyond; the upper bound itself belongs to the last bin.
        np.subtract(flat, low, out=values)
        np.multiply(values, BINS / (high - low), out=values)
        np.add(values, 1, out=values)
        np.maximum(values, 0, out=values)
        np.minimum(values, BINS + 1.5, out=values)
        np.copyto(bins, values, casting="unsafe")  # towards 0, which is downwards here
        counts = np.bincount(bins, minlength=BINS + 2)
        above = np.count_nonzero(flat > high)  # what only rounds to beyond the bound belongs to the last bin
        counts[BINS] += counts[BINS + 1] - above
        counts[BINS + 1] = above
        zeros = flat.size - int(np.count_nonzero(flat)) if exact_zeros else 0
        if zeros:
            counts[min(1 + int(-low * BINS / (high - low)), BINS)] -= zeros
        return _histogram(low, high, counts[1:-1], int(counts[0]), int(counts[-1]), zeros, flat.size)

    def decades(self, flat: Array) -> Histogram:
        """log10 |values| in eighths of a decade, no longer than the values are; exact zeros have their own share.

        The bin is read off the bits of float32, which hold the logarithm: a quarter of the time of computing it.
        """
        magnitudes, bins = self.magnitudes[: flat.size], self.bins[: flat.size]
        np.absolute(flat, out=magnitudes, casting="same_kind")
        np.take(_BIN_OF_BITS, magnitudes.view(np.uint32) >> BITS_KEPT, out=bins, mode="clip")
        counts = np.bincount(bins, minlength=2)
        zeros = flat.size - int(np.count_nonzero(flat))
        occupied = np.flatnonzero(counts[1:]) + 1
        first, last = (int(occupied[0]), int(occupied[-1])) if occupied.size else (1, 1)
        low, high = (LOWEST_DECADE + (edge - 1) / PER_DECADE for edge in (first, last + 1))
        return _histogram(low, high, counts[first : last + 1], int(counts[0]) - zeros, 0, zeros, flat.size)


def _bins_of_bits() -> Index:
    """For the upper half of every float32's bits: 1 + its eighth of a decade above the lowest, 0 below it."""
    upper = np.arange(1 << (31 - BITS_KEPT), dtype=np.uint32) << BITS_KEPT
    values = np.fmin(upper.view(np.float32), np.finfo(np.float32).max)  # infinite ones go to the last bin
    decades = np.log10(np.maximum(values, 10.0 ** (LOWEST_DECADE - 1), dtype=np.float64))
    found: Index = np.floor((decades - LOWEST_DECADE) * PER_DECADE + 1).clip(0).astype(np.intp)
    return found


_BIN_OF_BITS = _bins_of_bits()


def _histogram(low: float, high: float, counts: Index, below: int, above: int, zeros: int, size: int) -> Histogram:
    shares = counts / size
    shares.flags.writeable = False
    return Histogram(low, high, shares, below / size, above / size, zeros / size)
