"""Histograms against plain counting, for the tests of all that bins."""

import numpy as np
import pytest

from model.base.arrays import Array
from model.measurement.histograms import Histogram
from tests.support.reference_formulas import Floats

TINY = 1e-40
LARGEST = float(np.finfo(np.float32).max)


def check_cumulative(shown: Histogram, values: Floats, least: Floats, most: Floats, size: int) -> None:
    """The share of values below each edge of the bins is one that an edge between `least` and `most` would have."""
    below = shown.below + np.concatenate([[0.0], np.cumsum(shown.shares)])
    fewest, greatest = (np.searchsorted(np.sort(values), edges) / size for edges in (least, most))
    assert (fewest <= below + 1e-12).all()
    assert (below <= greatest + 1e-12).all()


def check_shares(shown: Histogram) -> None:
    """All shares are shares, and together they are everything."""
    parts = np.array([*shown.shares, shown.below, shown.above, shown.zeros])
    assert parts.min() >= 0
    assert parts.sum() == pytest.approx(1, abs=1e-12)
    assert shown.low < shown.high


def check_decades(shown: Histogram, values: Array, slack: float = 0.01, least: float = 0.0) -> None:
    """Compare with counting |values|: only those within `slack` of an edge, or `least`, may be in the next bin."""
    check_shares(shown)
    sizes = np.minimum(np.abs(values.astype(np.float64)).ravel(), LARGEST)
    assert shown.zeros == pytest.approx((sizes == 0).mean(), abs=1e-12)
    assert shown.above == 0
    bins = len(shown.shares)
    assert (shown.low + 40) * 8 == round((shown.low + 40) * 8) >= 0
    assert shown.high == shown.low + bins / 8
    if (sizes >= TINY * (1 + slack) + least).any():
        assert shown.shares[0] > 0
        assert shown.shares[-1] > 0
    edges = 10.0 ** (shown.low + np.arange(bins + 1) / 8)
    check_cumulative(shown, sizes[sizes > 0], edges * (1 - slack), edges * (1 + slack) + least, sizes.size)


def check_linear(shown: Histogram, values: Array, slack: float = 1e-6) -> None:
    """Compare with counting: only values within `slack` of the whole axis around an edge may be in the next bin."""
    check_shares(shown)
    flat = values.astype(np.float64).ravel()
    assert len(shown.shares) == 50
    if shown.zeros:
        assert shown.zeros == pytest.approx((flat == 0).mean(), abs=1e-12)
        flat = flat[flat != 0]
    near = (shown.high - shown.low) * slack
    fewest, most = ((flat > bound).sum() / values.size for bound in (shown.high + near, shown.high - near))
    assert fewest - 1e-12 <= shown.above <= most + 1e-12
    edges = np.linspace(shown.low, shown.high, 51)
    edges[-1] += near  # which belongs to the last bin itself
    check_cumulative(shown, flat, edges - near, edges + near, values.size)
