"""What a run remembers: any stretch of a curve at any zoom, exact, and bounded however long the run is."""

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.history.history import LARGEST_VALUE, LEVEL_FACTOR, CurvePyramid, GrowingArray, History, ThinnedCurve
from model.measurement.records import Record
from tests.support.records import record_of

Floats = NDArray[np.float64]
VALUES = st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=400)


def curve_of(values: list[float] | Floats) -> CurvePyramid:
    made = CurvePyramid()
    for value in values:
        made.append(float(value))
    return made


def record(iteration: int, loss: float = 1.0, train: float = 0.5, test: float = 0.25) -> Record:
    return record_of(iteration, loss, train, test)


def plainly(values: Floats, first: int, last: int, buckets: int) -> tuple[int, list[Floats]]:
    """The buckets that records first..last-1 fall into, taken straight from all values."""
    width = 1
    while last - first > buckets * width and width * LEVEL_FACTOR <= len(values):
        width *= LEVEL_FACTOR
    starts = range(first // width * width, last, width)
    # A bucket that is complete is taken whole, also beyond `last`; one that is not ends there.
    return width, [values[at : at + width] if at + width <= len(values) else values[at:last] for at in starts]


@given(VALUES, st.data())
def test_that_a_thinned_curve_is_what_a_plain_computation_gives(values: list[float], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(values)))
    last = data.draw(st.integers(first, len(values)))
    buckets = data.draw(st.integers(1, 100))
    x = np.arange(len(values)) * 10.0
    thinned = curve_of(values).thinned(x, first, last, buckets)
    width, expected = plainly(np.array(values, np.float32).astype(float), first, last, buckets)
    if width == 1:
        expected = [np.array([value]) for value in np.array(values, np.float32)[first:last]]
    assert len(thinned.x) == len(thinned.mean) == len(thinned.low) == len(thinned.high) == len(expected)
    assert len(expected) <= LEVEL_FACTOR * buckets + 2
    assert thinned.x.tolist() == [x[max(first // width * width + i * width, 0)] for i in range(len(expected))]
    assert thinned.low.tolist() == [part.min() for part in expected]
    assert thinned.high.tolist() == [part.max() for part in expected]
    for mean, part in zip(thinned.mean, expected, strict=True):
        assert mean == pytest.approx(part.mean(), rel=1e-5, abs=1e-6 * float(np.abs(part).max()))


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=70))
def test_that_no_number_however_large_makes_a_curve_infinite(values: list[float]) -> None:
    curve = curve_of(values)
    for thinned in (curve.thinned(np.arange(len(values)) * 1.0, 0, len(values), buckets) for buckets in (1, 4, 100)):
        for part in (thinned.mean, thinned.low, thinned.high):
            assert np.isfinite(part).all()
            assert np.abs(part).max() <= LARGEST_VALUE * 1.00001


@pytest.mark.parametrize("records", [1, 255, 256, 257, 5_000, 66_000])
def test_that_the_number_of_points_is_bounded_however_long_the_run_is(records: int) -> None:
    values = np.sin(np.arange(records))
    curve, x = curve_of(values), np.linspace(0.0, 10.0 * (records - 1), records)
    for buckets in (50, 400):
        for first, last in ((0, records), (records // 3, records), (records // 3, records // 2)):
            thinned = curve.thinned(x, first, last, buckets)
            assert min(last - first, buckets / LEVEL_FACTOR) <= len(thinned.x) <= buckets + 2
    size = sum(level.rows.size for level in curve.levels)
    assert size <= 3 * records / (LEVEL_FACTOR - 1) + 3


def test_that_thinning_costs_the_same_for_a_long_run_as_for_a_short_one() -> None:
    def cost(records: int) -> float:
        curve, x = CurvePyramid(), np.arange(records) * 1.0
        filled(curve, records)
        times = []
        for _ in range(50):
            began = perf_counter()
            curve.thinned(x, 0, records, 400)
            times.append(perf_counter() - began)
        return sorted(times)[5]

    assert cost(1_000_000) < 10 * cost(10_000) + 1e-4


def filled(curve: CurvePyramid, records: int) -> None:
    """Put a million zeros into a curve without appending each."""
    curve.values._room, curve.values.size = np.zeros((records, 1), np.float32), records
    while records >= LEVEL_FACTOR:
        records //= LEVEL_FACTOR
        level = GrowingArray(3)
        level._room, level.size = np.zeros((records, 3), np.float32), records
        curve.levels.append(level)


def test_that_a_growing_table_keeps_every_row() -> None:
    table = GrowingArray(3)
    for row in range(1000):
        table.append(row, 2 * row, 3 * row)
    assert table.rows.shape == (1000, 3)
    assert (table.rows == np.arange(1000)[:, None] * np.array([1, 2, 3])).all()


def test_that_a_view_taken_before_an_append_keeps_what_it_showed() -> None:
    table = GrowingArray()
    for row in range(64):
        table.append(row)
    before = table.rows
    table.append(-1.0)
    assert before.shape == (64, 1)
    assert before[:, 0].tolist() == list(range(64))


def test_that_a_history_remembers_first_newest_best_and_worst() -> None:
    history = History()
    assert (len(history), history.first, history.newest, history.at(3)) == (0, None, None, None)
    losses = [2.0, 5.0, 0.5, 1.0]
    records = [record(10 * index, loss) for index, loss in enumerate(losses)]
    for each in records:
        history.append(each)
    assert (len(history), history.first, history.newest) == (4, records[0], records[-1])
    assert (history.best_loss, history.worst_loss) == (0.5, 5.0)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60), st.floats(-100, 3000))
def test_that_the_readout_is_that_of_the_nearest_record(gaps: list[int], asked: float) -> None:
    history = History()
    iterations = np.cumsum(gaps).tolist()
    for iteration in iterations:
        history.append(record(iteration, loss=iteration + 1, train=0.25, test=0.75))
    found = history.at(asked)
    assert found is not None
    assert abs(found["iteration"] - asked) == min(abs(iteration - asked) for iteration in iterations)
    assert found["loss"] == found["iteration"] + 1
    assert (found["train_accuracy"], found["test_accuracy"]) == (0.25, 0.75)


@given(st.floats(-100, 1100), st.floats(0, 1000))
def test_that_a_window_on_a_curve_reaches_one_record_beyond_both_edges(low: float, width: float) -> None:
    history = History()
    for iteration in range(0, 1001, 10):
        history.append(record(iteration))
    thinned: ThinnedCurve = history.curve("loss", low, low + width, 1000)
    inside = [i for i in range(0, 1001, 10) if low <= i <= low + width]
    assert set(inside) <= set(thinned.x.tolist())
    assert len(thinned.x) <= len(inside) + 2
    if inside and inside[0] > 0:
        assert thinned.x[0] == inside[0] - 10
    if inside and inside[-1] < 1000:
        assert thinned.x[-1] == inside[-1] + 10
