"""The line that has a bet and what was measured beside each other."""

from pathlib import Path

import pytest

from gui.lessons.answer import told
from gui.lessons.lesson_document import unmeasured
from model.lessons.judgement import judge
from model.lessons.lesson import Bet
from tests.support.catalogues import OfWords, speaking
from tests.support.lessons import MARKDOWN, TOML, lesson_of

FORMULAS = MARKDOWN.replace("- Low", "- $y_i=\\hat x_i$").replace("- High", "- $\\gamma\\hat x_i$ and more")


def bet_of(folder: Path, markdown: str, *, measured: bool) -> Bet:
    """A choice between two options, of which the second is right."""
    toml = TOML.replace('kind = "curve"', 'kind = "choice"')
    if not measured:
        toml = toml.replace('run = "short"\nmeasure = "accuracy"\n', "", 1)
        toml = toml.replace(", to = 0.2", "").replace(", from = 0.3", "").replace("seeds = [0, 1]\n", "")
    return lesson_of(folder, toml, markdown).bets["end"]


@pytest.mark.parametrize(
    ("markdown", "guess", "line"),
    [
        (MARKDOWN, "low", "You said: Low. It is: High."),
        (FORMULAS, "low", "You said 1. It is 2."),
        (FORMULAS, "high", "You said 2."),
    ],
)
def test_that_options_with_formulas_are_told_by_their_numbers(
    tmp_path: Path, markdown: str, guess: str, line: str
) -> None:
    assert told(judge(bet_of(tmp_path, markdown, measured=False), guess, {}), unmeasured) == line


def test_that_the_full_stop_of_an_option_is_left_to_the_sentence(tmp_path: Path) -> None:
    markdown = MARKDOWN.replace("- Low", "- 低い。").replace("- High", "- 高い。")
    with speaking(OfWords({"You said: {guess}. It is: {right}.": "予想：「{guess}」。答え：「{right}」。"})):
        line = told(judge(bet_of(tmp_path, markdown, measured=False), "low", {}), unmeasured)
    assert line == "予想：「低い」。答え：「高い」。"


@pytest.mark.parametrize(("guess", "number"), [("low", 1), ("high", 2)])
def test_that_what_was_measured_stands_beside_the_number(tmp_path: Path, guess: str, number: int) -> None:
    bet = bet_of(tmp_path, FORMULAS, measured=True)
    found = judge(bet, guess, dict.fromkeys(bet.measures, 0.9))
    assert told(found, unmeasured) == f"You said {number}. Measured: 90.0\u202f%."
