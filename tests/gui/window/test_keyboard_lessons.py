"""Lessons by the keyboard alone: every step of the first one, and a bet of every kind, in both languages."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.lessons.bets.level_editor import NAMES
from gui.lessons.step_flow import Phase
from model.base.language import tr
from model.lessons.lesson import BetKind
from tests.support.focus_walk import described
from tests.support.keyboard import Keyboard, name_of
from tests.support.lesson_tab_page import LessonTabPage
from tests.support.window_page import OpenWindow

Key = Qt.Key


@pytest.fixture
def keys(spoken: str, open_window: OpenWindow, qtbot: QtBot) -> Keyboard:
    """A window in front, of which nothing but the keys is used."""
    window = open_window()
    window.resize(1366, 820)
    return Keyboard(window, qtbot)


def wait_until_told(keys: Keyboard) -> None:
    """Wait until the step has told all, which leaves the keyboard at the button that goes on."""
    keys.wait(lambda: keys.window.lessons.phase is Phase.TOLD)
    assert keys.focus is keys.window.lessons.page.primary


def open_first(keys: Keyboard) -> LessonTabPage:
    """Open the list of lessons by its key, and the first that is not done by Enter."""
    lessons = keys.window.lessons
    keys.press(Key.Key_F3)
    assert keys.focus is lessons.pages.list.rows[0]
    keys.press(Key.Key_Return)
    return lessons


def follow_link(keys: Keyboard) -> None:
    """Go to the first words of the step's text that lead somewhere, and follow them."""
    text = keys.window.lessons.page.text
    keys.tab_to(text, back=True)
    keys.press(Key.Key_Tab)
    assert keys.focus is text
    assert text.textCursor().selectedText()
    keys.press(Key.Key_Return)
    assert keys.focus is text


def go_on(keys: Keyboard, step: int) -> None:
    """Press the button that has the keyboard once the step is told, which opens the next."""
    wait_until_told(keys)
    keys.press(Key.Key_Return)
    lessons = keys.window.lessons
    assert lessons.counter == tr("{step} of {steps}", step=step, steps=len(lessons.flow.lesson.steps))


def test_that_the_whole_of_the_first_lesson_is_done_by_keys(keys: Keyboard) -> None:
    lessons, board = open_first(keys), keys.window.board

    # A curve is pulled, its run trained.
    assert name_of(keys.focus) == tr(NAMES[BetKind.CURVE])
    keys.press(Key.Key_Home)
    keys.press(Key.Key_Right, times=11)
    said = lessons.editor.bet.unit.write(0.11)
    assert lessons.editor.value_text.text() == said
    keys.press(Key.Key_Return)
    wait_until_told(keys)
    assert said in lessons.told
    assert lessons.progress.bets["end"].right
    go_on(keys, 2)

    # What the text asks to look at lights up and can be read; an option is chosen by its number.
    follow_link(keys)
    keys.tab_to(board.loss.view)
    keys.press(Key.Key_Left)
    assert "2.3" in board.loss.view.accessibleDescription()
    keys.tab_to(lessons.editor.options["ln-10"], back=True)
    print(described(keys.focus))
    keys.press(Key.Key_1)
    assert lessons.editor.options["ln-10"].isChecked()
    keys.press(Key.Key_Return)
    go_on(keys, 3)

    # Images are looked at one after the other; an option is chosen by the arrow keys.
    follow_link(keys)
    image = keys.tab_to(tr("Test image"))
    keys.press(Key.Key_Up)
    keys.tab_to(tr("Next test image"))
    keys.press(Key.Key_Space)
    assert image.value() == 2
    first = board.detail.view.answers.canvas
    keys.tab_to(first)
    keys.press(Key.Key_Down)
    assert first.accessibleDescription()
    keys.tab_to(lessons.editor.options["one"], back=True)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Up)
    print(lessons.editor.guess, described(keys.focus))
    keys.press(Key.Key_Return)
    wait_until_told(keys)
    print(lessons.why)
    go_on(keys, 4)

    # The slider.
    keys.tab_to(tr("Iteration to show"))
    keys.press(Key.Key_Left, times=3)
    print(board.timeline.text.text(), board.accuracy.value.text() if hasattr(board.accuracy, "value") else "")
    keys.press(Key.Key_F3)
    print(described(keys.focus))
    go_on(keys, 5)
    follow_link(keys)
    keys.press(Key.Key_F3)
    go_on(keys, 6)
    keys.press(Key.Key_PageUp, times=3)
    print(lessons.editor.guess)
    keys.press(Key.Key_Return)
    wait_until_told(keys)
    assert not lessons.progress.bets["transfer"].right
    keys.press(Key.Key_Return)
    print(described(keys.focus))
    row = lessons.pages.list.rows[0]
    assert tr("done") in row.accessibleName()
    assert keys.focus is lessons.pages.list.rows[1]
