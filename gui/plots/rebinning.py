"""Histograms in other bins than their own, and the colours of an image of them."""

import numpy as np
from PySide6.QtGui import QColor

from model.base.arrays import Array
from model.measurement.histograms import Histogram
from model.measurement.records import Record, of_layer

RARE_SHARE = 1e-2  # the share of a histogram's values that may lie below the axis, in its lowest row


def histogram_of(record: Record, index: int, name: str) -> Histogram | None:
    """A layer's histogram of one quantity in a record."""
    layer = of_layer(record, index)
    found: Histogram | None = getattr(layer.histograms, name) if layer else None
    return found


def resampled(histogram: Histogram, edges: Array) -> Array:
    """The shares of a histogram in other equal bins, in the outermost what lies beyond them, so their sum is the same.

    What lay beyond the histogram's own ends is put right behind them, because nothing is known of it but that.
    """
    behind = edges[1] - edges[0]
    x = np.concatenate(((histogram.low - behind,), bounds(histogram), (histogram.high + behind,)))
    shares = np.concatenate(((0.0, histogram.below), histogram.shares, (histogram.above,)))
    reached = np.interp(edges, x, np.cumsum(shares))
    reached[0], reached[-1] = 0.0, shares.sum()
    found: Array = np.diff(reached).clip(0.0)  # rounding
    return found


def foot(histogram: Histogram) -> float:
    """The lower end of the bin below which lies less than 1/100 of the values that are not 0."""
    total = np.cumsum(histogram.shares)
    bin_ = int(np.searchsorted(total, RARE_SHARE * total[-1]))
    return float(bounds(histogram)[bin_])


def bounds(histogram: Histogram) -> Array:
    """The bounds of its bins."""
    return np.linspace(histogram.low, histogram.high, len(histogram.shares) + 1)


def shades(card: QColor, color: QColor) -> list[int]:
    """256 colours from the card's to the layer's."""
    ends = [(card.red(), color.red()), (card.green(), color.green()), (card.blue(), color.blue())]
    return [QColor(*(round(a + (b - a) * step / 255) for a, b in ends)).rgb() for step in range(256)]
