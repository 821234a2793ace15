"""Histories made at once from what was saved are what they were when they grew record by record."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.history.history import LARGEST_VALUE, CurvePyramid, GrowingArray, History
from model.history.timeline import Timeline
from model.measurement.records import Record
from tests.support.records import layer_of, record_of
from tests.support.saved_runs import assert_same_history

NUMBERS = st.floats(-1e6, 1e6, width=32) | st.sampled_from([-LARGEST_VALUE, LARGEST_VALUE])


def grown(values: list[float]) -> CurvePyramid:
    curve = CurvePyramid()
    for value in values:
        curve.append(value)
    return curve


def assert_same_curve(mine: CurvePyramid, other: CurvePyramid) -> None:
    for level, theirs in zip([mine.values, *mine.levels], [other.values, *other.levels], strict=True):
        np.testing.assert_array_equal(level.rows, theirs.rows)
        assert level.rows.dtype == theirs.rows.dtype


@given(st.lists(NUMBERS, max_size=300), st.lists(NUMBERS, max_size=100))
def test_that_a_restored_curve_is_the_same_to_the_bit_and_grows_on(values: list[float], more: list[float]) -> None:
    curve = CurvePyramid.of(np.array(values, np.float32))
    assert_same_curve(curve, grown(values))
    for value in more:
        curve.append(value)
    assert_same_curve(curve, grown(values + more))


@pytest.mark.parametrize("size", [4**7, 4**7 - 1, 4**7 + 1])
def test_that_long_curves_have_all_their_levels(size: int) -> None:
    values = np.random.default_rng(size).normal(size=size).astype(np.float32)
    assert_same_curve(CurvePyramid.of(values), grown(values.tolist()))


@given(st.integers(0, 200), st.integers(0, 200))
def test_that_restored_rows_grow_on_and_leave_what_they_came_from(size: int, more: int) -> None:
    rows = np.arange(3.0 * size).reshape(size, 3)
    before = rows.copy()
    growing = GrowingArray.of(rows)
    for number in range(more):
        growing.append(number, -number, 0.5)
    np.testing.assert_array_equal(rows, before)
    expected = np.concatenate((before, [(n, -n, 0.5) for n in range(more)])) if more else before
    np.testing.assert_array_equal(growing.rows, expected)


def moments(count: int, *, tested: int = 1) -> list[Record]:
    made = []
    for number in range(count):
        layer = layer_of("Output", delta_rms=0.1 * number, update_ratio=float(number))
        test = number / 100 if number % tested == 0 else float("nan")
        made.append(record_of(number, loss=1 / (1 + number), test=test, output=layer))
    return made


def restored(history: History) -> History:
    return History.restored(
        history.iterations.rows[:, 0].copy(),
        {name: curve.values.rows[:, 0].copy() for name, curve in history.curves.items()},
        history.timeline.moments,
        history.weights.kept,
        (history.best_loss, history.worst_loss),
    )


@given(count=st.integers(0, 90), tested=st.integers(1, 10), more=st.integers(0, 20))
def test_that_a_restored_history_is_the_same_and_grows_on(count: int, tested: int, more: int) -> None:
    history = History()
    records = moments(count + more, tested=tested)
    for record in records[:count]:
        history.append(record)
    again = restored(history)
    assert_same_history(again, history)
    for record in records[count:]:
        history.append(record)
        again.append(record)
    assert_same_history(again, history)


def test_that_every_moment_of_a_restored_timeline_stays() -> None:
    records = moments(700)
    timeline = Timeline.of(records)
    for number in range(700, 3_000):
        timeline.append(record_of(number, output=layer_of("Output")))
    assert timeline.moments[:700] == records


def test_that_an_empty_history_comes_back_empty() -> None:
    again = restored(History())
    assert (len(again), again.first, again.newest, again.at(3)) == (0, None, None, None)
    assert again.curve("loss", 0, 10, 5).x.size == 0


def test_that_a_million_records_come_back_the_same() -> None:
    size = 1_000_000
    values: NDArray[np.float32] = np.random.default_rng(7).random(size, np.float32)
    again = History.restored(
        np.arange(size, dtype=float), dict.fromkeys(History.QUANTITIES, values), moments(3), [], (0.0, 1.0)
    )
    assert [level.size for level in again.curves["loss"].levels] == [size // 4**n for n in range(1, 10)]
    thinned = again.curve("loss", 0, size, 500)
    assert thinned.low.min() == values.min()
    assert thinned.high.max() == values.max()
    assert again.at(765_432.4) == {"iteration": 765_432.0, **dict.fromkeys(History.QUANTITIES, float(values[765_432]))}
