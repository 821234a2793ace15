"""`lesson NAME` opens the window on a lesson."""

from pathlib import Path
from unittest.mock import ANY, Mock

import pytest

import gui.window.open_window
from main import main
from model.cli.main_parser import parse
from model.cli.open_lesson import OpenLesson
from tests.support.many_bets import many_bets


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["3"], OpenLesson(which="3")),
        (["03-quarter", "--step", "2"], OpenLesson(which="03-quarter", step=2)),
        (["3:2"], OpenLesson(which="3", step=2)),
        (["03-quarter:6"], OpenLesson(which="03-quarter", step=6)),
        (["1", "--library", "runs.sqlite"], OpenLesson(which="1", library=Path("runs.sqlite"))),
    ],
)
def test_that_a_lesson_is_named_by_number_or_name(arguments: list[str], expected: OpenLesson) -> None:
    assert parse(["lesson", *arguments]) == expected


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["77"], "There is no lesson '77'; there are 01-never-learns"),
        (["3", "--step", "40"], "The lesson 03-quarter has 6 steps, not 40."),
        (["3", "--step", "0"], "--step"),
        (["3:40"], "The lesson 03-quarter has 6 steps, not 40."),
        (["3:0"], "is written such as 1, 5:3 or 05-relu:3, not '3:0'."),
        (["3:2:1"], "is written such as 1, 5:3 or 05-relu:3, not '3:2:1'."),
        (["3:2", "--step", "4"], "'3:2' names a step already; leave out --step."),
        (["3", "--folder", "/nowhere"], "The folder '/nowhere' cannot be read."),
        (["03-quarter", "--stap", "2"], "--stap"),
    ],
)
def test_that_a_lesson_that_is_not_there_costs_one_sentence(
    arguments: list[str], error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lesson", *arguments]) == 2
    said = capsys.readouterr().err
    assert error in said
    assert said.count("\n") == 1


def test_that_the_window_is_told_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = Mock(return_value=7)
    monkeypatch.setattr(gui.window.open_window, "open_window", opening)
    assert main(["lesson", "1", "--step", "4", "--folder", str(many_bets(tmp_path))]) == 7
    opening.assert_called_once_with("", None, OpenLesson(which="1", step=4, folder=tmp_path), ANY)
