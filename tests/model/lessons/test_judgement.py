"""Bets judged by what was measured."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.lessons.judgement import Guess, Judgement, decide, judge, told_apart
from model.lessons.lesson import Bet, BetKind
from model.lessons.units import Value
from tests.support.lessons import MARKDOWN, TOML, lesson_of

OPTIONS = """options = [
    { id = "low", to = 0.2 },
    { id = "high", from = 0.3 },
]
right = "high"
"""
RANK = """options = [
    { id = "low", measure = "short.accuracy(at=0)" },
    { id = "high", measure = "short.accuracy" },
]
right = ["high", "low"]
"""
CURVE = 'kind = "curve"\nrun = "short"\nmeasure = "accuracy"\n'


def bet_of(folder: Path, head: str, options: str = OPTIONS, markdown: str = MARKDOWN) -> Bet:
    """The bet of the small lesson, otherwise."""
    return lesson_of(folder, TOML.replace(CURVE, head).replace(OPTIONS, options), markdown).bets["end"]


def judged(bet: Bet, guess: Guess, *values: Value) -> Judgement:
    return judge(bet, guess, dict(zip(bet.measures, values, strict=True)))


def test_that_a_curve_is_right_where_both_ends_lie_in_one_option(tmp_path: Path) -> None:
    bet = bet_of(tmp_path, CURVE)
    right, wrong, between = (judged(bet, guess, 0.9) for guess in (0.5, 0.1, 0.25))
    assert (right.right, wrong.right, between.right) == (True, False, False)
    assert (right.chosen, wrong.chosen, between.chosen) == (bet.option("high"), bet.option("low"), None)
    assert {found.measured for found in (right, wrong, between)} == {bet.option("high")}
    assert (wrong.said, wrong.found) == ("10.0\u202f%", "90.0\u202f%")


def test_that_a_choice_is_an_option_by_its_id(tmp_path: Path) -> None:
    bet = bet_of(tmp_path, CURVE.replace("curve", "choice"))
    assert judged(bet, "high", 0.9).right
    assert not judged(bet, "low", 0.9).right
    assert not judged(bet, "high", 0.25).right  # a gap


def test_that_a_flag_at_never_is_right_for_a_run_that_never_leaves(tmp_path: Path) -> None:
    options = OPTIONS.replace("to = 0.2", "from = inf").replace("from = 0.3", "from = 10, to = 500")
    bet = bet_of(tmp_path, 'kind = "mark"\nrun = "short"\nmeasure = "escape"\n', options)
    never = judged(bet, float("inf"), float("inf"))
    assert never.right
    assert never.measured is bet.option("low")
    assert not judged(bet, 100.0, float("inf")).right


def test_that_bars_are_judged_by_the_layer_that_is_asked_for(tmp_path: Path) -> None:
    head = 'kind = "bars"\nrun = "short"\nmeasure = "signal(layer=2)"\nlayers = [1, 2]\n'
    bet = bet_of(tmp_path, head)
    second, first = bet.measures
    found = judge(bet, (0.1, 0.5), {first: 0.1, second: 0.9})
    assert found.right
    assert found.values == (0.1, 0.9)
    assert not judge(bet, (0.5, 0.1), {first: 0.1, second: 0.9}).right


def test_that_a_word_that_was_measured_is_an_option_s(tmp_path: Path) -> None:
    options = OPTIONS.replace("to = 0.2", 'is = "dead"').replace("from = 0.3", 'is = ["learning", "late"]')
    bet = bet_of(tmp_path, 'kind = "choice"\nrun = "short"\nmeasure = "condition"\n', options)
    assert judged(bet, "high", "late").right
    assert judged(bet, "low", "dead").right
    assert decide(bet, dict.fromkeys(bet.measures, "slow")) is None


def test_that_the_largest_of_the_options_own_values_is_right(tmp_path: Path) -> None:
    options = RANK.replace('["high", "low"]', '"high"')
    bet = bet_of(tmp_path, 'kind = "choice"\npick = "largest"\n', options)
    assert judged(bet, "low", 0.9, 0.2).right
    assert judged(bet, "high", 0.1, 0.2).right


def test_that_a_rank_is_judged_pair_by_pair(tmp_path: Path) -> None:
    bet = bet_of(tmp_path, 'kind = "rank"\n', RANK)
    right = judged(bet, ("high", "low"), 0.1, 0.9)
    assert (right.right, right.pairs, right.said) == (True, (1, 1), "High, Low")
    assert judged(bet, ("low", "high"), 0.1, 0.9).pairs == (0, 1)


def test_that_a_rank_does_not_ask_for_the_order_in_a_group(tmp_path: Path) -> None:
    bet = bet_of(tmp_path, 'kind = "rank"\n', RANK.replace('["high", "low"]', '[["high", "low"]]'))
    assert told_apart(bet) == []
    assert judged(bet, ("low", "high"), 0.1, 0.9).right


def test_that_words_are_kept_and_not_judged(tmp_path: Path) -> None:
    markdown = MARKDOWN.replace("- Low {#low}", "").replace("- High {#high}", "")
    bet = bet_of(tmp_path, 'kind = "words"\n', "", markdown)
    found = judge(bet, "All stay equal.", {})
    assert (found.right, found.said, found.found) == (None, "All stay equal.", "")


@pytest.mark.parametrize("guess", ["high", True, float("nan"), (0.5,)])
def test_that_a_guess_of_another_kind_is_none(tmp_path: Path, guess: Guess) -> None:
    with pytest.raises(InputError):
        judged(bet_of(tmp_path, CURVE), guess, 0.9)


@given(guess=st.floats(0, 1), value=st.floats(0, 1))
def test_that_right_means_the_same_option(tmp_path_factory: pytest.TempPathFactory, guess: float, value: float) -> None:
    bet = bet_of(tmp_path_factory.mktemp("lesson"), CURVE)
    found = judged(bet, guess, value)
    assert found.right == (found.chosen is found.measured is not None)
    assert bet.kind is BetKind.CURVE
