"""Margins: measured values keep away from the ends of the options."""

from contextlib import nullcontext
from math import inf
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.lessons.lesson import Option
from model.lessons.margins import (
    MARGIN_RATIO,
    check_found,
    check_options,
    narrow_margin,
    near_edge,
    rank_too_close,
    too_close,
)
from model.lessons.texts import LessonText
from model.lessons.units import Unit
from tests.support.lessons import TOML, lesson_of


def option(low: float, high: float) -> Option:
    return Option("it", LessonText(), LessonText(), low, high)


@pytest.mark.parametrize(
    ("low", "high", "value", "unit", "edge"),
    [
        (300, 1200, 720, Unit.ITERATION, None),
        (300, 1200, 320, Unit.ITERATION, 300),  # 15 % of the log-width: up to 369
        (300, 1200, 1000, Unit.ITERATION, 1200),
        (-inf, 0.15, 0.097, Unit.SHARE, None),
        (-inf, 0.15, 0.14, Unit.SHARE, 0.15),
        (0.9, inf, 0.944, Unit.SHARE, None),  # no accuracy is above 1, so that the width is that to 1
        (0.9, inf, 0.91, Unit.SHARE, 0.9),
        (0.6, inf, 0.999, Unit.SHARE, None),
        (-inf, 0.1, 0.0, Unit.SHARE, None),
        (inf, inf, inf, Unit.ITERATION, None),
        (1, 1, 1, Unit.COUNT, None),
        (0.001, inf, 0.0011, Unit.POINTS, 0.001),
        (-1, 1, 0, Unit.NUMBER, None),
        (-1, 1, 0.8, Unit.NUMBER, 1),
    ],
)
def test_that_a_value_near_an_end_is_on_the_edge(
    low: float, high: float, value: float, unit: Unit, edge: float | None
) -> None:
    assert near_edge(option(low, high), value, unit) == edge


@given(st.floats(1e-6, 1e6), st.floats(1.01, 1e6), st.floats(0, 1))
def test_that_the_margin_is_a_share_of_the_log_width(low: float, ratio: float, place: float) -> None:
    assume(min(abs(place - 0.15), abs(place - 0.85)) > 1e-3)
    edge = near_edge(option(low, low * ratio), low * ratio**place, Unit.RATIO)
    assert (edge is None) == (0.15 < place < 0.85)


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_that_two_values_are_told_apart_by_their_ratio(one: float, other: float) -> None:
    assume(abs(max(one, other) / min(one, other) - MARGIN_RATIO) > 1e-6)
    assert too_close(one, other) == (max(one, other) / min(one, other) < MARGIN_RATIO) == too_close(other, one)


def test_that_shares_near_1_are_told_apart_by_what_is_wrong() -> None:
    assert too_close(0.9, 0.97)
    assert not rank_too_close((0.9, 0.97), Unit.SHARE)
    assert rank_too_close((0.953, 0.951), Unit.SHARE)


@pytest.mark.parametrize("value", [0.15, 0.25, 0.299])
def test_that_a_bet_fails_in_another_option_and_in_a_gap(tmp_path: Path, value: float) -> None:
    bet = lesson_of(tmp_path).bets["end"]
    check_found(bet, dict.fromkeys(bet.measures, 0.8))
    with pytest.raises(InputError, match="'end' has 'high' right, but"):
        check_found(bet, dict.fromkeys(bet.measures, value))


def test_that_the_right_option_by_little_is_only_narrow(tmp_path: Path) -> None:
    bet = lesson_of(tmp_path).bets["end"]
    check_found(bet, dict.fromkeys(bet.measures, 0.31))
    assert narrow_margin(bet, dict.fromkeys(bet.measures, 0.31)).startswith("The bet 'end' is on an edge: 31.0")
    assert narrow_margin(bet, dict.fromkeys(bet.measures, 0.8)) == ""


@pytest.mark.parametrize("to", ["0.35", "0.3000001"])
def test_that_options_may_not_overlap(tmp_path: Path, to: str) -> None:
    with pytest.raises(InputError, match="'low' and 'high' of the bet 'end' overlap"):
        check_options(lesson_of(tmp_path, TOML.replace("to = 0.2", f"to = {to}")).bets["end"])
    check_options(lesson_of(tmp_path, TOML.replace("to = 0.2", "to = 0.3")).bets["end"])


RANKED = (
    TOML.replace('kind = "curve"\nrun = "short"\nmeasure = "accuracy"\n', 'kind = "rank"\n')
    .replace("to = 0.2", 'measure = "short.accuracy(at=0)"')
    .replace("from = 0.3", 'measure = "short.accuracy"')
    .replace('right = "high"', 'right = ["low", "high"]')
)
PICKED = RANKED.replace('"rank"', '"choice"\npick = "largest"').replace('right = ["low", "high"]', 'right = "low"')


@pytest.mark.parametrize("toml", [RANKED, PICKED])
@pytest.mark.parametrize(
    ("first", "second", "wrong", "narrow"),
    [
        (0.9, 0.2, False, False),
        (0.5, 0.49, False, True),
        (0.9, 0.89, False, True),
        (0.49, 0.5, True, True),
        (0.2, 0.9, True, False),
        (0.5, 0.5, True, True),
        (float("nan"), 0.5, True, True),
        (0.5, float("nan"), True, True),
    ],
)
def test_that_an_order_fails_where_it_is_another_and_is_narrow_where_it_is_close(
    tmp_path: Path, toml: str, first: float, second: float, wrong: bool, narrow: bool
) -> None:
    bet = lesson_of(tmp_path, toml).bets["end"]
    found = dict(zip(bet.measures, (first, second), strict=True))
    with pytest.raises(InputError, match="'end'") if wrong else nullcontext():
        check_found(bet, found)
    if not wrong:
        assert bool(narrow_margin(bet, found)) == narrow
