"""What the panel says of when a change counts: at once, live, or at Reset; and what a field under the wheel does."""

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from tests.support.windows import (
    LONG,
    SMALL,
    TIMEOUT_MS,
    OpenWindow,
    click,
    edit,
    ended,
    reached,
    run_log_of,
    visible,
)


def notes(window: MainWindow) -> dict[str, str]:
    """The notes that show, by setting."""
    return {name: note.text() for name, note in window.panel.notes.items() if note.isVisible()}


def begun(window: MainWindow, qtbot: QtBot) -> None:
    """Take one step."""
    click(window.transport.step)
    assert window.session.begun, "pressed is begun, however long the first iteration takes"
    reached(window, 1, qtbot)
    QApplication.processEvents()


def test_that_before_the_start_changes_count_without_a_word(open_window: OpenWindow, qtbot: QtBot, folder: str) -> None:
    window = open_window()
    assert notes(window) == {}
    edit(window, "activation", "tanh")
    edit(window, "seed", 3)
    edit(window, "learning_rate", 0.25)
    assert notes(window) == {}
    assert not window.panel.apply.isVisible()
    expected = SMALL.replace(activation="tanh", seed=3, learning_rate=0.25, data=folder)
    qtbot.waitUntil(lambda: window.session.config == expected, timeout=TIMEOUT_MS)
    assert run_log_of(window).changes == []


def test_that_train_takes_the_edits_of_the_last_moment(open_window: OpenWindow, qtbot: QtBot, folder: str) -> None:
    window = open_window()
    edit(window, "batch_size", 17)
    click(window.transport.train)
    assert window.session.config == SMALL.replace(batch_size=17, data=folder)
    ended(window, qtbot)


def test_that_a_run_that_has_begun_marks_what_is_live_and_what_waits_for_reset(
    open_window: OpenWindow, qtbot: QtBot, folder: str
) -> None:
    window = open_window(LONG.replace(optimizer="momentum"))
    begun(window, qtbot)
    live = {"learning_rate": "live", "momentum": "live"}
    assert notes(window) == live
    assert not window.panel.apply.isVisible()
    edit(window, "learning_rate", 0.02)
    assert notes(window) == live
    assert not window.panel.apply.isVisible(), "a live change does not wait"
    edit(window, "batch_size", 11)
    edit(window, "init", "gauss")
    assert notes(window) == live | {"batch_size": "at Reset", "init": "at Reset"}
    assert window.panel.apply.isVisible()
    edit(window, "init", "he")
    edit(window, "batch_size", 10)
    assert notes(window) == live
    assert not window.panel.apply.isVisible(), "what is as it was does not wait"
    assert window.session.config.batch_size == 10


def test_that_nothing_is_live_once_another_optimiser_is_chosen(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    begun(window, qtbot)
    edit(window, "optimizer", "momentum")
    assert set(notes(window).values()) == {"at Reset"}
    assert set(notes(window)) == {"optimizer", "learning_rate", "momentum"}
    edit(window, "learning_rate", 0.5)
    window.session.step(1)
    reached(window, 2, qtbot)
    assert run_log_of(window).changes == []
    edit(window, "optimizer", "sgd")
    assert notes(window) == {"learning_rate": "live"}


def test_that_the_reset_button_of_the_panel_applies_what_waits(
    open_window: OpenWindow, qtbot: QtBot, folder: str
) -> None:
    window = open_window(LONG)
    begun(window, qtbot)
    edit(window, "activation", "sigmoid")
    edit(window, "iterations", 30)
    click(window.panel.apply)
    assert window.session.config == LONG.replace(activation="sigmoid", iterations=30, data=folder)
    assert notes(window) == {}
    assert not window.panel.apply.isVisible()
    assert not window.session.running
    assert run_log_of(window).iteration == 0


def test_that_after_the_end_every_change_waits_for_reset(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    click(window.transport.train)
    ended(window, qtbot)
    assert notes(window) == {}
    edit(window, "learning_rate", 0.3)
    assert notes(window) == {"learning_rate": "at Reset"}
    assert window.panel.apply.isVisible()
    click(window.transport.train)
    assert window.session.config.value("learning_rate") == 0.3
    ended(window, qtbot)


def wheel(field: QWidget, turn: int) -> None:
    """Turn the wheel over a field, as the window system reports it."""
    place = QPointF(field.mapTo(field.window(), field.rect().center()))
    QTest.wheelEvent(field.window().windowHandle(), place, QPoint(0, turn))
    QApplication.processEvents()


def fields(window: MainWindow) -> list[QWidget]:
    """Every field of the panel that can be scrolled into view."""
    return [*visible(window.panel, QSpinBox), *(each.widget for each in window.panel.editors.values()),
            *visible(window.panel, QComboBox)]  # fmt: skip


def test_that_the_wheel_over_a_field_without_the_focus_changes_nothing(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(1200, 1600)
    QApplication.processEvents()
    before, theme = window.panel.config, window.theme_name
    tried = 0
    for field in fields(window):
        if field.isVisible():
            window.transport.train.setFocus()
            wheel(field, 120)
            wheel(field, -240)
            tried += 1
            assert window.panel.config == before, field.accessibleName()
            assert not field.hasFocus()
    assert tried > 15
    assert window.theme_name == theme


@pytest.mark.parametrize("name", ["batch_size", "learning_rate", "activation"])
def test_that_the_wheel_changes_the_field_that_has_the_focus(open_window: OpenWindow, name: str) -> None:
    window = open_window()
    field = window.panel.editors[name].widget
    field.setFocus()
    QApplication.processEvents()
    before = window.panel.config.value(name)
    wheel(field, -120)
    assert window.panel.config.value(name) != before
