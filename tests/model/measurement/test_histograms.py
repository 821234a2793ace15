"""Histograms against plain counting: where each value falls, what an axis covers, which values a sample takes."""

from itertools import pairwise
from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.base.arrays import Array
from model.measurement.histograms import SAMPLE_VALUES, BinAxis, Binner, Histogram, sample
from tests.support.binning import LARGEST, TINY, check_decades, check_linear, check_shares

TYPES = [np.float32, np.float64]
NORMAL = float(np.finfo(np.float32).tiny)
ROUND = {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}

magnitudes = st.floats(NORMAL, LARGEST, width=32) | st.floats(-38, 38).map(lambda power: 10.0**power)
signs = st.sampled_from([-1.0, 1.0])
ordinary = st.builds(lambda size, sign: size * sign, magnitudes, signs) | st.just(0.0)
moderate = st.floats(-1e6, 1e6, width=32).map(lambda value: value if abs(value) > 1e-30 else 0.0)
kinds = st.sampled_from(TYPES)


def decades(values: Array) -> Histogram:
    """The histogram of the magnitudes of `values` in a binner of just their size."""
    with np.errstate(over="ignore"):  # as the trainer has it
        return Binner(values.size, values.dtype.type).decades(values)


def linear(values: Array, axis: BinAxis, *, exact_zeros: bool = False) -> Histogram:
    """The histogram of `values` over `axis` in a binner of just their size."""
    return Binner(values.size, values.dtype.type).linear(values, axis, exact_zeros=exact_zeros)


def covering(low: float, high: float) -> BinAxis:
    """An axis without bounds that has been told of values from `low` to `high`."""
    axis = BinAxis()
    axis.cover(low, high)
    return axis


@given(values=st.lists(ordinary, min_size=1, max_size=60), kind=kinds)
def test_that_magnitudes_are_counted_by_their_eighth_of_a_decade(values: list[float], kind: type[np.floating]) -> None:
    flat = np.array(values, kind)
    check_decades(decades(flat), flat)


@given(seed=st.integers(0, 2**32 - 1), spread=st.floats(0.1, 12), center=st.floats(-25, 25), kind=kinds)
def test_that_thousands_of_magnitudes_are_counted_alike(
    seed: int, spread: float, center: float, kind: type[np.floating]
) -> None:
    rng = np.random.default_rng(seed)
    flat = 10 ** rng.normal(center, spread, 2000).clip(-37.9, 38.5) * rng.choice([-1, 0, 1], 2000)
    check_decades(decades(flat.astype(kind)), flat.astype(kind))


@pytest.mark.parametrize("kind", TYPES)
def test_that_a_value_just_above_an_edge_may_be_a_bin_too_low_but_never_one_further_up(kind: type[np.floating]) -> None:
    edges = 10.0 ** (np.arange(-37 * 8, 38 * 8 + 1) / 8)
    for nearly, expected in ((0.9999, -1), (1.0079, 0)):  # 0.8 % is what an edge may be off
        for number, edge in zip(range(-37 * 8, 38 * 8 + 1), edges, strict=True):
            shown = decades(np.array([edge * nearly], kind))
            assert (shown.low * 8, shown.high * 8) == (number + expected, number + expected + 1)


@pytest.mark.parametrize("kind", TYPES)
@given(value=magnitudes, sign=signs)
def test_that_one_value_is_one_bin_with_the_value_in_it(kind: type[np.floating], value: float, sign: float) -> None:
    shown = decades(np.array([value * sign], kind))
    assert shown.shares.tolist() == [1]
    assert (shown.below, shown.above, shown.zeros) == (0, 0, 0)
    assert shown.high - shown.low == 0.125
    assert shown.low <= log10(value) + 1e-6
    assert log10(value) <= shown.high + log10(1.01)


@given(values=st.lists(ordinary, min_size=1, max_size=60), kind=kinds)
def test_that_signs_and_order_do_not_matter(values: list[float], kind: type[np.floating]) -> None:
    flat = np.array(values, kind)
    shown, other = decades(flat), decades(-flat[::-1])
    assert (shown.low, shown.high, shown.below, shown.zeros) == (other.low, other.high, other.below, other.zeros)
    np.testing.assert_array_equal(shown.shares, other.shares)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_that_nothing_but_zeros_is_all_zeros(kind: type[np.floating], size: int, zero: float) -> None:
    shown = decades(np.full(size, zero, kind))
    assert (shown.zeros, shown.below, shown.above, shown.shares.sum()) == (1, 0, 0, 0)
    assert shown.low < shown.high


def test_that_what_is_smaller_than_any_decade_is_below_and_no_zero() -> None:
    single = np.array([0, 1e-45, -3e-42, 2e-41, 1], np.float32)
    double = np.array([0, 5e-324, -1e-200, 2e-41, 1])
    for flat in (single, double):
        shown = decades(flat)
        assert (shown.zeros, shown.below) == pytest.approx((0.2, 0.6), abs=1e-12)
        assert (shown.low, shown.shares.tolist()) == (0, [0.2])


@pytest.mark.parametrize("kind", TYPES)
def test_that_nothing_but_values_below_all_decades_is_all_below(kind: type[np.floating]) -> None:
    shown = decades(np.array([1e-44, -1e-43, 5e-42], kind))
    assert (shown.zeros, shown.below, shown.above, shown.shares.sum()) == (0, 1, 0, 0)


@given(values=st.lists(st.floats(2.0**-149, NORMAL, width=32), min_size=1, max_size=60), kind=kinds)
def test_that_subnormal_numbers_are_right_to_the_lowest_edge(values: list[float], kind: type[np.floating]) -> None:
    """They have fewer digits the smaller they are: an edge may be off by 10^-40, which is where the decades begin."""
    flat = np.array(values, kind)
    check_decades(decades(flat), flat, least=TINY)


@pytest.mark.parametrize("kind", TYPES)
def test_that_infinity_is_counted_with_the_largest_numbers(kind: type[np.floating]) -> None:
    shown = decades(np.array([np.inf, -np.inf, 1, 0], kind))
    check_shares(shown)
    assert (shown.low, shown.zeros, shown.shares[0], shown.shares[-1]) == (0, 0.25, 0.25, 0.5)
    assert shown.high == decades(np.array([LARGEST], kind)).high == pytest.approx(log10(LARGEST), abs=0.125)


def test_that_what_float32_cannot_hold_is_counted_at_its_ends() -> None:
    flat = np.array([1e100, -1e300, 1e-100, 0, 2])
    shown = decades(flat)
    check_decades(shown, flat)
    assert (shown.shares[-1], shown.below, shown.zeros) == pytest.approx((0.4, 0.2, 0.2))


@given(values=st.lists(ordinary, min_size=1, max_size=30), longer=st.lists(ordinary, min_size=30, max_size=60))
def test_that_a_binner_forgets_what_it_counted_before(values: list[float], longer: list[float]) -> None:
    flat, other = (np.array(each, np.float32) for each in (values, longer))
    binner = Binner(60, np.float32)
    binner.decades(other)
    binner.linear(other.clip(-9, 9), BinAxis(-1.0, 1.0))
    again, fresh = binner.decades(flat), decades(flat)
    assert (again.low, again.high, again.below, again.zeros) == (fresh.low, fresh.high, fresh.below, fresh.zeros)
    np.testing.assert_array_equal(again.shares, fresh.shares)


@pytest.mark.parametrize("kind", TYPES)
def test_that_counting_leaves_the_values_and_earlier_histograms_alone(kind: type[np.floating]) -> None:
    flat = np.random.default_rng(0).normal(0, 1, 500).astype(kind)
    before = flat.copy()
    binner = Binner(500, kind)
    first = [binner.decades(flat), binner.linear(flat, BinAxis(-4.0, 4.0))]
    kept = [shown.shares.copy() for shown in first]
    binner.decades(flat[:9] * 1000)
    np.testing.assert_array_equal(flat, before)
    for shown, shares in zip(first, kept, strict=True):
        np.testing.assert_array_equal(shown.shares, shares)
        with pytest.raises(ValueError, match="read-only"):
            shown.shares[0] = 1


@given(values=st.lists(moderate, min_size=1, max_size=60), kind=kinds, zeros=st.booleans())
def test_that_an_axis_made_for_values_has_each_of_them_in_its_bin(
    values: list[float], kind: type[np.floating], zeros: bool
) -> None:
    flat = np.array(values, kind)
    shown = linear(flat, covering(float(flat.min()), float(flat.max())), exact_zeros=zeros)
    assert (shown.below, shown.above) == (0, 0)
    assert shown.zeros == ((flat == 0).mean() if zeros else 0)
    check_linear(shown, flat)


@given(
    values=st.lists(moderate, min_size=1, max_size=60), kind=kinds,
    low=st.floats(-100, 100), length=st.floats(1e-3, 1e3),
)  # fmt: skip
def test_that_what_lies_beyond_fixed_bounds_is_counted_on_its_side(
    values: list[float], kind: type[np.floating], low: float, length: float
) -> None:
    flat = np.array(values, kind)
    axis = BinAxis(low, low + length)
    axis.cover(float(flat.min()), float(flat.max()))
    shown = linear(flat, axis)
    assert (shown.low, shown.high) == (low, low + length)
    # `low` itself is rounded to the type of the values before it is subtracted.
    check_linear(shown, flat, slack=1e-6 + 4e-7 * abs(low) / length)


@given(
    low=st.floats(-1e6, -1e-6), high=st.floats(1e-6, 1e6), kind=kinds, zeros=st.integers(1, 20),
    others=st.lists(st.floats(0, 1), max_size=40),
)  # fmt: skip
def test_that_exact_zeros_leave_the_bin_they_would_be_in(
    low: float, high: float, kind: type[np.floating], zeros: int, others: list[float]
) -> None:
    lit = np.array([low + (high - low) * share for share in others] + [high]).astype(kind)
    lit = lit[lit != 0]
    flat = np.concatenate([lit, np.zeros(zeros, kind)])
    axis = covering(low, max(high, float(lit.max())))
    without, apart, alone = linear(flat, axis), linear(flat, axis, exact_zeros=True), linear(lit, axis)
    assert apart.zeros == pytest.approx(zeros / flat.size, abs=1e-12)
    np.testing.assert_allclose(apart.shares * flat.size, alone.shares * lit.size, atol=1e-9)
    (moved,) = np.flatnonzero(without.shares != apart.shares)
    assert without.shares[moved] - apart.shares[moved] == pytest.approx(apart.zeros, abs=1e-12)


small = st.floats(-38, -2).map(lambda power: 10.0**power)


@pytest.mark.parametrize("ends", [(-1.0, 1.0), (-0.3, 0.3), (-1.2, 4.8), (-4e5, 1e5), (-6e-7, 4e-7), (-0.02, 0.98)])
@given(
    kind=kinds,
    shares=st.lists(st.builds(lambda size, sign: size * sign, small, signs), min_size=1),
    zeros=st.booleans(),
)
def test_that_where_zero_is_an_edge_signs_part_however_small_the_values_are(
    ends: tuple[float, float], kind: type[np.floating], shares: list[float], zeros: bool
) -> None:
    low, high = ends
    flat = np.array([*(share * min(-low, high) for share in shares), 0.0, -0.0], kind)
    edge = round(-low * 50 / (high - low))
    shown = linear(flat, BinAxis(low, high), exact_zeros=zeros)
    assert shown.below + shown.shares[:edge].sum() == pytest.approx((flat < 0).mean(), abs=1e-12)
    assert shown.shares[edge:].sum() + shown.above + shown.zeros == pytest.approx((flat >= 0).mean(), abs=1e-12)
    check_linear(shown, flat)


@pytest.mark.parametrize("kind", TYPES)
def test_that_tiny_values_are_in_the_two_bins_beside_the_edge_at_zero(kind: type[np.floating]) -> None:
    shown = linear(np.array([-1e-9, -1e-20, -1e-37, -1e-8, 0.0, 1e-9, 1e-30, 0.5], kind), BinAxis(-1.0, 1.0))
    assert (shown.shares[24], shown.shares[25]) == (0.5, 0.375)


@pytest.mark.parametrize("kind", TYPES)
def test_that_tiny_values_share_a_bin_where_zero_is_within_it(kind: type[np.floating]) -> None:
    shown = linear(np.array([-1e-9, -1e-20, 0.0, 1e-9], kind), BinAxis(-1.2, 1.5))
    assert np.flatnonzero(shown.shares).tolist() == [22]


@pytest.mark.parametrize(("ends", "place"), [((-1e-6, 5.0), 0), ((-5.0, 1e-6), 49), ((0.0, 5.0), 0), ((-5.0, 0.0), 49)])
@pytest.mark.parametrize("kind", TYPES)
def test_that_an_end_of_the_axis_next_to_zero_parts_nothing(
    kind: type[np.floating], ends: tuple[float, float], place: int
) -> None:
    flat = np.clip(np.array([-1e-9, 0.0, 1e-9], kind), *ends)
    shown = linear(flat, BinAxis(*ends))
    assert shown.shares[place] == 1
    assert (shown.below, shown.above) == (0, 0)


@pytest.mark.parametrize("kind", TYPES)
def test_that_zeros_at_the_lower_end_of_an_axis_leave_its_first_bin(kind: type[np.floating]) -> None:
    shown = linear(np.array([0, 0, 0, 0.001, 1], kind), covering(0, 1), exact_zeros=True)
    assert (shown.low, shown.zeros, shown.below) == (0, 0.6, 0)
    assert (shown.shares[0], shown.shares[-1]) == (0.2, 0.2)


@pytest.mark.parametrize("power", range(-45, 38))
@pytest.mark.parametrize("kind", TYPES)
def test_that_values_of_any_size_can_be_binned(power: int, kind: type[np.floating]) -> None:
    """Weights that decay and signals that vanish pass through the smallest numbers there are on their way to 0."""
    flat = (np.linspace(-1, 1, 41) * 10.0**power).astype(kind)
    with np.errstate(over="ignore", invalid="ignore"):  # as the trainer has it
        shown = linear(flat, covering(float(flat.min()), float(flat.max())))
    check_shares(shown)
    assert (shown.below, shown.above) == (0, 0)
    check_linear(shown, flat, slack=max(1e-6, 3e-45 / (shown.high - shown.low)))


@given(ranges=st.lists(st.tuples(st.floats(-1e30, 1e30), st.floats(-1e30, 1e30)), min_size=1, max_size=8))
def test_that_an_axis_covers_zero_and_whatever_came_last(ranges: list[tuple[float, float]]) -> None:
    axis = BinAxis()
    for one, other in ranges:
        low, high = min(one, other), max(one, other)
        low, high = (0.0 if abs(end) < 1e-30 else end for end in (low, high))
        axis.cover(low, high)
        assert axis.low <= min(low, 0)
        assert axis.high >= max(high, 0)
        assert axis.low < axis.high
        # No end is further out than 2.5 times what is needed, save where nothing is needed anywhere.
        assert -axis.low <= max(-low, 0) * 2.5 * (1 + 1e-9)
        if low < 0 or high > 0:
            assert axis.high <= max(high, 0) * 2.5 * (1 + 1e-9)


@given(low=st.floats(-1e30, -1e-30), high=st.floats(1e-30, 1e30))
def test_that_an_axis_ends_at_round_numbers(low: float, high: float) -> None:
    axis = covering(low, high)
    for end, needed in ((-axis.low, -low), (axis.high, high)):
        assert round(end / 10.0 ** np.floor(log10(end) + 1e-9), 6) in ROUND
        assert needed <= end <= needed * 1.34


def test_that_each_end_of_an_axis_moves_by_itself() -> None:
    axis = covering(-1, 1)
    axis.cover(-0.9, 70)
    assert (axis.low, axis.high) == (-1, 80)
    axis.cover(-0.39, 60)
    assert (axis.low, axis.high) == (-0.4, 80)
    axis.cover(0.5, 33)
    assert (axis.low, axis.high) == (0, 80)
    axis.cover(-2, -1)
    assert (axis.low, axis.high) == (-2, 0)


@given(ranges=st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), min_size=1, max_size=8))
def test_that_a_bound_stays_where_it_is_while_the_other_end_follows(ranges: list[tuple[int, int]]) -> None:
    floor, both, free = BinAxis(-1.0), BinAxis(-1.0, 1.0), BinAxis()
    for one, other in ranges:
        low, high = min(one, other) / 10, max(one, other) / 10
        for axis in (floor, both, free):
            axis.cover(low, high)
        assert floor.low == -1
        assert floor.high == (free.high if high > 0 else 0)
        assert (both.low, both.high) == (-1, 1)
    assert (floor.fixed, both.fixed, free.fixed) == (False, True, False)


@given(ends=st.lists(st.floats(0.4, 1), min_size=1, max_size=20))
def test_that_an_axis_that_is_used_enough_stands_still(ends: list[float]) -> None:
    axis = covering(-100, 100)
    for end in ends:
        axis.cover(-100 * end, 100 * end)
        assert (axis.low, axis.high) == (-100, 100)


def test_that_an_axis_without_values_has_a_length() -> None:
    for axis in (BinAxis(), BinAxis(0.0), BinAxis(-1.0)):
        axis.cover(0, 0)
        assert axis.low < axis.high


def test_that_no_axis_is_longer_than_can_be_counted_along() -> None:
    flat = np.array([-3e38, -1, 0, 2, 3e38], np.float32)
    shown = linear(flat, covering(-3e38, 3e38))
    assert np.isfinite(np.float32(shown.high) - np.float32(shown.low))
    assert (shown.below, shown.above, shown.shares.sum()) == pytest.approx((0.2, 0.2, 0.6))


def positions(shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Which of all values, counted through, are sampled of an array of this shape."""
    found: NDArray[np.int64] = sample(np.arange(int(np.prod(shape)), dtype=np.float64).reshape(shape)).astype(np.int64)
    return found


SHAPES = [(784, 40), (784, 100), (1000, 1000), (100, 100), (784, 2000), (2000, 2000), (2000, 10), (1, 40_000)]


@pytest.mark.parametrize("shape", SHAPES)
def test_that_a_sample_reaches_all_rows_and_columns_evenly(shape: tuple[int, int]) -> None:
    found = positions(shape)
    for place, length in ((found // shape[1], shape[0]), (found % shape[1], shape[1])):
        each = np.bincount(place, minlength=length)
        assert each.max() - each.min() <= 1


@given(rows=st.integers(1, 2000), columns=st.integers(1, 2000))
def test_that_a_sample_of_any_weights_is_a_few_thousand_of_them_from_every_column(rows: int, columns: int) -> None:
    found = positions((rows, columns))
    assert found.size <= 2 * SAMPLE_VALUES
    assert len(set(found.tolist())) == found.size
    if rows * columns < 2 * SAMPLE_VALUES:
        assert found.size == rows * columns
    else:
        assert found.size >= SAMPLE_VALUES / 10
    each = np.bincount(found % columns, minlength=columns)
    assert each.max() - each.min() <= 1


@pytest.mark.parametrize("shape", [(1, 1), (30,), (90, 91), (784, 10), (10, 3, 7), (2 * SAMPLE_VALUES - 1,)])
def test_that_a_small_array_is_sampled_whole(shape: tuple[int, ...]) -> None:
    assert sorted(positions(shape).tolist()) == list(range(int(np.prod(shape))))


@pytest.mark.parametrize("shape", SHAPES)
def test_that_a_sample_is_of_the_same_places_whatever_the_values(shape: tuple[int, int]) -> None:
    values = np.random.default_rng(5).normal(0, 1, shape).astype(np.float32)
    np.testing.assert_array_equal(sample(values), values.ravel()[positions(shape)])


def test_that_a_sample_of_many_values_spreads_as_they_all_do() -> None:
    rng = np.random.default_rng(6)
    # Columns and rows of different size: a sample that left some out would be off.
    values = rng.normal(0, 1, (784, 120)) * np.geomspace(0.1, 10, 120) * np.geomspace(0.2, 5, 784)[:, None]
    levels = np.linspace(0.02, 0.98, 25)
    lower, upper = (np.quantile(values, levels + shift) for shift in (-0.02, 0.02))
    found = np.quantile(sample(values), levels)
    assert (lower <= found).all()
    assert (found <= upper).all()
    assert all(one < other for one, other in pairwise(found))
