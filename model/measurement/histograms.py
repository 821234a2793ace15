"""Histograms of values on an axis shared by all layers, and of magnitudes by decade."""

from dataclasses import dataclass
from math import floor, gcd, log10

import numpy as np

from model.base.arrays import Array, Float, Index

BINS = 50
AXIS_ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
LONGEST_AXIS = 1e37  # no axis is longer than float32 can count along; what lies beyond is counted as that
SHORTEST_AXIS = 1e-30  # nor is any so short that the number of bins in a unit would be infinite
BINS_PER_DECADE = 8
LOWEST_DECADE = -40  # float32 ends at 10^-38, its subnormal numbers at 10^-45
BITS_KEPT = 16  # sign, exponent and seven bits of the mantissa: edges between decades are right to 0.8 %
SAMPLE_VALUES = 4096


@dataclass(frozen=True, slots=True)
class Histogram:
    """Histogram of equal bins from `low` to `high`: `shares`, (bins,), are shares of all values, 0..1.

    `below`, `above` and `zeros` are the shares outside the bins and of exact zeros counted apart. The histograms of
    magnitudes have log10 |value| as their axis.
    """

    low: float
    high: float
    shares: Array
    below: float
    above: float
    zeros: float


class BinAxis:
    """Range of values over which all layers of a run are binned; a bound that is given stays.

    The other ends are round numbers that cover every layer's values: they grow at once and shrink only when less than
    40 % is used, so that pictures do not jitter.
    """

    def __init__(self, low: float | None = None, high: float | None = None) -> None:
        self.bounds = low, high
        self.low = low or 0.0
        self.high = high or 0.0
        self.fixed = low is not None and high is not None

    def cover(self, low: float, high: float) -> None:
        """Adjust the range to values from `low` to `high`; NaN counts as 0."""
        if self.bounds[0] is None:
            self.low = -_reach(-self.low, min(max(0.0, -low), LONGEST_AXIS))
        if self.bounds[1] is None:
            self.high = _reach(self.high, min(max(0.0, high), LONGEST_AXIS))
        if self.high - self.low < SHORTEST_AXIS:
            self.high = self.low + 1.0


def _reach(now: float, needed: float) -> float:
    if 0.4 * now <= needed <= now:
        return now
    if needed == 0:
        return 0.0
    magnitude = 10.0 ** floor(log10(needed))
    return next((step * magnitude for step in AXIS_ENDS if step * magnitude >= needed), 10 * magnitude)


def sample(values: Array) -> Array:
    """Flatten `values`; of more than 8,191 take every n-th, n coprime to the row length, to leave no column out."""
    flat = values.ravel("K")
    stride = flat.size // SAMPLE_VALUES
    if stride < 2:
        return flat
    while gcd(stride, values.shape[-1]) > 1:
        stride += 1
    return flat[::stride]


class Binner:
    """Computes histograms of flat arrays of at most `size` values, in memory allocated once."""

    def __init__(self, size: int, dtype: Float) -> None:
        self.values = np.empty(size, dtype)
        self.bins = np.empty(size, np.intp)
        self.magnitudes = np.empty(size, np.float32)
        # Bins by which a value of this type can be off on the longest way, from one end of an axis to the other.
        self.resolution = 8 * BINS * float(np.finfo(dtype).eps)

    def linear(self, flat: Array, axis: BinAxis, *, exact_zeros: bool = False) -> Histogram:
        """Count values in 50 equal bins over `axis`; with `exact_zeros`, zeros are counted apart.

        Where 0 is an edge between two bins, negative values are left of it however small they are, and 0 is right.
        """
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
        zero = -low * BINS / (high - low)
        edge = round(zero)
        if 0 < edge < BINS and abs(zero - edge) <= self.resolution:
            # Next to `low`, which has been subtracted, what is much smaller is 0.
            misplaced = np.count_nonzero(flat < 0) - sum(counts[: edge + 1].tolist())
            if misplaced:
                counts[edge] += misplaced
                counts[edge + 1] -= misplaced
            zero = edge
        zeros = flat.size - int(np.count_nonzero(flat)) if exact_zeros else 0
        if zeros:
            counts[min(1 + int(zero), BINS)] -= zeros
        return _histogram(low, high, counts[1:-1], int(counts[0]), int(counts[-1]), zeros, flat.size)

    def decades(self, flat: Array) -> Histogram:
        """Count log10 |values| in eighths of a decade over the occupied range; exact zeros are counted apart.

        The bin is read off the bits of float32, which hold the logarithm: a quarter of the time of computing it.
        """
        magnitudes, bins = self.magnitudes[: flat.size], self.bins[: flat.size]
        np.absolute(flat, out=magnitudes, casting="same_kind")
        np.take(_BIN_OF_BITS, magnitudes.view(np.uint32) >> BITS_KEPT, out=bins, mode="clip")
        counts = np.bincount(bins, minlength=2)
        zeros = flat.size - int(np.count_nonzero(flat))
        occupied = np.flatnonzero(counts[1:]) + 1
        first, last = (int(occupied[0]), int(occupied[-1])) if occupied.size else (1, 1)
        low, high = (LOWEST_DECADE + (edge - 1) / BINS_PER_DECADE for edge in (first, last + 1))
        return _histogram(low, high, counts[first : last + 1], int(counts[0]) - zeros, 0, zeros, flat.size)


def _bins_of_bits() -> Index:
    """Table from the upper 15 bits of |float32| to 1 + its eighth of a decade above LOWEST_DECADE, 0 below it."""
    upper = np.arange(1 << (31 - BITS_KEPT), dtype=np.uint32) << BITS_KEPT
    values = np.fmin(upper.view(np.float32), np.finfo(np.float32).max)  # infinite ones go to the last bin
    decades = np.log10(np.maximum(values, 10.0 ** (LOWEST_DECADE - 1), dtype=np.float64))
    found: Index = np.floor((decades - LOWEST_DECADE) * BINS_PER_DECADE + 1).clip(0).astype(np.intp)
    return found


_BIN_OF_BITS = _bins_of_bits()


def _histogram(low: float, high: float, counts: Index, below: int, above: int, zeros: int, size: int) -> Histogram:
    shares = counts / size
    shares.flags.writeable = False
    return Histogram(low, high, shares, below / size, above / size, zeros / size)
