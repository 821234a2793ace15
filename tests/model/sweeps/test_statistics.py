"""What repeats say: bands over seeds, and paired differences with their confidence interval."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from model.sweeps.statistics import FEWEST_PAIRS, band, paired, t_quantile

ACCURACY = st.floats(0, 1)
CELL = ACCURACY | st.just(nan)
PAIRS = st.lists(st.tuples(ACCURACY, ACCURACY), min_size=FEWEST_PAIRS, max_size=30)


@pytest.mark.parametrize("degrees", [*range(1, 41), 99, 100, 999, 1_000, 9_999])
def test_that_the_quantile_is_student_s(degrees: int) -> None:
    assert t_quantile(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=1e-9)


@given(PAIRS)
def test_that_the_interval_is_that_of_the_paired_t_test_within_what_shares_can_differ(
    pairs: list[tuple[float, float]],
) -> None:
    a, b = (list(side) for side in zip(*pairs, strict=True))
    found = paired(a, b)
    assert found.difference == pytest.approx(float(np.mean(np.subtract(a, b))), abs=1e-12)
    spread = float(np.subtract(a, b).std(ddof=1))
    if spread > 1e-6:  # below, SciPy warns of lost digits
        wanted = stats.ttest_rel(a, b).confidence_interval(0.95)
        ends = max(wanted.low, -1), min(wanted.high, 1)
        assert (found.low, found.high) == pytest.approx(ends, rel=1e-9, abs=1e-9)


@given(PAIRS)
def test_that_the_two_sides_see_the_same_difference(pairs: list[tuple[float, float]]) -> None:
    a, b = (list(side) for side in zip(*pairs, strict=True))
    one, other = paired(a, b), paired(b, a)
    assert one.low is not None
    assert other.high is not None
    assert one.difference == pytest.approx(-other.difference)
    assert one.low == pytest.approx(-other.high)
    assert (one.wins, one.losses, one.ties) == (other.losses, other.wins, other.ties)
    assert one.wins + one.losses + one.ties == one.n == len(pairs)
    assert one.low <= one.difference


def test_that_equal_differences_leave_an_interval_of_no_width() -> None:
    found = paired([0.5, 0.75, 1.0], [0.25, 0.5, 0.75])
    assert (found.difference, found.low, found.high) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize("n", range(1, FEWEST_PAIRS))
def test_that_fewer_pairs_than_tell_anything_have_a_difference_but_no_interval(n: int) -> None:
    found = paired([0.9, 0.7][:n], [0.8, 0.6][:n])
    assert found.difference == pytest.approx(0.1)
    assert (found.low, found.high, found.wins, found.n) == (None, None, n, n)


def test_that_pairs_with_a_missing_side_do_not_count_towards_an_interval() -> None:
    assert paired([0.9, 0.7, nan], [0.8, 0.6, 0.5]).low is None
    assert paired([0.9, 0.7, 0.5, nan], [0.8, 0.6, 0.5, 0.5]).low is not None


def test_that_no_pair_has_no_difference() -> None:
    found = paired([], [])
    assert isnan(found.difference)
    assert (found.low, found.n) == (None, 0)


def test_that_a_seed_missing_on_either_side_is_left_out_of_both() -> None:
    assert paired([0.5, nan, 0.7, 0.1], [0.4, 0.9, nan, 0.1]) == paired([0.5, 0.1], [0.4, 0.1])


def test_that_other_numbers_of_seeds_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        paired([0.5, 0.6], [0.5])


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1)))
def test_that_a_band_is_numpy_s_but_for_missing_values(rows: list[list[float]]) -> None:
    found = band(rows)
    for point, column in enumerate(np.array(rows).T):
        there = column[~np.isnan(column)]
        if not len(there):
            assert all(np.isnan(curve[point]) for curve in (found.mean, found.low, found.high, found.std))
            continue
        assert found.mean[point] == pytest.approx(there.mean())
        assert (found.low[point], found.high[point]) == (there.min(), there.max())
        if len(there) > 1:
            assert found.std[point] == pytest.approx(there.std(ddof=1), abs=1e-12)
        else:
            assert np.isnan(found.std[point])
