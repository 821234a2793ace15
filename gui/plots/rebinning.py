"""Rebinning of histograms onto a common axis, and the colour tables of their images."""

import numpy as np
from PySide6.QtGui import QColor

from model.base.arrays import Array
from model.measurement.histograms import Histogram
from model.measurement.records import Record, of_layer

RARE_SHARE = 1e-2  # the share of a histogram's values that may lie below the axis, in its lowest row


def histogram_of(record: Record, index: int, name: str) -> Histogram | None:
    """Histogram called `name` (a field of Histograms) of the layer with this index; None if it was not measured."""
    layer = of_layer(record, index)
    found: Histogram | None = getattr(layer.histograms, name) if layer else None
    return found


def resampled(histogram: Histogram, edges: Array) -> Array:
    """Shares of a histogram in other equal bins, (len(edges) - 1,); the outermost take what lies beyond: the sum stays.

    Values outside the histogram's own range are taken to lie within one bin beyond its ends.
    """
    behind = edges[1] - edges[0]
    x = np.concatenate(((histogram.low - behind,), bounds(histogram), (histogram.high + behind,)))
    shares = np.concatenate(((0.0, histogram.below), histogram.shares, (histogram.above,)))
    reached = np.interp(edges, x, np.cumsum(shares))
    reached[0], reached[-1] = 0.0, shares.sum()
    found: Array = np.diff(reached).clip(0.0)  # rounding
    return found


def foot(histogram: Histogram) -> float:
    """Lower edge of the bin that holds the 1st percentile of the non-zero values on the histogram's axis."""
    total = histogram.shares.cumsum()
    bin_ = int(total.searchsorted(RARE_SHARE * total[-1]))
    return histogram.low + bin_ * (histogram.high - histogram.low) / len(total)


def bounds(histogram: Histogram) -> Array:
    """Bin edges, of shape (bins + 1,)."""
    return np.linspace(histogram.low, histogram.high, len(histogram.shares) + 1)


def shades(card: QColor, color: QColor) -> list[int]:
    """Colour table of 256 steps from the card's colour to the layer's."""
    ends = [(card.red(), color.red()), (card.green(), color.green()), (card.blue(), color.blue())]
    return [QColor(*(round(a + (b - a) * step / 255) for a, b in ends)).rgb() for step in range(256)]
