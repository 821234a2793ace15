"""Presenter mode: F11 makes text large, hides the panel and fills the screen; F11 or Esc brings all back."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.style import text_size
from gui.window.presenter import TIMES
from tests.support.window_page import OpenWindow, WindowPage

FULL = Qt.WindowState.WindowFullScreen
KEYS = [Qt.Key.Key_F11, Qt.Key.Key_Escape]


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    made = open_window()
    made.resize(960, 650)
    made.activate(qtbot)
    return made


def side_shows(window: WindowPage) -> bool:
    QApplication.processEvents()
    return window.side_tab("Settings").isVisible()


@pytest.mark.parametrize("leaving", KEYS)
@pytest.mark.parametrize("maximised", [False, True])
def test_that_f11_presents_and_f11_or_escape_brings_all_back(
    window: WindowPage, leaving: Qt.Key, maximised: bool, qtbot: QtBot
) -> None:
    window.choose_text(1.25)
    if maximised:
        window.maximise()
        QApplication.processEvents()
    before = window.place
    with qtbot.waitSignal(window.presenter.changed) as told:
        window.press(Qt.Key.Key_F11)
    assert told.args == [True]
    assert window.presenter.active
    assert window.place[1] & FULL
    assert not side_shows(window)
    assert text_size.factor() == TIMES * 1.25
    with qtbot.waitSignal(window.presenter.changed) as told:
        window.press(leaving)
    assert told.args == [False]
    assert window.place == before
    assert side_shows(window)
    assert text_size.factor() == window.text_size == 1.25


def test_that_escape_does_nothing_outside_presenter_mode(window: WindowPage) -> None:
    before = window.place
    window.press(Qt.Key.Key_Escape)
    assert window.place == before
    assert not window.presenter.active


def test_that_text_may_be_made_larger_while_presenting(window: WindowPage) -> None:
    window.press(Qt.Key.Key_F11)
    window.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert text_size.factor() == TIMES * 1.1
    window.press(Qt.Key.Key_Escape)
    assert text_size.factor() == 1.1


def test_that_escape_gives_up_an_animation_before_it_leaves(window: WindowPage, qtbot: QtBot) -> None:
    window.train()
    window.wait_until_ended(qtbot)
    window.press(Qt.Key.Key_F11)
    window.export.animation.timer.setInterval(10_000_000)
    window.export.animation.start(window.settings_path.with_suffix(".gif"))
    window.press(Qt.Key.Key_Escape)
    assert window.export.animation.steps is None
    assert window.presenter.active
    window.press(Qt.Key.Key_Escape)
    assert not window.presenter.active


def test_that_a_window_closed_while_presenting_comes_back_as_it_was_before(window: WindowPage, qtbot: QtBot) -> None:
    window.press(Qt.Key.Key_F11)
    window.close()
    assert json.loads(window.settings_path.read_text("utf-8"))["text"] == 1.0
    again = WindowPage.started(window.settings_path)
    qtbot.addWidget(again.widget)
    assert again.size == (960, 650)
    assert not again.place[1] & FULL
    again.show()
    again.close()


@pytest.mark.parametrize("size", [(1280, 720), (1280, 820), (1366, 768)])
def test_that_a_projector_shows_lesson_and_plots_side_by_side_without_scrolling_sideways(
    window: WindowPage, size: tuple[int, int]
) -> None:
    window.complete()
    window.lessons.open("1")
    window.press(Qt.Key.Key_F11)
    window.restore()  # to the size of a projector: the screen of the tests is larger
    window.resize(*size)
    for _ in range(4):  # the texts grow, then what holds them, then the page
        QApplication.processEvents()
    assert window.presenter.active
    assert text_size.factor() == TIMES
    assert not window.scrolls_sideways
