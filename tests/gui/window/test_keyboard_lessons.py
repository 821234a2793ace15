"""Lessons by the keyboard alone: every step of the first one, and a bet of every kind, in both languages."""

from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from gui.lessons.bets.option_button import OptionButton
from gui.views.digit.digit_view import DigitView
from model.base.language import tr
from model.lessons.lesson import BetKind
from tests.support.keyboard import SHIFT, Keyboard
from tests.support.lesson_by_keys import open_first, pull_the_curve, wait_until_told
from tests.support.window_page import OpenWindow

Key = Qt.Key


@pytest.fixture
def keys(spoken: str, open_window: OpenWindow, qtbot: QtBot) -> Keyboard:
    """A window in front, of which nothing but the keys is used."""
    window = open_window()
    window.resize(1366, 820)
    return Keyboard(window, qtbot)


def follow_link(keys: Keyboard) -> None:
    """Go to the first words of the step's text that lead somewhere, and follow them."""
    text = keys.window.lessons.page.text
    keys.tab_to(text, back=True)
    keys.press(Key.Key_Tab)
    assert keys.is_at(text)
    assert text.textCursor().selectedText()
    keys.press(Key.Key_Return)
    assert keys.is_at(text)


def go_on(keys: Keyboard, step: int) -> None:
    """Press the button that has the keyboard once the step is told, which opens the next."""
    wait_until_told(keys)
    keys.press(Key.Key_Return)
    lessons = keys.window.lessons
    assert lessons.counter == tr("{step} of {steps}", step=step, steps=len(lessons.flow.lesson.steps))


def read_the_loss(keys: Keyboard) -> None:
    """Step 2: go to what the text asks to look at and read it; choose an option by its number."""
    lessons, loss = keys.window.lessons, keys.window.board.loss
    follow_link(keys)
    assert loss in lessons.stage.spotlight.lit
    keys.tab_to(loss.view)
    keys.press(Key.Key_Left)
    assert "2.3" in loss.view.accessibleDescription()
    keys.press(Key.Key_F3)
    assert lessons.editor.isAncestorOf(keys.focus)
    keys.press(Key.Key_1)
    keys.press(Key.Key_Return)


def look_at_images(keys: Keyboard) -> None:
    """Step 3: look at one image after the other and at what it is taken for; choose an option by the arrow keys."""
    follow_link(keys)
    image = keys.tab_to(tr("Test image"))
    assert isinstance(image, QSpinBox)
    keys.press(Key.Key_Up)
    keys.tab_to(tr("Next test image"))
    keys.press(Key.Key_Space)
    assert image.value() == 2
    digit = keys.window.board.detail.view
    assert isinstance(digit, DigitView)
    bars = keys.tab_to(digit.answers.canvas)
    before = bars.accessibleDescription()
    keys.press(Key.Key_Down)
    assert "0.1" in bars.accessibleDescription()
    assert bars.accessibleDescription() != before
    keys.tab_to(keys.window.lessons.editor.findChildren(OptionButton)[0], back=True)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Up)
    keys.press(Key.Key_Return)


def move_the_slider(keys: Keyboard) -> None:
    """Step 4: move the slider of the timeline; the accuracy at the beginning is another."""
    board = keys.window.board
    keys.wait(board.accuracy.test_value.text)
    at_end = board.accuracy.test_value.text()
    keys.tab_to(tr("Iteration to show"))
    keys.press(Key.Key_Home)
    assert board.viewed.at == 0
    keys.wait(lambda: board.accuracy.test_value.text() != at_end)
    keys.press(Key.Key_F3)


def test_that_the_whole_of_the_first_lesson_is_done_by_keys(keys: Keyboard) -> None:
    lessons = open_first(keys)
    pull_the_curve(keys)
    go_on(keys, 2)
    read_the_loss(keys)
    go_on(keys, 3)
    assert lessons.progress.bets["number"].right
    look_at_images(keys)
    go_on(keys, 4)
    assert lessons.progress.bets["answers"].right
    move_the_slider(keys)
    go_on(keys, 5)
    follow_link(keys)
    keys.press(Key.Key_F3)
    go_on(keys, 6)
    keys.press(Key.Key_PageUp, times=3)  # a wrong bet
    keys.press(Key.Key_Return)
    wait_until_told(keys)
    assert not lessons.progress.bets["transfer"].right
    keys.press(Key.Key_Return)
    first, second, *_ = lessons.pages.list.rows
    assert tr("done") in first.accessibleName()
    assert keys.is_at(second)


def test_that_a_bet_of_every_kind_is_placed_by_keys(keys: Keyboard, kinds: Path) -> None:
    lessons = keys.window.lessons
    keys.type_path(kinds, lambda: keys.choose("LESSONS", "lessons-folder"))
    assert lessons.titles == ["Every kind"]
    assert keys.is_at(lessons.pages.list.rows[0])
    keys.press(Key.Key_Return)
    ways: dict[BetKind, Callable[[], object]] = {
        BetKind.CURVE: lambda: keys.press(Key.Key_PageUp, times=4),
        BetKind.CHOICE: lambda: keys.press(Key.Key_Down),
        BetKind.NUMBER: lambda: keys.write("6"),
        BetKind.MARK: lambda: (keys.press(Key.Key_Tab), keys.press(Key.Key_Space)),
        BetKind.BARS: lambda: (keys.press(Key.Key_Tab), keys.press(Key.Key_End)),
        BetKind.RANK: lambda: keys.press(Key.Key_Down, SHIFT),
        BetKind.WORDS: lambda: keys.write("because"),
    }
    placed = {}
    steps = lessons.flow.lesson.steps
    for number, step in enumerate(steps, 1):
        assert step.bet
        assert lessons.editor.isAncestorOf(keys.focus)
        ways[step.bet.kind]()
        placed[step.bet.kind] = lessons.editor.guess
        keys.press(Key.Key_Return)
        if number < len(steps):
            go_on(keys, number + 1)
    wait_until_told(keys)
    bars = placed.pop(BetKind.BARS)
    assert isinstance(bars, tuple)
    assert bars[1] == 1
    assert placed == {
        BetKind.CURVE: 0.9, BetKind.CHOICE: "two", BetKind.NUMBER: 6, BetKind.MARK: inf, BetKind.RANK: ("b", "a"),
        BetKind.WORDS: "because",
    }  # fmt: skip
