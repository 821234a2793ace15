"""Axes that runs share: an outlier does not decide one, and how many lie beyond is said."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.shared_axis import (
    CELLS,
    RUNS,
    SharedAxis,
    beyond_text,
    decades_beside,
    decades_beyond,
    decades_held,
)

AXIS = SharedAxis(usual=100.0, times=20.0)
REACHES = st.lists(st.floats(0, allow_nan=False) | st.just(inf), max_size=8)


@pytest.mark.parametrize(
    ("reaches", "reach", "beyond"),
    [
        ([], 0, 0),
        ([1e30], 1e30, 0),  # alone it presses nobody
        ([1e-4, 3.0], 3.0, 0),  # small weights are no measure for others
        ([3.0, 90.0], 90.0, 0),
        ([3.0, 1e15], 3.0, 1),
        ([1e15, 3.0, 1e12, 2.0], 3.0, 2),
        ([50.0, 900.0], 900.0, 0),
        ([3.0, inf], 3.0, 1),
        ([3.0, nan], 3.0, 0),
    ],
)
def test_that_an_axis_follows_a_run_only_as_far_as_the_others_can_still_be_seen(
    reaches: list[float], reach: float, beyond: int
) -> None:
    assert AXIS.reach(reaches) == reach
    assert sum(AXIS.beyond(reaches)) == beyond


@given(REACHES)
def test_that_an_axis_ends_with_a_run_and_those_beyond_are_counted(reaches: list[float]) -> None:
    end = AXIS.reach(reaches)
    assert end == 0 or end in reaches
    assert AXIS.beyond(reaches) == [each > end for each in reaches]
    finite = [each for each in reaches if each < inf]
    assert not finite or min(finite) <= end


@given(REACHES, st.floats(0, 100))
def test_that_the_usual_is_always_within(reaches: list[float], usual: float) -> None:
    assert AXIS.reach([*reaches, usual]) >= usual or usual == 0


@given(st.lists(st.tuples(st.floats(-400, 300), st.floats(0, 30)), min_size=1, max_size=6))
def test_that_the_ends_of_a_log_axis_are_in_order_and_hold_the_rest(found: list[tuple[float, float]]) -> None:
    lows, highs = [low for low, _ in found], [low + more for low, more in found]
    low, high = decades_held(lows, highs)
    for (own_low, own_high), far in zip(zip(lows, highs, strict=True), decades_beyond(lows, highs), strict=True):
        assert far or (low <= own_low and own_high <= high)
    own = decades_beside(found[0], [])
    assert own is not None
    assert own[0] <= found[0][0]
    assert own[1] >= found[0][1]
    assert own[2] == 0


def test_that_a_run_is_held_whole_among_others_and_those_are_counted() -> None:
    assert decades_beside((-3.0, 0.0), [(-4.0, -1.0), (2.0, 30.0)]) == (-4.0, 0.0, 1)
    assert decades_beside((20.0, 30.0), [(-4.0, -1.0)]) == (-4.0, 30.0, 0)
    assert decades_beside(None, [(-4.0, -1.0)]) == (-4.0, -1.0, 0)
    assert decades_beside(None, []) is None


def test_that_what_lies_beyond_is_said_in_a_sentence() -> None:
    assert beyond_text(0, RUNS) == ""
    assert beyond_text(1, RUNS) == "1 run goes beyond the axis"
    assert beyond_text(3, CELLS) == "3 cells lie beyond the scale"
